"""Public pages link to their forms for those who may edit, and are the same as before for everybody else."""

import pytest

from missions.models import Mission
from tests import make
from tests.editorial.pages import admin_url

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages():
    """The pages of a mission and of all missions, with the links to the admin that an editor sees on each."""
    kfor = make.published_mission(code="kfor")
    form, missions = admin_url(Mission, "change", kfor.pk), admin_url(Mission, "changelist")
    return {"/missions/kfor/": [form, missions], "/missions/": [missions]}


def admin_links(page):
    return [part.partition('"')[0] for part in page.text.split('href="')[1:] if part.startswith("/admin/")]


def test_editor_finds_the_form_of_the_record_and_the_list_of_the_admin_on_public_pages(client, editor, pages):
    client.force_login(editor)

    assert {address: admin_links(client.get(address)) for address in pages} == pages


def test_reader_and_staff_who_may_not_edit_see_no_link(client, staff_without_rights, administrator, pages):
    plain = {address: client.get(address).content for address in pages}
    for user in [staff_without_rights, administrator]:
        client.force_login(user)
        assert {address: client.get(address).content for address in pages} == plain
    assert b"/admin/" not in b"".join(plain.values())


def test_page_for_everybody_reads_no_session(client, pages):
    response = client.get("/missions/kfor/")

    assert not response.wsgi_request.session.accessed
    assert "Cookie" not in response.headers.get("Vary", "")
