"""Parameters of admin pages that only a page of the admin itself sends: invalid ones are a bad request."""

import re

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import TO_FIELD_VAR
from django.core.exceptions import BadRequest
from django.forms.formsets import DEFAULT_MAX_NUM, INITIAL_FORM_COUNT, TOTAL_FORM_COUNT
from django.http import HttpRequest

from .autocomplete import is_key

_field_name = re.compile("[a-z][a-z0-9_]*")


def check_parameters(request: HttpRequest) -> None:
    """Raise ``BadRequest`` where Django's admin would fail, or build thousands of forms."""
    for parameters in [request.GET, request.POST]:
        if not all(map(_field_name.fullmatch, parameters.getlist(TO_FIELD_VAR))):
            raise BadRequest("The parameter _to_field has a value that is not the name of a field.")
    if not all(map(is_key, request.POST.getlist(ACTION_CHECKBOX_NAME))):
        raise BadRequest("The selection has a value that is not a primary key.")
    for name, text in request.POST.items():
        if name.endswith((TOTAL_FORM_COUNT, INITIAL_FORM_COUNT)) and is_beyond(text, DEFAULT_MAX_NUM):
            raise BadRequest("The page has more forms than can be sent.")


def is_beyond(text: str, limit: int) -> bool:
    """True if a text is a number beyond a limit; what is not a number, a form refuses itself."""
    digits = text.strip().lstrip("+0")
    return digits.isdecimal() and (len(digits) > len(str(limit)) or int(digits) > limit)
