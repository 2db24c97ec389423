"""One search over all kinds in the admin: by reference, code or title, drafts too, and only what an account may see."""

import pytest
from django.contrib.auth.models import Permission

from missions.models import Mission
from pkportal.changes.models import ChangeSet
from tests import make
from tests.editorial.pages import admin_url, form_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def search(client):
    """Return a function that searches and returns the titles that an account finds, by kind."""

    def find(user, words):
        client.force_login(user)
        kinds = client.get("/admin/search/", {"q": words}).context["kinds"]
        return {kind.label: [record.title for record in kind.records] for kind in kinds}

    return find


@pytest.fixture
def kfor():
    return make.mission(code="kfor", name="Kosovo Force", acronym="KFOR", summary="It keeps the peace in Türkiye.")


@pytest.mark.parametrize("words", ["KFOR", "kfor", "kosovo force", "kos forc", "KF", "M-{}"])
def test_draft_is_found_by_code_acronym_words_of_its_title_and_reference(search, editor, kfor, words):
    make.mission()
    words = words.format(kfor.reference.removeprefix("M-"))

    assert search(editor, words) == {"Missions": ["Kosovo Force"]}


def test_title_is_found_with_and_without_accents_and_a_text_is_left_to_its_list(search, editor, kfor):
    make.country(name="Türkiye", iso3="TUR")

    for words in ["turk", "Türk", "TUR"]:
        assert search(editor, words) == {"Countries": ["Türkiye"]}
    assert search(editor, "peace") == {}


@pytest.mark.parametrize("words", ["UNSCR 1244", "resolution 1244", "S/RES/1244"])
def test_resolution_is_found_however_its_number_is_written(search, editor, kfor, words):
    make.mandate(mission=kfor, symbol="S/RES/1244 (1999)", title="Presence")

    assert search(editor, words) == {"Mandates": ["Presence"]}


def test_record_is_found_by_its_other_names_and_its_reference_without_zeros(search, editor, kfor):
    make.mission_name(mission=kfor, name="Joint Guardian")

    assert search(editor, "joint guard")["Missions"] == ["Kosovo Force"]
    assert search(editor, kfor.reference.replace("M-0", "M-")) == {"Missions": ["Kosovo Force"]}


def test_record_without_a_title_is_found_by_its_reference_and_named_by_its_key(search, editor, kfor):
    italy = make.country(iso3="ITA")
    figure = make.contribution(mission=kfor, country=italy, as_of="2017-02", note="Carabinieri", location="")

    named = [f"kfor · ITA · troops · personnel · 2017-02 · deployed · {figure.source.code}"]
    assert search(editor, figure.reference.lower()) == {"Contributions": named}
    assert search(editor, "carab") == {"Contributions": named}


def test_kind_of_which_something_is_called_just_so_comes_first(search, editor, kfor):
    make.event(mission=kfor, title="KFOR enters Kosovo")
    make.source(code="kosovo")

    assert [*search(editor, "kosovo")] == ["Sources", "Missions", "Events"]


def test_results_lead_to_forms_and_lists_and_say_what_is_not_public(client, editor, kfor, search, monkeypatch):
    monkeypatch.setattr("pkportal.editorial.search_all.SHOWN_OF_A_KIND", 1)
    other = make.mission(name="Kosovo Verification", state="completed", end_date="2000")
    client.force_login(editor)

    (kind,) = client.get("/admin/search/?q=kosovo").context["kinds"]

    assert (kind.total, kind.rest) == (2, 1)
    assert (kind.records[0].address, kind.records[0].status) == (admin_url(Mission, "change", kfor.pk), "draft")
    assert {*client.get(kind.list_address).context["cl"].queryset} == {kfor, other}


def test_what_is_in_drafts_is_found_with_the_draft_it_is_in(admin_as, editor, search):
    bosnia = make.published_mission(name="Stabilisation Force")
    browser = admin_as(editor)
    page = browser.get(Mission, "change", bosnia.pk)
    row = {"order": "1", "text": "Deter hostilities", "met": "", "met_source": "", "mission": bosnia.pk, "id": ""}
    new = {f"objectives-0-{name}": value for name, value in row.items()} | {"objectives-TOTAL_FORMS": "1"}
    browser.post(Mission, "change", bosnia.pk, data={**form_data(page), **new, "acronym": "SFOR"})
    change_set = ChangeSet.objects.get()

    (mission,) = browser.client.get("/admin/search/?q=stabilisation").context["kinds"][0].records
    assert mission.draft_address == admin_url(ChangeSet, "change", change_set.pk)
    assert "Change sets" in search(editor, change_set.number)
    (addition,) = browser.client.get("/admin/search/?q=hostilities").context["kinds"][0].records
    assert "Deter hostilities" in browser.client.get(addition.address).text


def test_everybody_finds_only_what_they_may_see(search, staff_without_rights, administrator, editor, kfor):
    make.event(mission=kfor, title="KFOR enters")

    assert search(staff_without_rights, "kfor") == search(administrator, "kfor") == {}
    assert search(administrator, "edit") == {"Users": ["editor"]}
    staff_without_rights.user_permissions.set(Permission.objects.filter(codename="view_event"))
    staff_without_rights = type(staff_without_rights).objects.get(pk=staff_without_rights.pk)
    assert search(staff_without_rights, "kfor") == {"Events": ["KFOR enters"]}


def test_visitor_is_sent_to_the_sign_in(client):
    assert client.get("/admin/search/?q=kfor").status_code == 302


@pytest.mark.parametrize("words", ["", " ", "'", '"', "\\", ":*", "!(&|", "%", "_", "\x00", "CS-9999999999", "é"])
def test_search_takes_any_characters(search, editor, words):
    assert search(editor, words) == {}


@pytest.mark.parametrize("records", [1, 3])
def test_search_costs_the_same_for_any_number_of_kinds_and_records(
    client, publisher, kfor, records, django_assert_num_queries
):
    for number in range(records):
        make.event(mission=kfor, title=f"KFOR {number}")
        make.source(title=f"KFOR {number}")
    client.force_login(publisher)

    with django_assert_num_queries(5):  # session, user, two for rights, the search
        page = client.get("/admin/search/?q=kfor")

    assert [kind.total for kind in page.context["kinds"]] == [1, records, records]


def test_every_page_of_the_admin_has_the_search(client, editor):
    client.force_login(editor)

    for address in ["/admin/", "/admin/missions/mission/", "/admin/missions/mission/add/"]:
        assert 'action="/admin/search/"' in client.get(address).text


def test_code_is_found_from_its_beginning_in_any_case(search, editor):
    make.source(code="un-sres-1244", title="A presence")

    assert search(editor, "UN-SRES") == {"Sources": ["A presence"]}
    assert search(editor, "1244") == {}
