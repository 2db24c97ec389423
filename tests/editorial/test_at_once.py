"""Two people at once, each with a connection of their own: nothing is lost, and whoever loses is told."""

import threading
from functools import partial

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from missions.models import Country, Event, Mission
from pkportal.changes import review
from pkportal.changes.imported_files import ImportedFile
from pkportal.changes.models import ChangeSet
from pkportal.changes.problems import NotApplicable
from pkportal.editorial.models import AccountAct, OpenForm, UnsavedForm
from pkportal.sources.models import Source
from tests import databases, make
from tests.editorial.conftest import AdminBrowser
from tests.editorial.pages import form_data

pytestmark = pytest.mark.django_db
OF_THE_ADMIN = [ImportedFile, Session, AccountAct, OpenForm, UnsavedForm, LogEntry]


@pytest.fixture
def kfor(transactions):
    """Return a published mission and two superusers; all of it is committed, and removed afterwards."""

    def prepare():
        people = [User.objects.create_superuser(name) for name in ("one", "other")]
        return make.published_mission(code="kfor", summary="It keeps the peace."), people

    def clean():
        databases.emptied(ChangeSet, Event, Mission, Source, Country, *OF_THE_ADMIN, User)

    yield transactions(prepare)[0]
    transactions(clean)


def test_two_who_begin_a_draft_of_the_same_record_share_it(kfor, transactions):
    mission, people = kfor
    start = threading.Barrier(2)

    def save(user, **typed):
        browser = AdminBrowser(Client(), user)
        form = form_data(browser.get(Mission, "change", mission.pk))
        start.wait(10)
        return browser.post(Mission, "change", mission.pk, data={**form, **typed}, follow=False).status_code

    one, other = people
    answers = transactions(partial(save, one, acronym="KFOR"), partial(save, other, lead_command="Naples"))

    assert answers == [302, 302]
    change_set = ChangeSet.objects.get()
    assert change_set.changes.get().cells == {"acronym": ["", "KFOR"], "lead_command": ["", "Naples"]}
    assert {*change_set.writers} == {one.pk, other.pk}


def test_of_a_draft_and_a_file_with_the_same_cell_one_is_published_and_the_other_is_told(kfor, transactions):
    mission, (one, other) = kfor
    start = threading.Barrier(2)

    def draft():
        browser = AdminBrowser(Client(), one)
        form = form_data(browser.get(Mission, "change", mission.pk))
        browser.post(Mission, "change", mission.pk, data={**form, "acronym": "KFOR"})

    def upload():
        browser = AdminBrowser(Client(), other)
        file = SimpleUploadedFile("missions.csv", b"code,acronym\nkfor,K-FOR\n", "text/csv")
        browser.confirm(Mission, browser.upload(Mission, file))

    def publish(change_set, user):
        start.wait(10)
        try:
            review.publish(change_set, user, "Both at once")
        except NotApplicable as error:
            return error.problems[0].theirs
        return "published"

    transactions(draft, upload)
    first, second = ChangeSet.objects.order_by("pk")
    told = transactions(partial(publish, first, one), partial(publish, second, other))

    published = ChangeSet.objects.get(state="published").changes.get().cells["acronym"][1]
    assert {*told} == {"published", published}
    assert Mission.objects.get().acronym == published


def test_what_is_saved_while_its_draft_is_published_is_published_begun_anew_or_asked_about(kfor, transactions):
    mission, (one, other) = kfor

    def save(user, acronym):
        browser = AdminBrowser(Client(), user)
        form = form_data(browser.get(Mission, "change", mission.pk))
        return browser.post(Mission, "change", mission.pk, data={**form, "acronym": acronym}).text

    transactions(partial(save, one, "KFOR"))
    first = ChangeSet.objects.get()

    def publish():
        review.publish(first, other, "At once")

    _published, page = transactions(publish, partial(save, one, "K-FOR"))

    typed = [change_set.changes.get().cells["acronym"][1] for change_set in ChangeSet.objects.order_by("pk")]
    is_asked = "Somebody changed this record while you had it open: Acronym." in page and 'value="K-FOR"' in page
    assert (typed[-1] == "K-FOR") != is_asked
    assert ChangeSet.objects.get(pk=first.pk).state == "published"
