"""What the record holds under each theme: queries that need themes, challenges and lessons together.

Each reads the links of lessons once, whole: to look them up theme by theme takes ten times as long.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Set

from django.db import models
from django.db.models import Count, Func, OuterRef

from missions.models import Mission
from pkportal.content.name_order import name_sort_key

from .lesson import Lesson
from .terms import Maturity
from .theme import Challenge, Theme


def missions_by_theme() -> Mapping[int, Set[int]]:
    """Return by the key of each theme the keys of the public missions in which it came up.

    It came up in one of their challenges, or in a public lesson.
    """
    of_lessons = Lesson.objects.published().filter(themes__isnull=False, missions__isnull=False)
    pairs = of_lessons.order_by().values_list("themes", "missions").distinct()
    public = {*Mission.objects.published().order_by().values_list("pk", flat=True)}
    missions = defaultdict(set)
    for theme, mission in pairs.union(Challenge.objects.order_by().values_list("theme", "mission")):
        if mission in public:
            missions[theme].add(mission)
    return missions


def themes_with_counts() -> list[Theme]:
    """Return each theme with the numbers of public missions, challenges and lessons under it."""
    challenges = Challenge.objects.published().filter(theme=OuterRef("pk"))
    themes = with_lesson_counts(Theme.objects.defer("search").annotate(challenge_count=_count(challenges)))
    missions = missions_by_theme()
    for theme in themes:
        theme.mission_count = len(missions.get(theme.pk, ()))
    return themes


def with_lesson_counts(themes: Iterable[Theme]) -> list[Theme]:
    """Set ``lesson_count`` and ``learned_count`` of themes: the numbers of their public lessons, and of those learned.

    Most lessons are public, so all links are counted, and those of hidden lessons subtracted.
    """
    themes = [*themes]
    links = Lesson.themes.through.objects.filter(theme__in=themes).order_by().values_list("theme")
    hidden = Lesson.objects.exclude(Lesson.public_condition()).order_by()
    learned = Lesson.objects.published().filter(maturity=Maturity.LEARNED).order_by()
    numbers, not_public, of_learned = (
        dict(rows.annotate(number=Count("*")))
        for rows in [links, links.filter(lesson__in=hidden), links.filter(lesson__in=learned)]
    )
    for theme in themes:
        theme.lesson_count = numbers.get(theme.pk, 0) - not_public.get(theme.pk, 0)
        theme.learned_count = of_learned.get(theme.pk, 0)
    return themes


def other_themes_in(missions: Iterable[Mission], theme: Theme, by_theme: Mapping[int, Set[int]]) -> list[Theme]:
    """Return the other themes that came up in these missions, with ``mission_count``, the most frequent first."""
    keys = {mission.pk for mission in missions}
    counts = Counter({pk: len(keys & found) for pk, found in by_theme.items() if pk != theme.pk and keys & found})
    others = [*Theme.objects.filter(pk__in=counts).only("code", "name")]
    for other in others:
        other.mission_count = counts[other.pk]
    return sorted(others, key=lambda other: (-other.mission_count, name_sort_key(other.name)))


def themes_with_challenges_in(missions: Iterable[Mission]) -> models.QuerySet[Theme]:
    """Return the themes of the challenges of these missions, each with their ``number``, the most first."""
    return _most_first("challenges", Challenge.objects.published().filter(mission__in=missions))


def themes_with_lessons_in(missions: Iterable[Mission]) -> models.QuerySet[Theme]:
    """Return the themes of the lessons of these missions, each with their ``number``, the most first."""
    return _most_first("lessons", Lesson.objects.published().filter(missions__in=missions))


def _most_first(name, records):
    themes = Theme.objects.filter(**{f"{name}__in": records.order_by().values("pk")}).only("code", "name")
    return themes.annotate(number=Count(name, distinct=True)).order_by("-number", "name__name_order")


def _count(queryset):
    counted = queryset.order_by().annotate(
        counted=Func("pk", function="count", output_field=models.IntegerField())  # Count() would group by every column
    )
    return models.Subquery(counted.values("counted"))
