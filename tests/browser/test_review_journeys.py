"""A week of the people who keep the record: they draft, review, bring in files, restore, and ask an expert."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from missions.models import Mission
from pkportal.changes.models import ChangeSet
from tests import databases, make
from tests.browser.pages import told, visit

TFH = "/missions/essential-harvest/"


def save(page):
    """Save a form of a public record, which leads to its draft."""
    page.get_by_role("button", name="Save", exact=True).first.click()
    page.wait_for_url("**/changes/changeset/*/change/")


def open_form(page, reference):
    """Open the form of a record by its permanent reference."""
    visit(page, f"/admin/search/?q={reference}")
    page.get_by_role("main").get_by_role("link").first.click()


def compare_with_its_source(page):
    """Say that the text of a draft agrees with its first source, and go back to the draft."""
    draft = page.url
    page.get_by_role("link", name="Compare with its sources").first.click()
    page.get_by_role("radio").first.check()
    page.get_by_label("Page or passage").fill("p. 1")
    page.get_by_role("button", name=re.compile("^Right")).click()
    visit(page, draft)


def publish_alone(page, reason):
    """Publish own work, which needs a reason."""
    page.get_by_label(re.compile("^Why you publish")).fill(reason)
    page.get_by_role("button", name="Publish", exact=True).click()
    told(page, "It is published.")


@pytest.fixture
def at_the_server(served_database):
    """Return a function that calls another where the portal's database is used, as a command of its machine does."""

    def call(function):
        with databases.used(served_database):
            return function()

    with ThreadPoolExecutor(1) as pool:  # a connection of its own
        yield lambda function: pool.submit(call, function).result()


def test_contributor_drafts_publisher_asks_contributor_mends_publisher_publishes_reader_sees(page_of, page):
    contributor, publisher = page_of("Contributor"), page_of("Publisher")
    visit(page, TFH)
    open_form(contributor, page.locator("#events li[id]").first.get_attribute("id"))
    text = contributor.get_by_label("Text:", exact=True)
    text.fill(f"{text.input_value()} It was in the capital. Draft.")
    save(contributor)
    told(contributor, "Readers see no change until it is published.")
    contributor.get_by_role("button", name="Send to review").click()
    told(contributor, "It was sent to review.")

    visit(publisher, "/admin/")
    publisher.get_by_role("link", name="waiting for me").click()
    publisher.get_by_role("link", name=re.compile("CS-")).first.click()
    expect(publisher.locator("ins")).to_contain_text("Draft.")
    publisher.get_by_label("What must be changed").fill("Leave out the last word.")
    publisher.get_by_role("button", name="Ask for changes").click()

    contributor.reload()
    expect(contributor.get_by_text("Leave out the last word.")).to_be_visible()
    contributor.get_by_role("link", name="Edit", exact=True).first.click()
    text.fill(text.input_value().removesuffix(" Draft."))
    save(contributor)
    contributor.get_by_role("button", name="Send to review").click()
    page.reload()
    expect(page.get_by_text("It was in the capital.")).to_have_count(0)

    publisher.reload()
    compare_with_its_source(publisher)
    publisher.get_by_role("button", name="Approve and publish").click()
    told(publisher, "It is published.")
    page.reload()
    expect(page.locator("#events").get_by_text("It was in the capital.")).to_be_visible()


def test_file_and_draft_of_the_same_cell_clash_and_the_publisher_chooses_then_restores(page_of, page):
    editor, registrar, publisher = page_of("Editor"), page_of("Data manager"), page_of("Publisher")
    open_form(editor, "M-0001")
    code = editor.locator(".field-code .readonly").inner_text()
    editor.get_by_label("Lead command as stated").fill("Naples, says the draft")
    save(editor)
    draft = editor.url

    visit(registrar, "/admin/missions/mission/import/")
    rows = f"code,lead_command\n{code},Brunssum says the file\n".encode()
    file = {"name": "missions.csv", "mimeType": "text/csv", "buffer": rows}
    registrar.locator("input[type=file]").set_input_files(file)
    registrar.get_by_role("button", name="Preview the changes").click()
    expect(registrar.get_by_text(re.compile("The open draft CS-"))).to_be_visible()
    registrar.get_by_role("button", name="Confirm import").click()
    told(registrar, "Readers see nothing of it yet.")

    visit(publisher, registrar.url)
    publisher.get_by_role("button", name="Publish", exact=True).click()
    told(publisher, "It is published.")
    visit(publisher, draft)
    expect(publisher.get_by_role("heading", name="Changed by others too")).to_be_visible()
    publisher.get_by_role("radio", name="Use what this draft says").check()
    publisher.get_by_role("button", name="Keep these choices").click()
    publish_alone(publisher, "The editor is away.")
    visit(page, f"/missions/{code}/")
    expect(page.get_by_text("Naples, says the draft").first).to_be_visible()

    visit(publisher, draft)
    publisher.get_by_role("button", name=re.compile("^Undo")).click()
    publish_alone(publisher, "It was a rehearsal.")
    page.reload()
    expect(page.get_by_text("Naples, says the draft")).to_have_count(0)

    open_form(publisher, "M-0001")
    publisher.get_by_role("link", name="History").first.click()
    publisher.get_by_role("link", name="Compare with now, or restore").nth(1).click()
    expect(publisher.locator("ins, del").filter(has_text="Naples, says the draft").first).to_be_visible()
    publisher.get_by_role("button", name="Draft the earlier state").click()
    told(publisher, "The earlier state is in the draft")
    page.reload()
    expect(page.get_by_text("Naples, says the draft")).to_have_count(0)
    publish_alone(publisher, "It was right.")
    page.reload()
    expect(page.get_by_text("Naples, says the draft").first).to_be_visible()


