"""Rows whose records are to rest on AI-assisted and unverified sources alone, as SQL."""

from django.db.models import Model

from pkportal.sources.cited import Cites
from pkportal.sources.fields import MarkdownField
from pkportal.sources.models import Grade, Source
from pkportal.sources.sourced import Sourced

from .sql import db_name, listed
from .stage import Stage


def is_to_rest_on_unverified(stage: Stage) -> str:
    """Return the condition that a record, as its row is to make it, has sources, and all of them are of grade X."""
    unverified, others = (names_source(stage, f"x.grade {sign} '{Grade.X}'") for sign in ["=", "<>"])
    return f"({unverified}) AND NOT ({others})"


def names_source(stage: Stage, condition: str) -> str:
    """Return the condition that a record, as its row is to make it, names or cites a source that meets another."""
    model = stage.model
    sources = f"{db_name(Source._meta.db_table)} x WHERE {condition}"
    ids = [stage.future_columns[db_name(it.column)] for it in model._meta.fields if it.related_model is Source]
    ways = [f"{key} IN (SELECT x.id FROM {sources})" for key in ids]
    if issubclass(model, Sourced):
        in_file = [f"s.{column.sql_name}" for column in stage.columns if column.attribute == "sources"]
        links, *_rest = [*in_file, stage.links_now(model._meta.get_field("sources"))]
        ways.append(f"{links} && ARRAY(SELECT x.id FROM {sources})")
    if issubclass(model, Cites):
        texts = [what for name, what in stage.future_columns.items() if name in markdown_columns(model)]
        ways.append(f"pk_cited(concat_ws(E'\\n', {listed(texts)})) && ARRAY(SELECT x.code::text FROM {sources})")
    return " OR ".join(ways) or "FALSE"


def markdown_columns(model: type[Model]) -> set[str]:
    """Return the quoted names of the columns of a model that are Markdown."""
    return {db_name(field.column) for field in model._meta.fields if isinstance(field, MarkdownField)}
