"""Permanent addresses: /r/EV-0123 leads to the row of the record, wherever the portal shows it."""

from django.http import Http404, HttpResponseRedirect
from django.views.decorators.http import require_safe

from pkportal.content.models import Record
from pkportal.content.registry import models_with

from .addresses import withdrawal_of
from .errors import gone


@require_safe
def permanent_address(request, reference):
    """Redirect to a public record by its reference in any case; say of a withdrawn one that it was withdrawn."""
    reference = reference.upper()
    for model in models_with(Record):
        if model.reference_prefix == reference.rpartition("-")[0]:
            for record in model._default_manager.published().filter(reference=reference):
                return HttpResponseRedirect(record.permanent_address())
            if withdrawal := withdrawal_of(model, reference=reference):
                return gone(request, withdrawal)
    raise Http404
