"""What a registrar does with files of an office: answers questions, corrects columns, and takes an import back."""

import re

from playwright.sync_api import expect

from tests.browser.pages import told, visit


def test_messy_file_of_an_office_is_asked_about_corrected_and_waits_for_review(page_of):
    registrar = page_of("Data manager")
    visit(registrar, "/admin/missions/contribution/import/")
    rows = "Nation;Operation;As of;Troops;Source;Kind of thing\nItaly;kfor;05/06/2024;1,200;un-sres-1244;troops\n"
    file = {"name": "office.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    registrar.locator("input[type=file]").set_input_files(file)
    registrar.get_by_role("button", name="Preview the changes").click()
    registrar.get_by_label("Kind of thing").select_option("kind")
    registrar.get_by_label(re.compile("^Keep this")).fill("Office")
    registrar.get_by_role("button", name="Preview the changes").click()

    expect(registrar.get_by_text("Missing column: unit.")).to_be_visible()
    registrar.get_by_role("button", name="Correct the columns").click()
    registrar.get_by_label("unit", exact=True).fill("personnel")
    registrar.get_by_role("button", name="Preview the changes").click()

    registrar.get_by_label("The day comes first").check()
    registrar.get_by_role("button", name=re.compile("^Read it again with")).click()
    expect(registrar.get_by_role("table").get_by_text("2024-06-05", exact=True)).to_be_visible()
    registrar.get_by_text(re.compile("not written as the record")).click()
    registrar.get_by_label(re.compile("“1,200” was read as 1200")).check()
    registrar.get_by_role("button", name=re.compile("^Read it again with")).click()
    expect(registrar.get_by_role("table").get_by_text("It is not to be read so")).to_be_visible()
    registrar.get_by_label(re.compile("“1,200”")).uncheck()
    registrar.get_by_role("button", name=re.compile("^Read it again with")).click()

    registrar.get_by_role("button", name="Confirm import").click()
    told(registrar, "Readers see nothing of it yet.")
    registrar.get_by_role("link", name="office.csv").click()
    expect(registrar.locator(".facts")).to_contain_text("draft (CS-")


def test_file_of_records_that_readers_do_not_see_is_stored_at_once_and_undone_from_its_page(page_of):
    registrar = page_of("Data manager")
    visit(registrar, "/admin/missions/mission/import/")
    rows = "code,name,type,region,start_date,state,summary,sources\n"
    rows += "rehearsal,Rehearsal,peacekeeping,western-balkans,1999-06,ongoing,It kept the peace.,un-sres-1244\n"
    file = {"name": "missions.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    registrar.locator("input[type=file]").set_input_files(file)
    registrar.get_by_role("button", name="Preview the changes").click()
    registrar.get_by_role("button", name="Confirm import").click()
    told(registrar, "Imported missions.csv: 1 new, 0 changed, 0 unchanged.")

    registrar.get_by_role("button", name="Undo this import").click()
    told(registrar, "1 record is as it was before.")
    visit(registrar, "/admin/missions/mission/?q=rehearsal")
    expect(registrar.get_by_role("link", name="Rehearsal")).to_have_count(0)
