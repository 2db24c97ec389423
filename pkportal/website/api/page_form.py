"""The parameters that every table of the API takes beside those of its list: which page, and which columns."""

from collections.abc import Iterator, Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pkportal.website.choices import NotUnderstood, nearest, quoted
from pkportal.website.notices import Notice, unknown_value

from .keyset import MARK_PATTERN

PAGE_ROWS = 100
MAX_PAGE_ROWS = 1000
NO_MARK = gettext_lazy("This is no mark of a page: take it from the links of a page.")


class MarkField(forms.RegexField):
    """Form field of a mark, which says where a page begins or ends."""

    default_error_messages = {"invalid": NO_MARK}

    def __init__(self, **kwargs):
        super().__init__(MARK_PATTERN, required=False, strip=False, **kwargs)


class ColumnsField(forms.Field):
    """Form field of names of columns, separated by commas; the names that were not understood are ``unknown``."""

    unknown: tuple[NotUnderstood, ...] = ()
    names: Sequence[str] = ()  # of all columns that there are

    def to_python(self, value):
        """Return the names."""
        asked = [name.strip() for name in value.split(",")] if value else []
        self.unknown = tuple(self._not_understood(name) for name in asked if name not in self.names)
        if self.unknown:
            raise ValidationError([name.reason for name in self.unknown])
        return asked

    def _not_understood(self, name):
        near = nearest(name, [(known, known) for known in self.names])
        reason = _("“%(name)s” is not a column of this table.") % {"name": quoted(name)}
        return NotUnderstood(name, reason, (near,) if near else ())


class ColumnsForm(forms.Form):
    """Form of an answer: which columns it has."""

    fields = ColumnsField(label=gettext_lazy("Columns"), required=False)

    def __init__(self, *args, columns: Sequence[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["fields"].names = columns

    @classmethod
    def labels(cls) -> dict[str, str]:
        """Return the names of the parameters with their labels."""
        return {name: str(field.label) for name, field in cls.base_fields.items()}

    def notices(self) -> Iterator[Notice]:
        """Yield what is wrong with the values."""
        for name, errors in self.errors.as_data().items():
            unknown = getattr(self.fields[name], "unknown", ()) or [
                (self.data.get(name), reason, ()) for error in errors for reason in error.messages
            ]
            for value, reason, near in unknown:
                yield unknown_value(self.data, name, value, reason, near)

    @property
    def columns(self) -> Sequence[str]:
        """The names of the columns that were asked for."""
        return self.cleaned_data["fields"]


class PageForm(ColumnsForm):
    """Form of a page: how many rows, after or before which mark, and which columns."""

    limit = forms.IntegerField(
        label=gettext_lazy("Rows of a page"), min_value=1, max_value=MAX_PAGE_ROWS, required=False
    )
    after = MarkField(label=gettext_lazy("After this mark"))
    before = MarkField(label=gettext_lazy("Before this mark"))

    @property
    def limit_of_rows(self) -> int:
        """How many rows the page has at most."""
        return self.cleaned_data["limit"] or PAGE_ROWS
