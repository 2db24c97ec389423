"""What a browser sends when a page of the desk is saved as it is, and what a page says."""

from html import unescape

from django.urls import reverse


def address(model, page, *args):
    """Give the address of a page of a model's desk."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def filled(page):
    """Give the form of a page as a browser would send it: with CRLF, and without boxes that are not ticked."""
    forms = [page.context["adminform"].form]
    for inline in page.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    return {field.html_name: sent for form in forms for field in form for sent in values(field)}


def values(field):
    value = field.value()
    if value is None or value is False:
        return
    if isinstance(value, list):
        yield [getattr(it, "pk", it) for it in value]
    elif value is True:
        yield "on"
    else:
        yield str(value).replace("\r\n", "\n").replace("\n", "\r\n")


def messages(page):
    """Give what the desk told the person."""
    return [str(message) for message in page.context["messages"]]


def errors(page):
    """Give everything that the forms of a page complain about."""
    forms = page.context["errors"]
    return [unescape(str(reason)) for reasons in forms for reason in reasons]
