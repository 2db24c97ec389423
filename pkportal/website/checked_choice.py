"""The choice of pages that show all records of a kind: those that are checked, those that are not, or all."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .notices import page_notices

CHOICES_OF_CHECKED = [("yes", gettext_lazy("checked")), ("no", gettext_lazy("not checked"))]  # coded as in the lists


class CheckedForm(forms.Form):
    """Form that asks for checked records, or for those that are not; its value is a boolean, or None for all."""

    checked = forms.TypedChoiceField(
        label=gettext_lazy("Checked"),
        choices=CHOICES_OF_CHECKED,
        coerce="yes".__eq__,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Write yes or no.")},
    )

    @property
    def is_checked(self) -> bool | None:
        """What is asked for, None for all or for what was not understood."""
        self.is_valid()
        return self.cleaned_data.get("checked")


class CheckedChoice(NamedTuple):
    """One of the choices: its words, the number of records, the URL, and whether it is the present one."""

    words: str
    number: int
    address: str
    is_present: bool


def records_with(records: Sequence[Any], is_checked: bool | None) -> list[Any]:
    """Return the records that are checked, or those that are not, or all."""
    return [record for record in records if is_checked is None or record.is_checked is is_checked]


def checked_choices(request: HttpRequest, records: Sequence[Any], present: bool | None) -> list[CheckedChoice]:
    """Return the choices for some records, each with the URL of the page that has it."""
    words = {None: _("all"), True: _("checked"), False: _("not checked")}
    return [
        CheckedChoice(text, len(records_with(records, value)), _address(request, value), value is present)
        for value, text in words.items()
    ]


def checked_context(request: HttpRequest, name: str, records: Sequence[Any]) -> dict[str, Any]:
    """Return the context of a page that asks nothing else: the records under their name, the choices, the notices."""
    form = CheckedForm(request.GET)
    return {
        name: records_with(records, form.is_checked),
        "choices": checked_choices(request, records, form.is_checked),
        "notices": page_notices(request, form),
    }


def _address(request: HttpRequest, is_checked: bool | None) -> str:
    query = request.GET.copy()
    query.pop("checked", None)
    if is_checked is not None:
        query["checked"] = "yes" if is_checked else "no"
    return f"{request.path}?{query.urlencode()}" if query else request.path
