"""What the record holds of a nation on one date: its standing, its figures in each mission, its commanders."""

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
    first, last = bounds(country, related)
    life = (
        "nothing" if not last else "before" if date.last < first.first else "beyond" if date.first > last.last else ""
    )
    shown = last if life == "beyond" else date
    alive = {mission.pk for mission in related["missions"] if mission.life_on(shown) not in ENDED}
    figures = country.contributions.published().on(shown).for_list().best_first()
    posts = with_sources(country.appointments.published().on(shown).select_related("command"))
    is_known = life in {"", "beyond"}
    return {
        "life": life,
        "record_start": first,
        "record_end": last,
        "shown_date": shown,
        "was_ally": country.is_ally_on(date.first),
        "became_ally": not country.is_ally_on(date.first) and country.is_ally_on(date.last),
        "figures_on_date": [it for it in figures if it.mission_id in alive] if is_known else [],
        "posts_on_date": [*posts.order_by("from_date", "person")] if is_known else [],
    }


def bounds(country: Country, related: dict[str, Any]) -> tuple[PartialDate | None, PartialDate | None]:
    """Return the first and the last date for which the record has a figure or a commander of a nation."""
    dated = country.contributions.published().order_by("as_of").values_list("as_of", flat=True)
    posts = related["posts"]
    dates = [dated.first(), dated.last(), *(post.from_date for post in posts), *(post.to_date for post in posts)]
    known = [date for date in dates if date] + [post.last_stated for post in posts if post.last_stated]
    return min(known, default=None), max(known, default=None)