def test_expert_without_an_account_reads_a_draft_by_a_link_and_comments_on_it(page_of, page):
    editor = page_of("Editor")
    open_form(editor, "M-0002")
    editor.get_by_label("Lead command as stated").fill("An expert may know")
    save(editor)
    editor.get_by_label("For whom").fill("Professor")
    editor.get_by_role("button", name="Make a link").click()
    link = re.search(r"/preview/[\w-]+/", editor.get_by_role("main").inner_text()).group()

    visit(page, link)
    expect(page.get_by_text("An expert may know").first).to_be_visible()
    page.get_by_label("Your name").fill("Professor")
    page.get_by_role("textbox", name="Your comment").fill("It was Naples.")
    page.get_by_role("button", name="Send").click()

    editor.reload()
    expect(editor.get_by_text("It was Naples.")).to_be_visible()
    editor.get_by_role("button", name="Revoke the link for Professor").click()
    assert page.request.get(link).status == 410


def test_what_a_publisher_schedules_is_published_at_its_time_unless_it_no_longer_applies(
    page_of, page, at_the_server, capsys
):
    contributor, publisher = page_of("Contributor"), page_of("Publisher")
    drafts = {"M-0003": "", "M-0004": ""}
    for reference in drafts:
        open_form(contributor, reference)
        contributor.get_by_label("Lead command as stated").fill(f"Naples, from Monday on ({reference})")
        save(contributor)
        contributor.get_by_role("button", name="Send to review").click()
        drafts[reference] = contributor.url
        visit(publisher, contributor.url)
        publisher.get_by_label("Publish by itself at").first.fill("2090-01-01T09:00")
        publisher.get_by_role("button", name="Approve", exact=True).click()
        told(publisher, "It is approved, and published by itself on 1 January 2090, 09:00.")

    def let_the_time_come():
        Mission.objects.filter(reference="M-0004").update(lead_command="Brunssum, says a statement")
        ChangeSet.objects.filter(publish_at__year=2090).update(publish_at=timezone.now())
        call_command("publish_due")
        return Mission.objects.get(reference="M-0003").code

    code = at_the_server(let_the_time_come)
    visit(page, f"/missions/{code}/")
    expect(page.get_by_text("Naples, from Monday on (M-0003)").first).to_be_visible()
    assert (
        "was not published: M-0004: Lead command as stated: Somebody else changed this meanwhile."
        in capsys.readouterr().err
    )
    visit(contributor, "/admin/")
    contributor.get_by_role("link", name="my drafts").click()
    contributor.locator("#result_list").get_by_role("link", name=re.compile("CS-")).first.click()
    contributor.wait_for_url(f"{drafts['M-0004']}*")
    expect(contributor.get_by_text("Somebody else changed this meanwhile.").first).to_be_visible()
    contributor.get_by_role("radio", name="Use what this draft says").check()
    contributor.get_by_role("button", name="Keep these choices").click()
    contributor.get_by_role("button", name="Send to review").click()
    told(contributor, "It was sent to review.")


def test_figure_names_a_source_that_waits_and_both_are_published_together(page_of, page):
    editor, publisher = page_of("Editor"), page_of("Publisher")
    visit(editor, "/admin/sources/source/add/")
    editor.get_by_label("Title:", exact=True).fill("Report on the collection of weapons")
    editor.get_by_label("Code:", exact=True).fill("weapons-report")
    editor.get_by_label("Publisher:").fill("NATO")
    editor.get_by_label("Kind:").select_option("report")
    save(editor)
    source_set = editor.url
    visit(page, TFH)
    open_form(editor, page.locator("#events li[id]").nth(1).get_attribute("id"))
    sources = editor.locator(".field-sources")
    sources.get_by_role("searchbox").press_sequentially("weapons-rep")
    editor.get_by_role("option", name=re.compile("weapons-report.*waits in CS-")).click()
    save(editor)
    problems = editor.locator(".problems")
    expect(problems).to_contain_text("“Report on the collection of weapons” waits in CS-")
    number = problems.get_by_role("link", name=re.compile("^CS-"))
    assert source_set.endswith(number.get_attribute("href"))
    editor.get_by_role("button", name="Send to review").click()

    visit(publisher, editor.url)
    publisher.get_by_role("checkbox", name=re.compile("^Publish first what it waits for: CS-")).first.check()
    publisher.get_by_role("button", name="Approve and publish").click()
    told(publisher, "It is published.")

    visit(page, TFH)
    expect(page.get_by_role("main")).to_contain_text("Report on the collection of weapons")


def test_deleted_record_is_found_and_restored_with_its_parts_and_links(page_of, at_the_server):
    def prepare():
        mission = make.mission(name="Lost Force", summary="As it was.")
        make.objective(mission=mission, text="To be found again.")
        mission.sources.add(make.source(title="A source that stays linked"))
        return mission.reference

    publisher = page_of("Publisher")
    open_form(publisher, at_the_server(prepare))
    publisher.get_by_role("link", name="Delete", exact=True).first.click()
    expect(publisher.get_by_role("main")).to_contain_text("To be found again.")
    publisher.get_by_role("button", name="Delete", exact=True).click()

    publisher.get_by_role("link", name="Deleted", exact=True).click()
    publisher.get_by_role("link", name="Lost Force").click()
    expect(publisher.get_by_role("heading", name="Objective: To be found again.")).to_be_visible()
    publisher.get_by_role("button", name="Restore").click()
    told(publisher, "“Lost Force” is restored, with its parts and links.")
    expect(publisher.locator("[name=objectives-0-text]")).to_have_value("To be found again.")
    expect(publisher.locator(".field-sources")).to_contain_text("A source that stays linked")
