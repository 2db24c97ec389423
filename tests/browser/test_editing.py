"""An editor writes: sources are chosen, the text is previewed, the form saves itself, and nobody leaves unsaved."""

import re

from playwright.sync_api import expect

from tests.browser.test_every_page import RULES, View, axe_faults, load_axe

WIDE = {"width": 1440, "height": 900}
PASTE = """(field, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    field.dispatchEvent(new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}));
}"""


def test_editor_cites_previews_and_is_warned_before_leaving_what_is_not_saved(page_of):
    page = page_of("Editor", viewport=WIDE)
    page.clock.install()
    page.goto("/admin/missions/event/add/")
    expect(page.get_by_role("combobox", name="Mission")).to_be_focused()
    text = page.get_by_role("textbox", name="Text")
    text.press_sequentially("They came")
    page.keyboard.press("Alt+Shift+C")
    page.get_by_label("Title, code, publisher or author").fill("un-sres-1244")
    page.clock.run_for(500)
    expect(page.get_by_role("button", name="Security Council resolution 1244")).to_be_visible()
    page.keyboard.press("Enter")
    expect(text).to_have_value("They came [@un-sres-1244, p. ]")
    page.keyboard.type("7")
    expect(text).to_have_value("They came [@un-sres-1244, p. 7]")
    page.keyboard.press("Alt+Shift+P")
    expect(page.get_by_role("region", name="Preview")).to_contain_text("Security Council resolution 1244")

    warnings = []
    page.on("dialog", lambda dialog: (warnings.append(dialog.type), dialog.dismiss()))
    page.get_by_role("link", name="Events", exact=True).first.click(no_wait_after=True)
    page.clock.run_for(21_000)
    expect(page.get_by_text(re.compile("^Kept for you at .*, but not saved yet"))).to_be_visible()
    assert warnings == ["beforeunload"]
    page.get_by_role("link", name="Events", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Select event")
    assert warnings == ["beforeunload"]

    page.goto("/admin/missions/event/add/")
    page.get_by_role("link", name="Show what I typed").click()
    expect(text).to_have_value("They came [@un-sres-1244, p. 7]")
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("alert").get_by_role("link", name=re.compile("^Title: ")).click()
    expect(page.get_by_role("textbox", name="Title")).to_be_focused()


def test_form_of_a_public_record_saves_itself_into_its_draft_and_shows_a_long_line_whole(page_of):
    page = page_of("Editor", viewport=WIDE)
    page.clock.install()
    page.goto("/admin/missions/mission/?q=kfor")
    page.get_by_role("link", name="Kosovo Force", exact=True).click()
    page.get_by_label("Legal basis in words").fill("Resolution 1244, as typed")
    page.clock.run_for(21_000)
    expect(page.get_by_text(re.compile("^Saved in the draft CS-[0-9]+ at "))).to_be_visible()

    page.reload()

    basis = page.get_by_label("Legal basis in words")
    expect(basis).to_have_value("Resolution 1244, as typed")
    page.set_viewport_size({"width": 390, "height": 844})
    basis.fill("Resolution 1244,\nas it was pasted. " * 6)
    assert basis.evaluate("it => it.scrollHeight <= it.clientHeight")  # all of it is seen
    page.context.set_offline(True)
    basis.press("Enter")
    expect(page.get_by_text("There is no connection, so nothing was sent.")).to_be_visible()
    page.context.set_offline(False)
    basis.press("Enter")
    expect(page.get_by_text("Resolution 1244, as it was pasted. " * 6, exact=False)).to_be_visible()


def test_forms_take_pasted_cells_and_have_no_fault_that_axe_finds(page_of):
    page = page_of("Editor", viewport=WIDE, bypass_csp=True)  # axe styles the page to look at its colours
    for address in ["missions/event/add/", "missions/contribution/many/", "missions/mission/?q=kfor"]:
        page.goto(f"/admin/{address}")
        if address.endswith("many/"):
            page.get_by_label("Quantity, 2", exact=True).evaluate(PASTE, "1,200\n300\n")
            expect(page.get_by_label("Quantity, 3", exact=True)).to_have_value("300")
        if "?" in address:
            page.get_by_role("link", name="Kosovo Force", exact=True).click()
            page.get_by_role("button", name="Save and continue editing").first.wait_for()
        else:
            page.get_by_role("button", name=re.compile("^Save( all)?$")).click()
            expect(page.get_by_role("alert")).to_be_focused()
        load_axe(page)
        assert axe_faults(page, View("light", WIDE["width"], RULES)) == {}
