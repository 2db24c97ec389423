"""What the editor of Markdown in the admin asks for: the text as readers will see it, and sources to cite."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from pkportal.changes.wording import waiting_in_words
from pkportal.sources.citations import cited_codes
from pkportal.sources.fields import MAX_LENGTH
from pkportal.sources.models import Source
from pkportal.sources.references import References

from .waiting_choices import waiting_additions

CHOICES = 12  # sources that are offered at once


@require_POST
def markdown_preview(request) -> HttpResponse:
    """Return a text as HTML with numbered notes; what is longer than a text may be is cut."""
    text = request.POST.get("text", "")[:MAX_LENGTH].replace("\x00", "")
    codes = [code for code in cited_codes(text) if len(code) <= Source._meta.get_field("code").max_length]
    references = References(Source.objects.filter(code__in=codes).only("reference", "code", "title"))
    return render(request, "admin/markdown_preview.html", {"text": text, "references": references})


@require_GET
def source_choices(request) -> JsonResponse:
    """Return the sources that have some words, as their list in the admin finds them; without words the newest."""
    model_admin = admin.site.get_model_admin(Source)
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    words = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    found, _has_duplicates = model_admin.get_search_results(request, Source.objects.all(), words)
    if words:
        found |= Source.objects.filter(code__istartswith=words)  # a code that is typed as far as it is known
    sources = found.order_by("title__name_order", "code") if words else found.order_by("-pk")
    values = sources.values("code", "title", "publisher", "published")[:CHOICES]
    details = [", ".join(filter(None, [it["code"], it["publisher"], str(it["published"] or "")])) for it in values]
    choices = [
        {"code": it["code"], "title": it["title"], "details": detail}
        for it, detail in zip(values, details, strict=True)
    ]
    return JsonResponse({"sources": [*waiting_sources(words), *choices]})


def waiting_sources(words: str) -> list[dict[str, str]]:
    """Return the sources that an open draft is to add: a text may cite one, and waits for it."""
    return [
        {"code": addition.code, "title": addition.title, "details": waiting_in_words(addition, addition.code)}
        for addition in waiting_additions(Source, words)
        if addition.code
    ]
