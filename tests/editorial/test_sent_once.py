"""Forms that are sent twice: by a button that was clicked twice, after "back", or from two windows."""

from functools import partial

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client

from lessons.models import Lesson, Theme
from pkportal.changes.models import ChangeSet, LogItem
from pkportal.editorial.models import AccountAct, SentForm
from pkportal.sources.models import Source
from tests import databases, make
from tests.editorial.pages import admin_url, errors, form_data, messages
from tests.editorial.test_waiting_records import SOURCE

pytestmark = pytest.mark.django_db
TWICE = "This was sent twice, and was done once."


def token_on(page):
    """Return the token that a page was shown with."""
    return {"csrfmiddlewaretoken": str(page.context["csrf_token"])}


def test_form_of_a_new_record_that_is_sent_twice_adds_one(admin_as, editor):
    browser = admin_as(editor)
    page = browser.get(Lesson, "add")
    texts = {"observation": "It was seen.", "discussion": "It matters.", "recommendation": "Do it."}
    typed = {
        **form_data(page),
        **token_on(page),
        **texts,
        "title": "Ask first",
        "kind": "issue",
        "maturity": "observation",
    }

    first, second = [browser.post(Lesson, "add", data=typed) for _time in range(2)]

    assert Lesson.objects.count() == 1, errors(first)
    assert second.redirect_chain == first.redirect_chain
    assert messages(second)[-1] == TWICE
    other = browser.post(Lesson, "add", data={**typed, **token_on(browser.get(Lesson, "add")), "title": "Ask again"})
    assert TWICE not in messages(other)
    assert Lesson.objects.count() == 2


@pytest.mark.parametrize("model", [Theme, Source])
def test_window_of_a_new_record_that_is_sent_twice_adds_one_and_chooses_it(admin_as, editor, model):
    browser = admin_as(editor)
    page = browser.get(model, "add", _popup="1")
    typed = {**form_data(page), **token_on(page), "_popup": "1"}
    typed |= {"name": "Command and control", "code": "command", "family": "practice"} if model is Theme else SOURCE

    first, second = [browser.post(model, "add", data=typed, query="?_popup=1") for _time in range(2)]

    assert second.context["popup_response_data"] == first.context["popup_response_data"]
    assert model.objects.count() + ChangeSet.objects.count() == 1


@pytest.fixture
def superuser(transactions):
    yield transactions(partial(User.objects.create_superuser, "one"))[0]
    transactions(lambda: databases.emptied(ChangeSet, SentForm, Source, Session, AccountAct, LogEntry, User))


def test_form_that_is_sent_twice_at_once_is_answered_once(superuser, transactions):
    def opened():
        client = Client()
        client.force_login(superuser)
        page = client.get(admin_url(Source, "add"))
        return client.cookies, {**form_data(page), **token_on(page), **SOURCE}

    ((cookies, typed),) = transactions(opened)

    def send():
        client = Client()
        client.cookies = cookies
        return client.post(admin_url(Source, "add"), typed).url

    first, second = transactions(send, send)

    assert first == second
    assert transactions(ChangeSet.objects.count) == [1]


def test_comment_that_is_sent_twice_is_there_once(admin_as, editor):
    browser = admin_as(editor)
    added = browser.post(Source, "add", data={**form_data(browser.get(Source, "add")), **SOURCE})
    address = f"/admin/changes/changeset/{added.context['change_set'].pk}/act/comment/"

    for _time in range(2):
        browser.client.post(address, {**token_on(added), "reason": "Which edition?"})

    assert LogItem.objects.filter(act="commented").count() == 1


def test_source_that_waits_is_not_added_again_after_back(admin_as, editor):
    browser = admin_as(editor)
    for _time in range(2):
        page = browser.post(Source, "add", data={**form_data(browser.get(Source, "add")), **SOURCE})

    assert errors(page) == [f"“Report of the Force” waits in {ChangeSet.objects.get().number} already."]


def test_form_that_is_sent_again_with_what_is_there_by_now_is_no_conflict(admin_as, editor):
    browser, mission = admin_as(editor), make.published_mission(code="kfor", latitude=42.0, longitude=20.5)
    opened = form_data(browser.get(type(mission), "change", mission.pk))

    for _time in range(2):
        page = browser.post(type(mission), "change", mission.pk, data={**opened, "acronym": "KFOR"})

    assert messages(page) == [
        f"Saved in the draft {ChangeSet.objects.get().number}. Readers see no change until it is published."
    ]
