"""How well the words of a question match the names of a record, as an SQL expression."""

from django.db.models import BooleanField, Case, F, Func, Q, TextField, Value, When
from django.db.models.functions import Cast, Concat, Greatest, Length, Right, Upper
from django.db.models.lookups import Exact

from pkportal.content.pages import Searchable
from pkportal.content.search_index import title_columns

from .details import day_columns, related_period_columns
from .searchable import code_columns
from .terms import Term

EXACT_NAME = 2  # the words are a name, the code or the day of a record


class StartsWith(Func):
    """True if a text begins with another, in which no character stands for others."""

    function = "starts_with"
    output_field = BooleanField()


def name_match(model: type[Searchable]) -> Func | Case:
    """Return how well the words name a record: in full, or from the beginning of a name.

    The last word of a person's name is a name, too, and so is the day of what happened: of a mission that began or
    ended on the day rather than of others.
    """
    unaccented = {name: F(f"{name}__unaccented") for name in title_columns(model)}
    unaccented |= {code: F(code) for code in code_columns(model)}
    found = [
        Case(
            When(
                Term.may_begin(name) & Q(StartsWith(Upper(letters), Term.folded())),
                then=Case(When(Exact(Length(name), Term.length()), then=EXACT_NAME), default=1),
            ),
            default=0,
        )
        for name, letters in unaccented.items()
    ]
    if model.result_fields.is_person:
        surname = Right(Upper(unaccented[model.result_fields.title]), Term.length() + 1)
        found.append(Case(When(Exact(surname, Concat(Value(" "), Term.folded())), then=EXACT_NAME), default=0))
    for name in day_columns(model):
        is_day = Exact(Cast(F(name), TextField()), Term.day())
        began_or_ended = (Exact(Cast(F(it), TextField()), Term.day()) for it in related_period_columns(model))
        more = When(Q(is_day, Q(*began_or_ended, _connector=Q.OR)), then=EXACT_NAME + 1)
        found.append(Case(more, When(is_day, then=EXACT_NAME), default=0))
    return Greatest(*found) if len(found) > 1 else found[0]
