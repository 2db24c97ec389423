"""A new kind of content gets everything from the portal that the existing ones get.

``tests/equipment/`` is an app with such a kind; only the tests install it.
"""

import pytest
from django.contrib.auth.models import Group, Permission, User
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
def publisher(client):
    """Sign a publisher in to the admin who may import files too."""
    account = member("publisher", "Publisher")
    account.groups.add(Group.objects.get(name="Data manager"))
    return AdminBrowser(client, account)


def test_system_checks_pass_and_its_migration_is_complete():
    call_command("check", fail_level="WARNING")
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)


def test_its_list_has_facets_and_active_filters(client, kfor):
    equipment("leopard", mission=kfor)
    equipment("fuchs")

    page = client.get("/equipment/", {"mission": "kfor"})

    assert [row.code for row in page.context["page_obj"]] == ["leopard"]
    assert page.context["count"] == 1
    assert [str(active_filter) for active_filter in page.context["active_filters"]] == ["Mission: Kosovo Force"]
    options = page.context["filter"].form.fields["mission"].widget.options
    assert ("kfor", "Kosovo Force", 1) in options
    assert len(options) == 2


def test_its_counts_are_kept_and_a_deletion_is_counted(client, kfor):
    equipment("leopard", mission=kfor)
    equipment("fuchs", mission=kfor).delete()

    page = client.get("/equipment/")

    assert {row.number for row in Equipment.kept_counts[0].objects.all()} == {1, -1}
    assert page.context["count"] == 1
    assert ("kfor", "Kosovo Force", 1) in page.context["filter"].form.fields["mission"].widget.options


@pytest.mark.parametrize("file_format", ["csv", "json"])
def test_its_list_can_be_downloaded(client, kfor, file_format):
    equipment("leopard", mission=kfor)
    equipment("fuchs")

    (row,) = rows_of(client.get(f"/equipment.{file_format}?mission=kfor"))

    assert (row["code"], row["mission"], str(row["quantity"]), row["date"]) == ("leopard", "kfor", "12", "1999-06")


def test_api_has_its_rows_and_the_filters_of_its_list(client, kfor):
    leopard, _other = equipment("leopard", mission=kfor), equipment("fuchs")

    (row,) = client.get("/api/v1/equipment?mission=kfor").json()["data"]
    document = client.get("/api/v1/openapi.json").json()

    assert (row["code"], row["mission"], row["quantity"], row["date"]) == ("leopard", "kfor", 12, "1999-06")
    assert row == client.get(f"/api/v1/equipment/{leopard.reference}").json()
    assert "mission" in [each["name"] for each in document["paths"]["/api/v1/equipment"]["get"]["parameters"]]
    assert client.get("/api/v1/equipment?misson=kfor").json()["errors"][0]["nearest"] == ["mission"]


def test_its_page_cites_the_sources_of_its_text(client):
    make.source(code="inventory", title="Inventory of 1999")
    leopard = equipment("leopard", note="They were counted [@inventory].")

    page = client.get(leopard.get_absolute_url())

    assert page.status_code == 200
    assert [reference.source.code for reference in page.context["references"]] == ["inventory"]


def test_it_is_hidden_with_its_mission(client):
    leopard = equipment("leopard", mission=make.mission())

    assert client.get(leopard.get_absolute_url()).status_code == 404
    assert client.get("/equipment/").context["count"] == 0
    assert rows_of(client.get("/data/equipment.csv")) == []
    assert leopard.get_absolute_url() not in client.get("/sitemap.xml").text


def test_data_page_describes_its_file(client):
    equipment("leopard")

    (table,) = (table for table in client.get("/data/").context["tables"] if table.name == "equipment")

    assert (table.number, table.page) == (1, "/equipment/")
    assert [column.name for column in table.columns][:4] == ["reference", "code", "name", "mission"]
    assert [row["code"] for row in rows_of(client.get("/data/equipment.csv"))] == ["leopard"]


