"""Links from public pages to the admin, for those who may edit, cells of its lists, and fields; built-in."""

from django import template
from django.conf import settings
from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.text import capfirst

register = template.Library()


@register.inclusion_tag("components/edit_links.html", takes_context=True)
def edit_links(context):
    """Link the form of the record that a page shows, or the list of the records that it lists.

    Nothing is shown, and nobody's session is read, where the request has no session: pages for everybody are stored.
    """
    request, record = context.get("request"), context.get("object")
    if request is None or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return {}
    model = type(record) if record else getattr(getattr(context.get("filter"), "queryset", None), "model", None)
    model_admin = admin.site._registry.get(model)
    if model_admin is None or not request.user.is_staff or not model_admin.has_change_permission(request):
        return {}
    opts = model_admin.opts
    prefix = f"admin:{opts.app_label}_{opts.model_name}"
    return {
        "opts": opts,
        "form_address": reverse(f"{prefix}_change", args=[record.pk]) if record else "",
        "list_address": reverse(f"{prefix}_changelist"),
    }


@register.filter
def labelled(cells, headers):
    """Yield the cells of a row of a list with the names of their columns, which a phone shows beside them."""
    for cell, header in zip(cells, headers, strict=True):
        if "data_label" not in header:  # the same for all rows
            is_checkbox = "action-checkbox" in header.get("class_attrib", "")
            header["data_label"] = "" if is_checkbox else format_html(' data-label="{}"', capfirst(header["text"]))
        label = header["data_label"]
        yield mark_safe(f"{cell[:3]}{label}{cell[3:]}")  # noqa: S308 - Django's own cell: <td or <th, and the rest


@register.filter
def focused(field):
    """Return a field of a form in which typing begins when the page is opened."""
    return field.as_widget(attrs={"autofocus": True})
