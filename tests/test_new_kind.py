"""A kind of content is an app of its own: everything the portal does for one, it does for this without knowing it.

``tests/equipment/`` is that app; only the tests install it.
"""

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from tests import make
from tests.editorial import pages
from tests.editorial.conftest import AdminBrowser, member
from tests.equipment.make import equipment
from tests.equipment.models import Equipment
from tests.files import rows_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def kfor():
    return make.published_mission(code="kfor", name="Kosovo Force", acronym="KFOR")


@pytest.fixture
def publisher(client, tmp_path, monkeypatch):
    """Work in the admin as a publisher; uploads are kept out of the machine's own folder."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return AdminBrowser(client, member("publisher", "Publisher"))


def test_its_contracts_are_kept_and_its_migration_is_complete():
    call_command("check", fail_level="WARNING")
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)


def test_its_list_has_facets_and_active_filters(client, kfor):
    equipment("leopard", mission=kfor)
    equipment("fuchs")

    page = client.get("/equipment/", {"mission": "kfor"})

    assert [row.code for row in page.context["page_obj"]] == ["leopard"]
    assert page.context["count"] == 1
    assert [str(active) for active in page.context["active_filters"]] == ["Mission: Kosovo Force"]
    offered = page.context["filter"].form.fields["mission"].widget.options
    assert ("kfor", "Kosovo Force", 1) in offered
    assert len(offered) == 3  # any, and the two missions


@pytest.mark.parametrize("format", ["csv", "json"])
def test_a_filtered_list_is_a_file(client, kfor, format):
    equipment("leopard", mission=kfor)
    equipment("fuchs")

    (row,) = rows_of(client.get(f"/equipment.{format}?mission=kfor"))

    assert (row["code"], row["mission"], str(row["quantity"]), row["date"]) == ("leopard", "kfor", "12", "1999-06")


def test_its_page_cites_the_sources_of_its_text(client):
    make.source(code="inventory", title="Inventory of 1999")
    shown = equipment("leopard", note="They were counted [@inventory].")

    page = client.get(shown.get_absolute_url())

    assert page.status_code == 200
    assert [entry.source.code for entry in page.context["references"]] == ["inventory"]


def test_what_is_part_of_a_hidden_mission_is_hidden(client):
    hidden = equipment("leopard", mission=make.mission())

    assert client.get(hidden.get_absolute_url()).status_code == 404
    assert client.get("/equipment/").context["count"] == 0
    assert rows_of(client.get("/data/equipment.csv")) == []
    assert hidden.get_absolute_url() not in client.get("/sitemap.xml").text


def test_the_data_page_describes_its_file(client):
    equipment("leopard")

    (table,) = (table for table in client.get("/data/").context["tables"] if table.name == "equipment")

    assert (table.number, table.page) == (1, "/equipment/")
    assert [column.name for column in table.columns][:4] == ["code", "name", "mission", "quantity"]
    assert [row["code"] for row in rows_of(client.get("/data/equipment.csv"))] == ["leopard"]


def test_search_finds_it_by_its_words_and_by_its_field_words(client, kfor):
    equipment("leopard", mission=kfor, note="Armoured vehicles.")
    equipment("fuchs", note="Armoured vehicles.")

    def found(words):
        page = client.get("/search/", {"q": words, "kind": "equipment"})
        return [hit.title for hit in page.context["page_obj"]]

    assert {*found("armoured")} == {"Vehicle leopard", "Vehicle fuchs"}
    assert found("mission:kfor armoured") == ["Vehicle leopard"]


def test_the_sitemap_has_its_list_and_its_pages(client):
    shown = equipment("leopard")

    sitemap = client.get("/sitemap.xml").text

    assert f"{shown.get_absolute_url()}</loc>" in sitemap
    assert "/equipment/</loc>" in sitemap


def test_a_source_counts_it_among_what_cites_it(client):
    source = make.source(code="inventory")
    equipment("leopard", note="They were counted [@inventory].")
    equipment("fuchs", sources=[source])

    groups = {group.model: group.number for group, *_rest in client.get(source.get_absolute_url()).context["groups"]}

    assert groups[Equipment] == 2


def test_its_history_is_kept_whoever_changes_it():
    kept = equipment("leopard")
    Equipment.objects.filter(pk=kept.pk).update(quantity=13)
    kept.sources.add(make.source())
    Equipment.objects.filter(pk=kept.pk).update(quantity=14)

    assert [*kept.history.order_by("pgh_id").values_list("quantity", flat=True)] == [12, 13, 14]


@pytest.mark.parametrize(
    ("group", "actions"),
    [
        ("Editor", {"add", "change", "view"}),
        ("Publisher", {"add", "change", "delete", "view"}),
        ("Data manager", {"add", "change", "delete", "view"}),
    ],
)
def test_migrate_gives_the_roles_their_permissions_on_it(group, actions):
    granted = Permission.objects.filter(group__name=group, content_type__app_label="equipment")

    assert {codename.partition("_")[0] for codename in granted.values_list("codename", flat=True)} == actions


def test_an_account_without_a_role_may_not_open_its_admin(client):
    client.force_login(User.objects.create_user("staff", is_staff=True))

    assert client.get(pages.address(Equipment, "changelist")).status_code == 403


def test_the_admin_lists_adds_and_changes_it(publisher, kfor):
    form = {**pages.form_data(publisher.get(Equipment, "add")), "code": "leopard", "name": "Leopard 2", "quantity": 12}
    publisher.post(Equipment, "add", data={**form, "mission": kfor.pk})
    added = Equipment.objects.get(code="leopard")

    publisher.save(added, quantity=14)

    added.refresh_from_db()
    assert added.quantity == 14
    assert publisher.get(Equipment, "changelist").context["cl"].result_count == 1
    assert publisher.get(Equipment, "changelist", q="leopard").context["cl"].result_count == 1


def test_the_admin_marks_it_as_checked_and_an_edit_takes_the_mark_back(publisher):
    checked = equipment("leopard")

    publisher.run_action("mark_checked", checked)
    checked.refresh_from_db()
    assert checked.is_checked

    publisher.save(checked, quantity=13)
    checked.refresh_from_db()
    assert not checked.is_checked


def test_the_admin_shows_what_its_file_would_do_and_does_it_when_confirmed(publisher, kfor):
    equipment("fuchs", mission=kfor, quantity=3)
    text = "code,name,mission,quantity\nleopard,Leopard 2,kfor,12\nfuchs,Vehicle fuchs,kfor,4\n"

    preview = publisher.upload(Equipment, SimpleUploadedFile("equipment.csv", text.encode()))
    assert not Equipment.objects.filter(code="leopard").exists()
    page = publisher.confirm(Equipment, preview)

    assert [str(message) for message in page.context["messages"]] == [
        "Imported equipment.csv: 1 new, 1 changed, 0 unchanged."
    ]
    assert {*Equipment.objects.values_list("code", "quantity")} == {("leopard", 12), ("fuchs", 4)}


def test_the_admin_exports_it(publisher):
    equipment("leopard")

    header, row = publisher.export(Equipment).decode("utf-8-sig").splitlines()

    assert header.startswith("code,name,mission,quantity,date")
    assert row.startswith("leopard,Vehicle leopard,")


def test_it_is_dumped_and_loaded_with_everything_else(tmp_path):
    equipment("leopard", note="They were counted.")
    call_command("dump", tmp_path, verbosity=0)
    written = (tmp_path / "equipment.csv").read_text()
    Equipment.objects.all().delete()

    call_command("load", tmp_path, verbosity=0)

    assert Equipment.objects.get().note == "They were counted."
    call_command("dump", tmp_path / "again", verbosity=0)
    assert (tmp_path / "again" / "equipment.csv").read_text() == written


def test_its_addresses_are_its_own():
    assert reverse("equipment") == "/equipment/"
    assert reverse("equipment-page", args=["leopard"]) == "/equipment/leopard/"
