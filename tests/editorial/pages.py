"""Admin pages in tests: their addresses, the data of their forms, and their messages."""

from html import unescape

from django import forms
from django.urls import reverse

from pkportal.changes.applying import apply
from pkportal.changes.cells import cells_of
from pkportal.changes.drafts import Edit, save_draft
from pkportal.changes.models import Action, ChangeSet
from pkportal.editorial.waiting_choices import choice_value


def admin_url(model, page, *args):
    """Return the address of an admin page of a model."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def form_data(page):
    """Return the data of a page's forms as a browser would send it: with CRLF, and without unticked checkboxes."""
    forms = [page.context["adminform"].form]
    for inline in page.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    return {field.html_name: value for form in forms for field in form for value in values(field)}


def values(field):
    value = field.value()
    if value is None or value is False:
        return
    if isinstance(value, list):
        yield [choice_value(item) if hasattr(item, "pk") else item for item in value]
    elif value is True:
        yield "on"
    else:
        widget = field.field.widget  # a day is sent as it is shown
        shown = widget.format_value(value) if isinstance(widget, forms.DateInput) else value
        yield str(shown).replace("\r\n", "\n").replace("\n", "\r\n")


def problems(page):
    """Return what keeps the draft from being published to which saving a form has led."""
    return [problem.message for problem in page.context["problems"]]


def write_draft(author, record, **cells):
    """Save a draft of a record and return it: what its form does, which has tests of its own."""
    on_record = cells_of(record)
    changes = {name: (on_record[name], cell) for name, cell in cells.items()}
    return save_draft(record, [Edit(type(record), record.reference, Action.CHANGE, str(record), changes)], author)


def publish_drafts():
    """Apply every open change set, as its publication does."""
    for change_set in ChangeSet.objects.open():
        apply(change_set)
        ChangeSet.objects.filter(pk=change_set.pk).update(state="published")


def messages(page):
    """Return the messages on a page."""
    return [str(message) for message in page.context["messages"]]


def errors(page):
    """Return all form errors of a page."""
    return [unescape(str(error)) for errors in page.context["errors"] for error in errors]


def verify_url(record, query=""):
    """Return the address of a record beside its sources."""
    return reverse("admin:changes_check_verify", args=[record._meta.label_lower, record.reference]) + query


def verify(browser, record, query="", **found):
    """Open a record beside its sources, and send a verdict on what was seen: by default that it is right."""
    page = browser.client.get(verify_url(record, query))
    source = page.context["suggested"]["source"]
    seen = {name: page.context[name] for name in ["digest", "after"]}
    data = {**seen, "verdict": "right", "source": source, "place": "p. 7", **found}
    return browser.client.post(verify_url(record, query), data, follow=True)
