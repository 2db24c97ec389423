"""What the record holds under each theme: queries that need themes, challenges and lessons together."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Exists, Func, OuterRef, Q

from missions.models import Mission

from .lesson import Lesson
from .theme import Challenge, Theme


def missions_under(theme: Theme | OuterRef) -> models.QuerySet[Mission]:
    """Return the public missions in which a theme came up: in one of their challenges, or in a public lesson."""
    challenges = Challenge.objects.filter(theme=theme, mission=OuterRef("pk"))
    of_lessons = Lesson.objects.published().filter(themes=theme).order_by().values("missions")
    return Mission.objects.published().filter(Exists(challenges) | Q(pk__in=of_lessons))


def themes_with_counts() -> models.QuerySet[Theme]:
    """Return each theme with the numbers of public missions, challenges and lessons under it."""
    return with_lesson_counts(Theme.objects.defer("search")).annotate(
        mission_count=_count(missions_under(OuterRef(OuterRef("pk")))),
        challenge_count=_count(Challenge.objects.published().filter(theme=OuterRef("pk"))),
    )


def with_lesson_counts(themes: models.QuerySet[Theme]) -> models.QuerySet[Theme]:
    """Add ``maturity_counts`` to themes: the numbers of their public lessons by maturity, as a list of dicts."""
    lessons = Lesson.objects.published().filter(themes=OuterRef("pk")).order_by()
    by_maturity = lessons.values("maturity").annotate(number=models.Count("*"))
    return themes.annotate(maturity_counts=by_maturity.as_json(maturity="maturity", number="number"))


def other_themes_in(missions: Iterable[Mission], theme: Theme) -> models.QuerySet[Theme]:
    """Return the other themes that came up in these missions, with ``mission_count``, the most frequent first."""
    shared = missions_under(OuterRef(OuterRef("pk"))).filter(pk__in=[mission.pk for mission in missions])
    others = Theme.objects.exclude(pk=theme.pk).only("code", "name").annotate(mission_count=_count(shared))
    return others.filter(mission_count__gt=0).order_by("-mission_count", "name")


def _count(queryset):
    counted = queryset.order_by().annotate(
        counted=Func("pk", function="count", output_field=models.IntegerField())  # Count() would group by every column
    )
    return models.Subquery(counted.values("counted"))
