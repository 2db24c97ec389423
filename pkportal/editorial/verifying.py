"""Pages for verifying: the queue of what nobody has compared yet, and a record beside its sources."""

from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext

from pkportal.changes.checking import (
    CHECK,
    Finding,
    SaidAlready,
    all_writers,
    check,
    digest_now,
    refusal,
    seen_in,
    writers_of_values,
)
from pkportal.changes.models import Action, ChangeSet
from pkportal.changes.unchecked import kinds_by_importance, queue_counts, waiting, wrong
from pkportal.changes.verdicts import Check, Verdict
from pkportal.content.checking import Checkable

from .addresses import change_set_address, form_address, row_address
from .claim_pages import ClaimPages
from .compared import checked_values, compared_sources, suggested
from .read_only import ReadOnlyAdmin

SHOWN_OF_QUEUE = 25  # records of a queue on its page
LOOKED_AT = 20  # records of a queue, to find one that the account may check


class CheckForm(forms.Form):
    """What somebody found who compared a record with a source."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=32)
    after = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    verdict = forms.ChoiceField(choices=Verdict.choices[:2])
    source = forms.CharField(max_length=60, required=False)
    other = forms.CharField(max_length=60, required=False)
    place = forms.CharField(max_length=300, required=False)
    note = forms.CharField(max_length=2000, required=False)

    def finding(self) -> Finding:
        """Return what was found; another source that was typed goes before the one that is chosen."""
        values = self.cleaned_data
        source, after = values["other"] or values["source"], values["after"] or 0
        return Finding(values["digest"], values["verdict"], source, values["place"], values["note"], after)


@admin.register(Check)
class CheckAdmin(ClaimPages, ReadOnlyAdmin):
    """Who compared what with which source."""

    list_display = ["reference", "title", "verdict", "source_code", "place", "note", "by_name", "at"]
    list_filter = ["verdict", "kind"]
    search_fields = ["reference", "title", "source_code", "by_name"]
    actions = None
    list_per_page = 50

    class Media:
        css = {"all": ["css/verify.css"]}

    def get_urls(self):
        """Add the queue and the page of a record beside its sources."""
        view = self.admin_site.admin_view
        return [
            path("queue/", view(self.queue), name="changes_check_queue"),
            path("queue/<str:kind>/", view(self.queue), name="changes_check_queue"),
            path("verify/<str:kind>/<str:reference>/", view(self.verify), name="changes_check_verify"),
            *super().get_urls(),
        ]

    def queue(self, request, kind=""):
        """Show how much waits of each kind, and the first records of one kind."""
        if not request.user.has_perm(CHECK):
            raise PermissionDenied
        counts = queue_counts()
        model = checkable_model(kind) if kind else next((it.model for it in counts if it.waiting), counts[0].model)
        if "next" in request.GET:
            return self.lead_to_next(request, model, int_or_zero(request.GET["next"]))
        context = {
            "title": gettext("Records to check"),
            "kinds": [
                {"name": capfirst(it.model._meta.verbose_name_plural), "count": it, "address": queue_address(it.model)}
                for it in counts
            ],
            "kind": model._meta.verbose_name_plural,
            "records": [
                (record, verify_address(record, place))
                for place, record in enumerate(self.with_names(waiting(model))[:SHOWN_OF_QUEUE])
            ],
            "wrong": self.found_wrong(model),
            "coverage_address": reverse("admin:changes_check_coverage"),
            "start": f"{queue_address(model)}?next=0",
        }
        return self.page(request, "admin/changes/check_queue.html", context)

    def with_names(self, records):
        """Load what the names of records need, as their lists do."""
        related = self.admin_site.get_model_admin(records.model).list_select_related
        return records.select_related(*related) if related else records

    def found_wrong(self, model):
        """Return what was found wrong and is not mended yet: the record, its address, and the check."""
        records = [*self.with_names(wrong(model))[:SHOWN_OF_QUEUE]]
        checks = Check.objects.filter(reference__in=[it.reference for it in records], verdict=Verdict.WRONG)
        last = {check.reference: check for check in reversed(checks)}
        return [(record, verify_address(record), last[record.reference]) for record in records]

    def lead_to_next(self, request, model, place):
        """Lead to the next record in the queue that the account may check, or to the queue if there is none."""
        for number, record in enumerate(waiting(model)[place : place + LOOKED_AT], place):
            if not refusal(request.user, record, writers_of_values(record)):
                return redirect(verify_address(record, number))
        self.message_user(request, gettext("There is nothing left here that you can check."), messages.INFO)
        return redirect(queue_address(model))

    def verify(self, request, kind, reference):
        """Show a record beside its sources, and take the verdict of who compared them."""
        if not request.user.has_perm(CHECK):
            raise PermissionDenied
        model = checkable_model(kind)
        number = request.GET.get("change_set", "")
        change_set = get_object_or_404(ChangeSet.objects.open(), pk=int_or_zero(number)) if number else None
        form = CheckForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                done = check(request.user, model, reference, form.finding(), change_set)
            except SaidAlready as error:
                self.message_user(request, error.message, messages.INFO)
                return self.lead_on(request, model, change_set)
            except (PermissionDenied, ValidationError) as error:
                form.add_error(None, getattr(error, "messages", None) or str(error))
            else:
                return self.respond(request, model, done, change_set)
        return self.verify_page(request, model, reference, change_set, form)

    def respond(self, request, model, done, change_set):
        """Say what was marked, and lead to the next record at once."""
        words = {"record": done.title, "verdict": done.get_verdict_display()}
        self.message_user(request, gettext("“%(record)s”: %(verdict)s.") % words, messages.SUCCESS)
        if change_set:
            return self.lead_on(request, model, change_set)
        record = model._base_manager.filter(reference=done.reference)
        log = gettext("Compared with %(source)s, %(place)s: %(verdict)s. %(note)s") % {
            "source": done.source_code or "–",
            "place": done.place or "–",
            "note": done.note,
            **words,
        }
        LogEntry.objects.log_actions(request.user.pk, record, CHANGE, log.strip())
        return self.lead_on(request, model, change_set)

    def lead_on(self, request, model, change_set):
        """Lead to the change set that was looked at, or to the next record in the queue."""
        if change_set:
            return redirect(change_set_address(change_set))
        return self.lead_to_next(request, model, int_or_zero(request.GET.get("place", "")))

    def verify_page(self, request, model, reference, change_set, form):
        """Render a record, as it is or as a change set makes it, beside its sources."""
        live = model._base_manager.filter(reference=reference).first()
        writers = all_writers(live, change_set)
        place = int_or_zero(request.GET.get("place", ""))
        with seen_in(change_set, model, reference) as record:
            if record is None and change_set and change_set.changes.filter(reference=reference).exists():
                words = gettext("It cannot be compared yet: mend first what keeps it from being published.")
                self.message_user(request, words, messages.WARNING)
                return redirect(change_set_address(change_set))
            if record is None:
                raise Http404
            passages = compared_sources(record)
            context = {
                "title": str(record),
                "kind": capfirst(model._meta.verbose_name),
                "record": {"reference": reference, "values": [*checked_values(record, passages)]},
                "is_checked": record.is_checked,
                "ai_assisted": getattr(record, "ai_assisted", False),
                "digest": digest_now(record),
                "refusal": refusal(request.user, record, writers),
                "passages": passages,
                "suggested": form.data if form.is_bound else suggested(request.user, passages),
            }
        checks = [*Check.objects.filter(reference=reference)[:5]]
        context |= {
            "form": form,
            "change_set": change_set,
            "checks": checks,
            "after": checks[0].pk if checks else 0,
            "form_address": form_address(model, live.pk, change_set) if live else row_address(model, reference),
            "public_address": live.permanent_address() if live else "",
            "queue": queue_address(model),
            "skip": f"{queue_address(model)}?next={place + 1}",
            "left": waiting(model).count(),
        }
        return self.page(request, "admin/changes/verify.html", context)

    def page(self, request, template, context):
        """Render a page of the admin."""
        return TemplateResponse(
            request,
            template,
            {**self.admin_site.each_context(request), "opts": self.opts, "media": self.media, **context},
        )


def checkable_model(kind: str) -> type[Checkable]:
    """Return the model that an address names. Raises ``Http404``."""
    for model in kinds_by_importance():
        if model._meta.label_lower == kind:
            return model
    raise Http404


def int_or_zero(text: str) -> int:
    """Return a small number in an address, or zero for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0


def queue_address(model: type[Checkable]) -> str:
    """Return the address of the queue of a kind."""
    return reverse("admin:changes_check_queue", args=[model._meta.label_lower])


def verify_address(record: Checkable, place: int = 0, change_set: ChangeSet | None = None) -> str:
    """Return the address of a record beside its sources, from its place in the queue or from a change set."""
    address = reverse("admin:changes_check_verify", args=[record._meta.label_lower, record.reference])
    query = {"change_set": change_set.pk} if change_set else {"place": place} if place else {}
    return f"{address}?{urlencode(query)}" if query else address


def check_address(user, change_set: ChangeSet, reference: str) -> str:
    """Return the address on which a changed record is compared with its sources, for those who may check it."""
    change = next(change for change in change_set.changes.all() if change.reference == reference)
    is_checkable = change.model and issubclass(change.model, Checkable) and change.action != Action.REMOVE
    if not (is_checkable and change_set.is_open and user.has_perm(CHECK)):
        return ""
    return verify_address(change.model(reference=reference), change_set=change_set)
