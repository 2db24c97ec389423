"""Facts of a mission in words, with a link from each to its record: a resolution, a command, a stated total."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from missions.models import Command, Mandate, Mission, MissionName, StatedTotal, called_on
from pkportal.content.dates import PartialDate

RESOLUTION = re.compile(r"(?<![(\d])([0-9]{3,4})(?: \((?:19|20)[0-9]{2}\))?(?!\d)")  # 1244 (1999), without the word
SYMBOL = re.compile(r"S/RES/([0-9]+)")


def facts_context(mission: Mission, related: dict[str, Any], date: PartialDate | None) -> dict[str, Any]:
    """Return the context for the facts: texts with links, the total that is the peak strength, and names.

    The host countries have what they were called on the date, if there is one, and are called today.
    """
    return {
        "names": [MissionName(**row) for row in mission.names],
        "hosts": [{**host, "called": called_on(host["former"], host["name"], date)} for host in mission.hosts],
        "legal_basis": linked_basis(mission.legal_basis, related["mandates"]),
        "lead_command": linked_commands(mission.lead_command, related["commands"]),
        "peak_total": peak_total(mission, related["totals"]),
    }


def linked_basis(text: str, mandates: Sequence[Mandate]) -> SafeString:
    """Return the legal basis with a link from each resolution, title or symbol of one of the mandates."""
    addresses = {number[1]: it.get_absolute_url() for it in mandates if (number := SYMBOL.match(it.symbol))}
    titles = {name: it.get_absolute_url() for it in mandates for name in [it.title, it.symbol.partition(",")[0]]}

    def link(part: str) -> SafeString:
        before, word, after = part.partition("resolution")
        if word:
            return format_html("{}{}", before + word, linked(after, RESOLUTION, addresses.get))
        title = next((title for title in titles if title.casefold() in part.casefold()), "")
        return (
            linked(part, re.compile(re.escape(title), re.IGNORECASE), lambda _found: titles[title]) if title else part
        )

    basis = format_html_join(";", "{}", ((link(part),) for part in text.split(";")))
    return or_section(text, basis, "mandates", bool(mandates))


def linked(text: str, pattern: re.Pattern, address: Callable[[str], str | None]) -> SafeString:
    """Return a text with a link from each match that has an address, which is that of its group or the whole."""
    pieces, end = [], 0
    for match in pattern.finditer(text):
        if found := address(match[match.lastindex or 0]):
            pieces.append((format_html('{}<a href="{}">{}</a>', text[end : match.start()], found, match[0]),))
            end = match.end()
    return format_html_join("", "{}", [*pieces, (text[end:],)])


def linked_commands(text: str, commands: Iterable[Command]) -> SafeString:
    """Return the commands that led a mission, each with a link to it if it is in its chain: JFC Naples / HQ KFOR."""
    by_name = {name: it for it in commands for name in [it.code.replace("-", " "), it.name.casefold()]}
    parts = [
        format_html('<a href="{}">{}</a>', command.get_absolute_url(), part) if command else part
        for part in text.split(" / ")
        for command in [by_name.get(part.casefold())]
    ]
    return or_section(text, format_html_join(" / ", "{}", ((part,) for part in parts)), "commands", bool(by_name))


def or_section(text: str, with_links: SafeString, section: str, has_section: bool) -> SafeString:
    """Return a text with its links, or, without any, as one link to the section of the page about it."""
    if "<a " in with_links or not (text and has_section):
        return with_links
    return format_html('<a href="#{}">{}</a>', section, text)


def peak_total(mission: Mission, totals: Iterable[StatedTotal]) -> StatedTotal | None:
    """Return the stated total that is the peak strength of a mission, if one of its date is on record."""
    peak, date = mission.peak_strength, mission.peak_strength_date or ""
    return next((it for it in totals if it.total == peak is not None and it.as_of.startswith(date)), None)