def test_search_finds_it_by_words_and_by_field_words(client, kfor):
    equipment("leopard", mission=kfor, note="Armoured vehicles.")
    equipment("fuchs", note="Armoured vehicles.")

    def titles_found(query):
        page = client.get("/search/", {"q": query, "kind": "equipment"})
        return [hit.title for hit in page.context["page_obj"]]

    assert {*titles_found("armoured")} == {"Vehicle leopard", "Vehicle fuchs"}
    assert titles_found("mission:kfor armoured") == ["Vehicle leopard"]


def test_sitemap_has_its_list_and_its_pages(client):
    leopard = equipment("leopard")

    sitemap = client.get("/sitemap.xml").text

    assert f"{leopard.get_absolute_url()}</loc>" in sitemap
    assert "/equipment/</loc>" in sitemap


def test_page_of_a_source_counts_it_among_the_citing_records(client):
    source = make.source(code="inventory")
    equipment("leopard", note="They were counted [@inventory].")
    equipment("fuchs", sources=[source])

    groups = {group.model: group.number for group, *_rest in client.get(source.get_absolute_url()).context["groups"]}

    assert groups[Equipment] == 2


def test_its_history_is_kept_whoever_changes_it():
    leopard = equipment("leopard")
    Equipment.objects.filter(pk=leopard.pk).update(quantity=13)
    leopard.sources.add(make.source())
    Equipment.objects.filter(pk=leopard.pk).update(quantity=14)

    assert [*leopard.history.order_by("pgh_id").values_list("quantity", flat=True)] == [12, 13, 14]


@pytest.mark.parametrize(
    ("group", "actions"),
    [
        ("Editor", {"add", "change", "view"}),
        ("Publisher", {"add", "change", "delete", "view"}),
        ("Data manager", {"add", "change", "view"}),
    ],
)
def test_migrate_gives_the_roles_their_permissions_on_it(group, actions):
    granted = Permission.objects.filter(group__name=group, content_type__app_label="equipment")

    assert {codename.partition("_")[0] for codename in granted.values_list("codename", flat=True)} == actions


def test_account_without_a_role_cannot_open_its_admin(client):
    client.force_login(User.objects.create_user("staff", is_staff=True))

    assert client.get(pages.admin_url(Equipment, "changelist")).status_code == 403


def test_admin_lists_adds_and_changes_it(publisher, kfor):
    form = {**pages.form_data(publisher.get(Equipment, "add")), "code": "leopard", "name": "Leopard 2", "quantity": 12}
    publisher.post(Equipment, "add", data={**form, "mission": kfor.pk})
    pages.publish_drafts()
    added = Equipment.objects.get(code="leopard")

    publisher.save(added, quantity=14)
    pages.publish_drafts()

    added.refresh_from_db()
    assert added.quantity == 14
    assert publisher.get(Equipment, "changelist").context["cl"].result_count == 1
    assert publisher.get(Equipment, "changelist", q="leopard").context["cl"].result_count == 1


def test_admin_marks_it_as_checked_and_an_edit_removes_the_mark(publisher):
    checked = equipment("leopard")

    pages.verify(publisher, checked, source=make.source().code)
    checked.refresh_from_db()
    assert checked.is_checked

    publisher.save(checked, quantity=13)
    pages.publish_drafts()
    checked.refresh_from_db()
    assert not checked.is_checked


def test_admin_previews_and_imports_its_file(publisher, kfor):
    equipment("fuchs", mission=kfor, quantity=3)
    text = "code,name,mission,quantity\nleopard,Leopard 2,kfor,12\nfuchs,Vehicle fuchs,kfor,4\n"

    preview = publisher.upload(Equipment, SimpleUploadedFile("equipment.csv", text.encode()))
    assert not Equipment.objects.filter(code="leopard").exists()
    page = publisher.confirm(Equipment, preview)

    assert "1 new, 1 changed" in str(*page.context["messages"])
    pages.publish_drafts()
    assert {*Equipment.objects.values_list("code", "quantity")} == {("leopard", 12), ("fuchs", 4)}


def test_admin_exports_it(publisher):
    leopard = equipment("leopard")

    header, row = publisher.export(Equipment).decode("utf-8-sig").splitlines()

    assert header.startswith("reference,code,name,mission,quantity,date")
    assert row.startswith(f"{leopard.reference},leopard,Vehicle leopard,")


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
