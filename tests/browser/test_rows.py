"""Rows of tables: two lines for a figure on any screen, its reference, and the report of an error in it."""

from playwright.sync_api import expect

from tests.browser.conftest import CONTACT
from tests.browser.pages import visit

# The height of each row in lines of text, and how far its figure is from its right edge.
ROWS = """() => [...document.querySelectorAll(".contribution-table tbody tr")].map(row => {
    const cell = row.querySelector("th");
    const padding = [row, cell].flatMap(it => [getComputedStyle(it).paddingTop, getComputedStyle(it).paddingBottom]);
    const height = row.getBoundingClientRect().height - padding.reduce((sum, side) => sum + parseFloat(side), 0);
    const figure = document.createRange();
    figure.selectNodeContents(row.querySelector("td.number"));
    return {
        lines: Math.round(height / parseFloat(getComputedStyle(row).lineHeight)),
        gap: row.getBoundingClientRect().right - figure.getBoundingClientRect().right,
    };
})"""


def test_figure_has_two_lines_at_most_and_on_a_phone_its_number_is_at_the_right_edge(page):
    visit(page, "/contributions/?mission=kfor")
    for width in [390, 600, 1440]:
        page.set_viewport_size({"width": width, "height": 800})
        rows = page.evaluate(ROWS)

        assert max(row["lines"] for row in rows) <= 2
        assert width > 390 or max(abs(row["gap"]) for row in rows) < 3


def test_row_with_the_pointer_or_the_focus_shows_its_reference_and_reports_an_error_in_it(page):
    for address, rows in [("/missions/kfor/", "FIG"), ("/countries/ITA/", "FIG"), ("/events/", "EV")]:
        visit(page, address)
        row = page.locator(f"tr[id^={rows}-]").first
        reference = row.get_attribute("id")
        link = page.get_by_role("link", name="report an error", exact=True)

        row.hover()
        expect(page.get_by_role("button", name=f"{reference}, copy link")).to_be_visible()
        expect(link).to_have_attribute("href", f"{CONTACT}?subject=Error%20in%20{reference}")
        page.get_by_role("contentinfo").hover()
        expect(link).to_have_count(0)
        row.get_by_role("link").first.focus()
        expect(link).to_be_in_viewport()
