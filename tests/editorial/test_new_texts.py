"""New text is published only with its sources, and AI-assisted text only once somebody has checked it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from missions.models import Event, Mission
from pkportal.changes.applying import problems_of
from pkportal.changes.models import ChangeSet
from pkportal.changes.problems import NotApplicable
from pkportal.changes.publication import propose_publication, withdraw_at_once
from pkportal.changes.review import publish
from tests import make
from tests.editorial.conftest import member
from tests.editorial.pages import errors, verify
from tests.editorial.test_history import a_day_passes

pytestmark = pytest.mark.django_db

UNCITED = "It has 4,273 people."
CITED = "It has 4,273 people [@paper, p. 7]."
OBSTACLE = f"“{UNCITED}” states a number, a date or a rule, and cites no source."
ASSISTED = "It was written with AI assistance, and its new words have not been compared with a source yet."


@pytest.fixture
def kfor():
    paper = make.source(code="paper")
    return make.published_mission(code="kfor", summary="It began in 1999. It keeps the peace.", sources=[paper])


@pytest.fixture
def drafted(admin_as, editor, kfor):
    """Return a function that saves a draft of the mission, and returns its change set."""

    def draft(**changes):
        admin_as(editor).save(kfor, **changes)
        return ChangeSet.objects.open().get()

    return draft


def missing(change_set):
    return [(problem.column, problem.message) for problem in problems_of(change_set)]


def test_new_claim_without_a_source_is_not_published(drafted, publisher, kfor):
    change_set = drafted(summary=f"It began in 1999. {UNCITED}")

    assert missing(change_set) == [("summary", OBSTACLE)]
    with pytest.raises(NotApplicable):
        publish(change_set, publisher)
    assert Mission.objects.get().summary == kfor.summary


def test_new_claim_with_its_source_and_words_that_claim_nothing_are_published(drafted, publisher):
    change_set = drafted(summary=f"It began in 1999. It kept the peace. {CITED}")

    publish(change_set, publisher)

    assert Mission.objects.get().summary.endswith(CITED)


def test_citation_whose_page_was_left_blank_is_not_published_but_stays_where_it_was(drafted, publisher, kfor):
    where = "[@paper, p.] does not say where: write the number behind “p.”, or leave that out."
    change_set = drafted(summary="It began in 1999 [@paper, p. ]. It keeps the peace.")

    assert missing(change_set) == [("summary", where)]
    Mission.objects.update(summary="It began in 1999 [@paper, p. ]. It keeps the peace.")
    ChangeSet.objects.all().delete()
    kfor.refresh_from_db()
    assert missing(drafted(summary="It began in 1999 [@paper, p. ]. It kept the peace.")) == []
    assert missing(drafted(summary="It began in 1999 [@paper, p. ]. It kept the peace [@paper, pp.].")) == [
        ("summary", where.replace("p.", "pp."))
    ]


def test_what_readers_could_read_before_is_not_asked_for_again(drafted, publisher):
    publish(drafted(summary="It keeps the peace."), publisher)

    assert missing(drafted(summary="It began in 1999. It keeps the peace.")) == []


def test_what_readers_could_read_of_a_deleted_part_is_not_asked_for_when_it_is_restored(admin_as, editor, kfor):
    event = make.event(mission=kfor, text=UNCITED, ai_assisted=True)
    a_day_passes(Event, Mission)
    event.delete()

    admin_as(editor).post(Event, "restore", event.reference)

    assert missing(ChangeSet.objects.get()) == []


def test_new_part_is_asked_for_its_sources(admin_as, editor, kfor):
    data = {"mission": kfor.pk, "date": "1999-06-12", "kind": "deployment", "title": "Arrival", "text": UNCITED}

    admin_as(editor).post(Event, "add", data=data)

    assert missing(ChangeSet.objects.get()) == [("text", OBSTACLE)]


def test_first_publication_asks_for_the_sources_of_all_its_texts(publisher):
    mission = make.mission(summary=UNCITED, outcome=CITED.replace("[@paper, p. 7]", ""))
    event = make.event(mission=mission, text=UNCITED)

    problems = problems_of(propose_publication(mission, publisher))

    assert {(it.reference, it.column) for it in problems} == {
        (mission.reference, "summary"),
        (mission.reference, "outcome"),
        (event.reference, "text"),
    }


def test_what_was_public_before_a_withdrawal_is_published_again(publisher, kfor):
    withdraw_at_once(kfor, publisher, "It is not ready.")
    kfor.refresh_from_db()
    assert missing(propose_publication(kfor, publisher)) == []


def test_ai_assisted_text_is_published_once_somebody_has_checked_it(admin_as, drafted, publisher, kfor):
    Mission.objects.update(ai_assisted=True)
    change_set = drafted(summary="It began in 1999. It guards the peace.")
    assert missing(change_set) == [("ai_assisted", ASSISTED)]

    verify(admin_as(member("checker", "Editor")), kfor, f"?change_set={change_set.pk}", source="paper")

    assert missing(change_set) == []
    publish(change_set, publisher)
    kfor.refresh_from_db()
    assert (kfor.is_checked, kfor.ai_assisted) == (True, True)


def test_shorter_ai_assisted_text_is_not_new(drafted):
    Mission.objects.update(ai_assisted=True)

    assert missing(drafted(summary="It keeps the peace.")) == []


def test_text_stays_marked_as_ai_assisted_until_somebody_has_checked_it(drafted, kfor):
    Mission.objects.update(ai_assisted=True)
    change_set = drafted(ai_assisted="")
    assert missing(change_set) == [("ai_assisted", ASSISTED)]

    kfor.mark_checked()

    assert missing(change_set) == []


def test_record_that_is_edited_directly_stays_marked_too(admin_as, editor, data_manager):
    mission = make.mission(code="kfor", ai_assisted=True)
    words = "It stays marked as AI-assisted until somebody has checked it as it is."
    text = f"code,summary,ai_assisted\nkfor,{mission.summary},no\n"
    file = SimpleUploadedFile("missions.csv", text.encode())
    edited = SimpleUploadedFile("missions.csv", text.replace("peace", "law").encode())

    assert errors(admin_as(editor).save(mission, ai_assisted="")) == [words]
    (refusal,) = admin_as(data_manager).upload(Mission, file).context["faults"]
    assert (refusal.column, refusal.reason) == ("ai_assisted", words)

    mission.mark_checked()
    assert errors(admin_as(editor).save(mission, ai_assisted="", summary="Another.")) == [words]
    assert admin_as(data_manager).upload(Mission, edited).context["faults"]
    file.seek(0)
    assert not admin_as(data_manager).upload(Mission, file).context["faults"]
    admin_as(editor).save(mission, ai_assisted="")
    assert not Mission.objects.get().ai_assisted
