"""The review of change sets in the admin: the queue, the page of each set, and what may be done with it."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from pkportal.changes.applying import problems_of
from pkportal.changes.clashes import clashes_of, problems_in_words
from pkportal.changes.comparing import differences, in_reading_order
from pkportal.changes.effects import Effects, effects_of
from pkportal.changes.imported_files import ImportedFile
from pkportal.changes.long_work import notice_broken
from pkportal.changes.models import Act, Action, Change, ChangeSet, LogItem
from pkportal.changes.publishing_runs import PublishingRun
from pkportal.changes.publishing_work import PUBLISHING_WORK, is_large
from pkportal.changes.staged_sets import number_of_rows, published_as_stage

from .addresses import change_set_address, form_address, imported_address, row_address
from .change_set_filters import KindFilter, QueueFilter
from .expert_links import ExpertLinks
from .long_work import reloaded_soon
from .read_only import ReadOnlyAdmin
from .review_acts import ReviewActs, outcome
from .verifying import check_address

RECORDS_A_PAGE = 100
LOOK = "look"  # parameter: look now for what stands in the way of a large set


class ChangeSetList(ChangeList):
    """The list of change sets, with what each of a page does."""

    def get_results(self, request):
        """Count what the sets of the page do, in one query."""
        super().get_results(request)
        self.result_list = [*self.result_list]
        effects = effects_of(self.result_list)
        for change_set in self.result_list:
            change_set.effects = effects.get(change_set.pk, Effects())


@admin.register(ChangeSet)
class ChangeSetAdmin(ReviewActs, ExpertLinks, ReadOnlyAdmin):
    """Drafts, what is in review, and what was published by whom."""

    list_display = [
        "number",
        "title",
        "what_it_does",
        "state",
        "origin",
        "opened_by",
        "assigned_to",
        "due",
        "publish_at",
        "saved_at",
    ]
    list_display_links = ["number", "title"]
    list_filter = [QueueFilter, "state", "origin", ("assigned_to", admin.RelatedOnlyFieldListFilter), KindFilter]
    list_select_related = ["opened_by", "assigned_to"]
    search_fields = ["title", "root_reference"]
    date_hierarchy = None
    actions = None
    list_per_page = 50

    @admin.display(description=_("number"), ordering="pk")
    def number(self, change_set):
        """Return CS-0042."""
        return change_set.number

    @admin.display(description=_("what it does"))
    def what_it_does(self, change_set):
        """Return what it publishes, withdraws, adds, changes and removes."""
        return change_set.effects.in_words()

    def get_changelist(self, request, **kwargs):
        """Load what the sets of a page do together."""
        return ChangeSetList

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show a set beside the record as it is: what differs, what stands in its way, what was said."""
        change_set = self.get_object(request, object_id)
        if change_set is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, change_set):
            raise PermissionDenied
        publishing = publishing_context(change_set, LOOK in request.GET)
        shown = changes_in_view(change_set, publishing["is_working"])
        page = Paginator(shown, RECORDS_A_PAGE).get_page(request.GET.get("p"))
        log = [*change_set.log.select_related("by")]
        imported = file_of(change_set)
        problems = problems_of(change_set) if publishing["is_looked_into"] else []
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": str(change_set),
            "change_set": change_set,
            "records": records_of_page(change_set, page.object_list, log, request.user),
            "page_obj": page,
            "pages": page.paginator.get_elided_page_range(page.number),
            "effects": effects_of([change_set]).get(change_set.pk, Effects()).in_words(),
            **publishing,
            "problems": problems,
            "named_problems": problems_in_words(change_set, problems),
            "clashes": clashes_of(change_set, problems),
            "log": log,
            "imported": imported,
            "imported_address": imported_address(imported) if imported and imported.model else "",
            "taken_back": change_set.undoes_id and file_of(change_set.undoes),
            "is_undo_of_stage": change_set.is_open and published_as_stage(change_set.undoes) is not None,
            "may": self.rights(request.user, change_set),
            "forms": self.forms_of(change_set, request.user) | (extra_context or {}),
            "root": change_set.root,
            "media": self.media,
            **self.link_context(request.user, change_set),
        }
        page = TemplateResponse(request, "admin/changes/change_set.html", context)
        return reloaded_soon(page, change_set_address(change_set)) if publishing["is_working"] else page


def changes_in_view(change_set, is_working):
    """Return the changes of a set in the order in which they are read; none while a process publishes them."""
    if is_working:
        return []
    prefetch_related_objects([change_set], "changes")
    return in_reading_order(change_set)


def publishing_context(change_set, is_asked):
    """Return what the page shows of the process that publishes a set, and whether it may look for what is in its way.

    A page has no time to apply a large set for a moment, unless that is asked for.
    """
    notice_broken(PUBLISHING_WORK)
    run = PublishingRun.objects.filter(change_set=change_set).select_related("account").first()
    is_working, rows = run is not None and run.is_working, number_of_rows(change_set)
    may_look = bool(rows) or is_asked or not is_large(change_set)
    return {
        "run": run,
        "is_working": is_working,
        "published": outcome(change_set) if run and run.is_just_published else "",
        "rows": rows,
        "is_looked_into": change_set.is_open and not is_working and may_look,
    }


def file_of(change_set):
    """Return the file that a change set was made of, if it was."""
    return ImportedFile.objects.filter(change_set=change_set).first()


def records_of_page(change_set, changes, log, user):
    """Return what some changes of a set do, each with the addresses of its form and of its check."""
    addresses = form_addresses(change_set)
    return [
        {
            "difference": with_comments(it, log),
            "address": addresses.get(it.reference, ""),
            "check_address": check_address(user, change_set, it.reference),
        }
        for it in differences(changes)
    ]


def with_comments(difference, log):
    """Return the difference of a record with what was said about each of its cells."""
    said: dict[str, list[LogItem]] = {}
    for item in log:
        if item.act == Act.COMMENTED and item.reference == difference.reference:
            said.setdefault(item.column, []).append(item)
    return difference._replace(cells=[cell._replace(comments=said.get(cell.name, ())) for cell in difference.cells])


def form_addresses(change_set):
    """Return the addresses of the forms of the changed records by reference, in one query a kind."""
    by_model: dict[Any, list[Change]] = {}
    for change in change_set.changes.all():
        if change.model in admin.site._registry:
            by_model.setdefault(change.model, []).append(change)
    addresses: dict[str, str] = {}
    for model, changes in by_model.items():
        records = model._base_manager.filter(reference__in=[change.reference for change in changes])
        addresses |= {
            reference: form_address(model, pk, change_set) for reference, pk in records.values_list("reference", "pk")
        }
        if change_set.is_open:
            added = [change.reference for change in changes if change.action == Action.ADD]
            addresses |= {reference: row_address(model, reference) for reference in added}
    return addresses
