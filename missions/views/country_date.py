"""What the record holds of a nation on one date: its standing, its figures in each mission, its commanders."""

from itertools import chain
from typing import Any

from missions.models import Country
from pkportal.content.dates import PartialDate
from pkportal.sources.references import with_sources

ENDED = {"before", "after", "never"}  # where a date lies in the life of a mission: no force was there


def date_context(country: Country, related: dict[str, Any], date: PartialDate | None) -> dict[str, Any]:
    """Return the context for a date that was asked for, which lies ``before`` or ``beyond`` the record of the nation.

    Beyond the end of its record, what is shown is as last stated; of missions that had ended then, nothing is.
    """
    if not date:
        return {}
    dates = dates_of(country, related)
    life = place_in(dates, date)
    shown = max(dates) if life == "beyond" else date
    alive = {mission.pk for mission in related["missions"] if mission.life_on(shown) not in ENDED}
    figures = country.contributions.published().on(shown).for_list().best_first()
    posts = with_sources(country.appointments.published().on(shown).select_related("command"))
    is_known = life in {"", "beyond"}
    return {
        "life": life,
        "record_start": min(dates, default=None),
        "record_end": max(dates, default=None),
        "was_ally": country.is_ally_on(date.first),
        "became_ally": not country.is_ally_on(date.first) and country.is_ally_on(date.last),
        "figures_on_date": [it for it in figures if it.mission_id in alive] if is_known else [],
        "posts_on_date": [*posts.order_by("from_date", "person__name_order")] if is_known else [],
    }


def place_in(dates: list[PartialDate], date: PartialDate) -> str:
    """Return where a date lies outside the dates that are on record, or an empty text."""
    if not dates:
        return "nothing"
    if date.last < min(dates).first:
        return "before"
    return "beyond" if date.first > max(dates).last else ""


def dates_of(country: Country, related: dict[str, Any]) -> list[PartialDate]:
    """Return the first and the last date of the figures of a nation, and the dates of its commanders."""
    dated = country.contributions.published().order_by("as_of").values_list("as_of", flat=True)
    of_posts = [(post.from_date, post.to_date, post.last_stated) for post in related["posts"]]
    return [date for date in [dated.first(), dated.last(), *chain.from_iterable(of_posts)] if date]
