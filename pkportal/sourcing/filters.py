"""What a visitor may ask of the list of sources."""

from django.db.models import F, Value
from django.db.models.functions import NullIf
from django.utils.translation import gettext_lazy as _

from pkportal.reading.filters import Choice, Questions, Sort, Words

from .models import Grade, Source, SourceKind


class SourceFilter(Questions):
    """What a visitor may ask of the list of sources."""

    q = Words()
    kind = Choice(label=_("Kind"), choices=SourceKind.choices)
    grade = Choice(label=_("Grade"), choices=[(grade.value, f"{grade.value}: {grade.label}") for grade in Grade])
    publisher = Words(label=_("Publisher"))
    sort = Sort(
        _("by title"),
        {
            "-published": (_("newest first"), F("published").desc(nulls_last=True), "title"),
            "published": (_("oldest first"), F("published").asc(nulls_last=True), "title"),
            "grade": (_("by grade"), NullIf("grade", Value("")).asc(nulls_last=True), "title"),
            "publisher": (_("by publisher"), NullIf("publisher", Value("")).asc(nulls_last=True), "title"),
        },
    )

    class Meta:
        model = Source
        fields = []
