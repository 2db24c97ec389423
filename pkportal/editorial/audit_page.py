"""The page of the audit log, for those who answer for the record, and its file."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from pkportal.exchange.exporting import download_response

from .audit import ACTS_BY_KIND, EXPORTED, AuditRow, audit_rows, csv_of, keep_act
from .review_forms import DAY_INPUT

VIEW_AUDIT_LOG = "editorial.view_accountact"
ROWS = 100
FILE = "audit-log"
ACT_HEADINGS = {
    "account": _("Accounts and files"),
    "review": _("Review"),
    "record": _("Records and accounts, directly"),
}


def act_choices():
    """Return all acts, by what they are about."""
    groups = [
        (heading, [(f"{kind}:{act}", capfirst(str(label))) for act, label in ACTS_BY_KIND[kind].items()])
        for kind, heading in ACT_HEADINGS.items()
    ]
    return [("", _("all")), *groups]


class AuditFilter(forms.Form):
    """By whom, what, and between which days."""

    who = forms.CharField(label=_("Who"), required=False, max_length=150)
    act = forms.ChoiceField(label=_("What"), required=False, choices=act_choices)
    first = forms.DateField(label=_("From"), required=False, widget=DAY_INPUT)
    last = forms.DateField(label=_("To"), required=False, widget=DAY_INPUT)


@require_safe
def audit_page(request):
    """Show the log, as filtered; a filter that cannot be read is named, and shows nothing."""
    form = checked_filter(request)
    rows = audit_rows(**form.cleaned_data) if form.is_valid() else ()
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {
        **admin.site.each_context(request),
        "title": _("Audit log"),
        "form": form,
        "page": page,
        "rows": [AuditRow(*row) for row in page],
    }
    return TemplateResponse(request, "admin/audit.html", context)


@require_safe
def audit_file(request):
    """Export the log, as filtered, as CSV."""
    form = checked_filter(request)
    if not form.is_valid():
        return audit_page(request)
    keep_act(request, EXPORTED, f"{FILE}.csv")
    return download_response(csv_of(audit_rows(**form.cleaned_data).iterator()), "csv", FILE)


def checked_filter(request):
    """Return the filter of a request by an account that may see the log."""
    if not request.user.has_perm(VIEW_AUDIT_LOG):
        raise PermissionDenied
    names = [*AuditFilter.base_fields]
    return AuditFilter({name: request.GET.get(name, "").replace("\x00", "") for name in names})
