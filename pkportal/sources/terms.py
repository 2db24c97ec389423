"""Links from abbreviations in texts to their explanation, at the first use on a page."""

import re
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from functools import cached_property

from django.utils.html import escape, format_html


class ExplainedTerms:
    """Terms with the address and the words that explain each."""

    def __init__(self, explanations: Mapping[str, tuple[str, str]]):
        self.explanations = {str(escape(term)): explanation for term, explanation in explanations.items()}

    @cached_property
    def _pattern(self) -> re.Pattern:
        longest_first = sorted(self.explanations, key=len, reverse=True)
        return re.compile(rf"(?<![\w/-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w/-])")

    def link_first_uses(self, html: str, used: set[str]) -> str:
        """Link terms in escaped text that are not in ``used`` yet, and add them to it."""

        def link(match):
            term = match[0]
            if term in used:
                return term
            used.add(term)
            address, words = self.explanations[term]
            return format_html('<a href="{}" title="{}" class="term">', address, words) + f"{term}</a>"

        return self._pattern.sub(link, html) if self.explanations else html


# gives the terms for the texts of this request; without it no text links any
explained_terms: ContextVar[Callable[[], ExplainedTerms] | None] = ContextVar("explained_terms", default=None)
