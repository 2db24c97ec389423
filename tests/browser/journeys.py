"""Common tasks of visitors, step by step; elements are found by role and name."""

import csv
import re

from playwright.sync_api import expect

from tests.browser.pages import visit


def filter_missions_and_download_the_file(page, input_device):
    visit(page, "/missions/")
    form = page.get_by_role("form", name="Narrow the list")
    input_device.pick(form.get_by_role("group", name="Type").get_by_role("checkbox", name=re.compile("^peacekeeping")))
    input_device.write(form.get_by_label("Active in"), "1999")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/missions/\?.*type=peacekeeping.*active_in=1999"))
    count = page.get_by_role("main").get_by_text(re.compile(r"\d+ missions? found")).first.inner_text().split()[0]

    with page.expect_download() as download:
        input_device.use(page.get_by_role("main").get_by_text("Download"))
        input_device.use(page.get_by_role("main").get_by_role("link", name="CSV", exact=True))
    with open(download.value.path(), encoding="utf-8-sig", newline="") as file:
        rows = [*csv.DictReader(file)]

    assert len(rows) == int(count) > 0
    assert {row["type"] for row in rows} == {"peacekeeping"}


def from_the_home_page_to_the_contributions_of_a_nation(page, input_device):
    visit(page, "/")
    input_device.use(page.get_by_role("banner").get_by_role("link", name="Nations"))
    input_device.use(page.get_by_role("main").get_by_role("link", name="Latvia", exact=True))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Latvia")

    input_device.use(page.get_by_role("main").locator("a[href$='/contributions/?country=LVA']").first)

    page.wait_for_url("**/contributions/?country=LVA")
    expect(page.get_by_role("main").get_by_role("rowheader", name="Latvia").first).to_be_visible()
    nations = page.get_by_role("main").get_by_role("rowheader").get_by_role("link")
    assert set(nations.all_inner_texts()) == {"Latvia"}


def follow_a_note_to_its_source_and_back(page, input_device):
    visit(page, "/missions/amber-fox/")
    input_device.use(page.get_by_role("main").get_by_role("link", name="Note 1", exact=True).first)
    page.wait_for_url("**/missions/amber-fox/#SRC-*")
    entry = page.locator(":target")
    expect(entry).to_be_in_viewport()

    input_device.use(entry.get_by_role("link").first)
    page.wait_for_url("**/sources/*/")
    title = page.get_by_role("heading", level=1).inner_text()
    page.go_back()
    expect(entry).to_contain_text(title)

    input_device.use(entry.get_by_role("link", name=re.compile("^Back to note 1")).first)
    page.wait_for_url("**/missions/amber-fox/#note-*")
    expect(page.locator(":target")).to_be_in_viewport()


def search_for_a_mission(page, input_device):
    visit(page, "/about/")
    field = page.get_by_role("banner").get_by_role("searchbox").or_(page.get_by_role("banner").get_by_role("combobox"))
    input_device.write(field, "kosovo force")
    field.press("Enter")
    page.wait_for_url("**/search/?q=kosovo+force*")

    input_device.use(page.get_by_role("main").get_by_role("link", name=re.compile("^Kosovo Force")).first)

    page.wait_for_url("**/missions/kfor/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kosovo Force")


def from_a_lesson_to_its_mission(page, input_device):
    visit(page, "/")
    input_device.use(page.get_by_role("banner").get_by_role("link", name="Lessons"))
    page.wait_for_url("**/lessons/")
    visit(page, "/lessons/PK-L-0001/")
    input_device.use(page.get_by_role("main").locator("a[href='/missions/allied-force/']").first)

    page.wait_for_url("**/missions/allied-force/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Air campaign over the Federal Republic of Yugoslavia")


JOURNEYS = [
    filter_missions_and_download_the_file,
    from_the_home_page_to_the_contributions_of_a_nation,
    follow_a_note_to_its_source_and_back,
    search_for_a_mission,
    from_a_lesson_to_its_mission,
]
