"""Pages of the admin of every kind, the change sets that some of them show, and how each page is opened."""

from typing import Any, NamedTuple

from django.contrib.auth.models import Group, User

from lessons.models import Lesson
from missions.models import Contribution, Mission
from pkportal.changes import review
from pkportal.changes.drafts import Edit, save_draft
from pkportal.changes.models import Action, ChangeSet
from pkportal.sources.models import Source
from tests import make

LISTS = "/admin/missions/"
CHANGE_SETS = "/admin/changes/changeset/"
OFFICE_FILE = b"Nation,Operation,As of,Troops,Source,Kind of thing\nItaly,kfor,05/06/2024,900,un-sres-1244,troops\n"
RIGHT_FILE, WRONG_FILE = b"reference,quantity\nFIG-01710,19\n", b"reference,quantity\nFIG-01710,many\n"


class Draft(NamedTuple):
    """A mission with a column that a draft changes, and what it held when the draft was begun, if something else."""

    code: str
    column: str = "outcome"
    was: str | None = None


DRAFTS = {
    "draft": Draft("sharp-guard"),
    "clash": Draft("sky-monitor", was="What another editor has written over since."),
    "review": Draft("maritime-guard"),
    "published": Draft("maritime-monitor", "acronym"),
}


def make_change_sets(author: User) -> dict[str, ChangeSet]:
    """Make a change set in each state."""
    made = {name: begun(draft, author) for name, draft in DRAFTS.items()}
    review.submit(made["review"], author, "Please read it by Friday.")
    review.publish(made["published"], author, "A typing error.")
    return made


def begun(draft: Draft, author: User) -> ChangeSet:
    mission = Mission.objects.get(code=draft.code)
    was = getattr(mission, draft.column) if draft.was is None else draft.was
    edit = Edit(Mission, mission.reference, Action.CHANGE, str(mission), {draft.column: (was, "MARMON")})
    change_set = save_draft(mission, [edit], author)
    assert change_set
    return change_set


def primary_keys(author: User) -> dict[str, Any]:
    """Return the keys that addresses of pages name."""
    lost = make.source(title="A report that was deleted")
    lost.delete()
    return {
        "lost": lost.reference,
        "author": author.pk,
        "role": Group.objects.get(name="Editor").pk,
        "kfor": Mission.objects.get(code="kfor").pk,
        "history": Mission.objects.get(code=DRAFTS["published"].code).pk,
        "figure": Contribution.objects.filter(mission__code="kfor").order_by("pk")[0].pk,
        "lesson": Lesson.objects.filter(remedial_actions__source__isnull=False).order_by("pk")[0].pk,
        "source": Source.objects.get(code="un-sres-1244").pk,
        **{name: change_set.pk for name, change_set in make_change_sets(author).items()},
    }


ADDRESSES = {
    "front page": "/admin/",
    "list": f"{LISTS}contribution/",
    "list, searched and filtered": f"{LISTS}mission/?q=force&status__exact=published",
    "form of a mission": f"{LISTS}mission/{{kfor}}/change/",
    "form of a figure": f"{LISTS}contribution/{{figure}}/change/",
    "form of a lesson": "/admin/lessons/lesson/{lesson}/change/",
    "form of a new source": "/admin/sources/source/add/",
    "change sets": CHANGE_SETS,
    "draft": f"{CHANGE_SETS}{{draft}}/change/",
    "draft with a clash": f"{CHANGE_SETS}{{clash}}/change/",
    "in review": f"{CHANGE_SETS}{{review}}/change/",
    "published": f"{CHANGE_SETS}{{published}}/change/",
    "preview": f"{CHANGE_SETS}{{draft}}/preview/",
    "history": f"{LISTS}mission/{{history}}/history/",
    "deleted": f"{LISTS}contribution/deleted/",
    "restoring": "/admin/sources/source/deleted/{lost}/",
    "deletion": f"{LISTS}contribution/{{figure}}/delete/",
    "deletion refused": "/admin/sources/source/{source}/delete/",
    "withdrawal": f"{LISTS}mission/{{kfor}}/withdraw/",
    "records to check": "/admin/changes/check/queue/",
    "record beside its sources": "/admin/changes/check/verify/missions.mission/M-0042/",
    "claims of a record": "/admin/changes/check/claims/missions.mission/M-0042/",
    "claims of all records": "/admin/changes/check/claims/",
    "many at once": f"{LISTS}contribution/many/",
    "import": f"{LISTS}contribution/import/",
    "imports": "/admin/changes/importedfile/",
    "export": f"{LISTS}contribution/export/",
    "search": "/admin/search/?q=kosovo",
    "roles": "/admin/roles/",
    "mail": "/admin/mail/",
    "audit log": "/admin/audit/",
    "shortcuts": "/admin/shortcuts/",
    "accounts": "/admin/auth/user/",
    "account": "/admin/auth/user/{author}/change/",
    "role": "/admin/auth/group/{role}/change/",
    "deletion of a role": "/admin/auth/group/{role}/delete/",
    "password": "/admin/password_change/",
    "password, with a link that has expired": "/admin/password_reset/1-expired/",
    "no page": "/admin/nothing/",
    "not allowed": f"{CHANGE_SETS}add/",
}


def upload(page, file):
    """Show what an import of a file would do."""
    page.goto(f"{LISTS}contribution/import/")
    page.set_input_files("[name=file]", {"name": "figures.csv", "mimeType": "text/csv", "buffer": file})
    page.get_by_role("button", name="Preview the changes").click()
    page.wait_for_load_state()


def propose(page):
    """Import a file, and show its page when it waits for review."""
    upload(page, RIGHT_FILE)
    page.get_by_role("button", name="Confirm import").click()
    page.wait_for_url("**/changes/changeset/*/change/")
    page.get_by_role("link", name="figures.csv").click()
    page.wait_for_url("**/contribution/import/*/")


def compare(page, keys):
    """Compare a record as it was with what it is now."""
    page.goto(ADDRESSES["history"].format(**keys))
    page.get_by_role("link", name="Compare with now, or restore").last.click()
    page.wait_for_url("**/compare/?*")


STEPS = {
    "comparison": compare,
    "preview of an import": lambda page, keys: upload(page, RIGHT_FILE),
    "import that waits for review": lambda page, keys: propose(page),
    "columns of an import": lambda page, keys: upload(page, OFFICE_FILE),
    "encoding of an import": lambda page, keys: upload(page, "country\nC\u00f4te\n".encode("cp1252")),
    "import refused": lambda page, keys: upload(page, WRONG_FILE),
}
