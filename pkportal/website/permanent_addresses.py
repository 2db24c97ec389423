"""Permanent addresses: /r/EV-0123 leads to the row of the record, wherever the portal shows it."""

from django.http import Http404, HttpResponseRedirect
from django.views.decorators.http import require_safe

from pkportal.content.models import Record
from pkportal.content.permanent_references import read_reference
from pkportal.content.registry import models_with

from .addresses import withdrawal_of
from .errors import gone


@require_safe
def permanent_address(request, reference):
    """Redirect to a public record by its reference in any case; say of a withdrawn one that it was withdrawn."""
    for model in models_with(Record):
        if full := read_reference(reference, model.reference_prefix, model.reference_digits):
            for record in model._default_manager.published().filter(reference=full):
                return HttpResponseRedirect(record.permanent_address())
            if withdrawal := withdrawal_of(model, reference=full):
                return gone(request, withdrawal)
    raise Http404
