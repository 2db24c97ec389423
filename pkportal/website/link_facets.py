"""Facets along many-to-many links, by the linked records or by a field of these.

All facets along the same links read the sets of links of the same rows: of those that all other filters select. The
filters along these links are then applied to the sets, which are few, and not once more to each row.
"""

from typing import Any

from django.db.models import Field, ManyToManyField
from django_filters import FilterSet

from pkportal.content.contracts import fields_along
from pkportal.content.link_sets import kept_sets_of

from .choices import Choice
from .link_counts import (
    count_by_sets,
    count_linked,
    count_unlinked,
    link_sets_cte,
    linked_rows,
    public_keys,
    sets_name,
)
from .selections import selection_cte, total_cte, unselected_cte

IS_MOST = "(SELECT is_most FROM share)"


def link_facets(
    filterset: FilterSet, total: str, has_share: bool
) -> tuple[list[tuple[str, tuple]], list[tuple[str, tuple]]]:
    """Return the SQL that counts by all filters along links, and the tables that it needs.

    ``total`` is the SQL of the selected rows, each with its number; with ``has_share`` there is a table that says
    whether they are most rows.
    """
    model: Any = filterset._meta.model
    by_links: dict[ManyToManyField, dict[str, Field | None]] = {}
    for name, facet in filterset.facet_filters().items():
        if links := links_along(model, facet.by):
            by_links.setdefault(links[0], {})[name] = links[1] if links[1:] else None
    tables, counts = [], []
    for many, fields in by_links.items():
        own_tables, own_counts = facets_along(filterset, many, fields, total, has_share)
        tables += [table for table in own_tables if table not in tables]
        counts += own_counts
    return tables, counts


def links_along(model: Any, by: Any) -> tuple:
    """Return the many-to-many field of the model that facets group by, with the field of the linked records, if any."""
    fields = fields_along(model, by) if isinstance(by, str) else ()
    return tuple(fields) if fields and isinstance(fields[0], ManyToManyField) and len(fields) < 3 else ()


def facets_along(
    filterset: FilterSet, many: ManyToManyField, fields: dict[str, Field | None], total: str, has_share: bool
) -> tuple[list[tuple[str, tuple]], list[tuple[str, tuple]]]:
    """Return the SQL that counts by the filters along the same links, and the tables that it needs."""
    active = filterset.active_values()
    in_use = [name for name in fields if name in active]
    selection, tables, counts = "_but_".join(["selected", *in_use]), [], []
    rows = filterset.qs_without(*in_use) if in_use else filterset.qs
    if in_use:
        tables.append(selection_cte(selection, rows, {}))
    is_most = IS_MOST if has_share and not in_use else ""
    is_all = kept_sets_of(many) and active.keys() <= {*in_use}
    if is_all and (unselected := unselected_cte(f"un{selection}", rows)):  # all that is public: most rows
        tables, is_most = [*tables, unselected], "true"
    tables.append(link_sets_cte(many, selection, is_most))
    for name, field in fields.items():
        sets = filtered_sets(filterset, many, {other: fields[other] for other in in_use if other != name}, selection)
        if field:
            counts.append(count_by_sets(name, many, field, sets))
            continue
        counts.append(count_linked(name, sets))
        if filterset.filters[name].without is not None:
            total_tables, own_total = total_without(filterset, name, total)
            tables += [table for table in total_tables if table not in tables]
            counts.append(count_unlinked(name, linked_rows(many, sets), own_total))
    return tables, counts


def total_without(filterset: FilterSet, name: str, total: str) -> tuple[list[tuple[str, tuple]], str]:
    """Return the SQL of the rows that all filters but one select, each with its number, and the tables it needs."""
    if name not in filterset.active_values():
        return [], total
    rows, selection, own_total = filterset.qs_without(name), f"selected_but_{name}", f"total_but_{name}"
    return [selection_cte(selection, rows, {}), total_cte(own_total, rows, selection)], own_total


def filtered_sets(
    filterset: FilterSet, many: ManyToManyField, fields: dict[str, Field | None], selection: str
) -> tuple[str, tuple]:
    """Return the SQL of the sets of links of a selection that some filters along these links select."""
    sets, conditions = sets_name(many, selection), []
    for name, field in fields.items():
        chosen = filterset.chosen(name)
        if chosen.included:
            conditions.append(sets_condition(filterset.filters[name], many, field, chosen.included))
        if chosen.excluded:
            text, params = sets_condition(filterset.filters[name], many, field, chosen.excluded)
            conditions.append((f"NOT {text}", params))
    if not conditions:
        return sets, ()
    text = " AND ".join(text for text, _params in conditions)
    params = tuple(param for _text, own in conditions for param in own)
    return f"(SELECT others, number FROM {sets} WHERE {text}) AS sets", params  # noqa: S608 - our own words


def sets_condition(
    facet: Any, many: ManyToManyField, field: Field | None, choices: tuple[Choice, ...]
) -> tuple[str, tuple]:
    """Return the SQL condition that a set has a public record with any of some choices, or none at all."""
    values, conditions, params = facet.values_of(choices), [], ()
    if values:
        condition = {f"{field.name}__in": values} if field else {"pk__in": [record.pk for record in values]}
        records = many.related_model._default_manager.published().order_by().filter(**condition)
        text, params = records.values("pk").query.sql_with_params()
        conditions.append(f"others && ARRAY({text})")
    if len(values) < len(choices):
        text, params_of_public = public_keys(many)
        conditions.append(f"NOT others && ARRAY({text})")
        params += params_of_public
    return f"({' OR '.join(conditions)})", params
