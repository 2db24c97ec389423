"""Any record, whatever its texts, is unchanged after a dump and a load into an empty database."""

import io

import pytest
from django.core.management import call_command
from django.core.validators import RegexValidator
from django.db import models, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pkportal.content.checking import Checkable
from pkportal.content.withdrawal import MovedToField
from pkportal.exchange.exporting import columns_of, file_blocks
from pkportal.exchange.mapped_table import AS_NAMED, mapped_table
from pkportal.exchange.reading import read_table
from pkportal.exchange.registry import resources_by_name
from tests import make
from tests.equipment.make import equipment

pytestmark = pytest.mark.django_db

# all that UTF-8 can write and PostgreSQL can store, and what files, spreadsheets and shells stumble over
LETTERS = st.characters(codec="utf-8", exclude_characters="\x00\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
AWKWARD = ["'", "=1+1", "'=1", "''-", " x ", "\t", "\r", "\r\n", "\n\n", "\ufeff", ";", "a;b", ",", '"', '""', "\\"]
AWKWARD += ["NULL", "\\N", "no", "1.0", "01", "1999-06-12", "\u2028", "\x1c", "\x85", "\u200f", "[@", "_x000D_", "%s"]
CODES = st.text("aZ09_-", min_size=1, max_size=12)


def texts(field):
    """Return a strategy for the texts that a column can hold."""
    if isinstance(field, models.SlugField):
        return CODES.filter(lambda text: text[0].isalnum()) if "sources" in field.model.__module__ else CODES
    shortest, longest = 0 if field.blank else 1, min(field.max_length or 60, 60)
    fitting = [text for text in AWKWARD if shortest <= len(text) <= longest]
    any_text = st.one_of(st.text(LETTERS, min_size=shortest, max_size=longest), st.sampled_from(fitting))
    return any_text.filter(lambda text: "[@" not in text and (shortest == 0 or text.strip()))


def text_fields(model):
    """Yield the columns of free text: no choices, no URL, no validated format."""
    for field in model._meta.concrete_fields:
        is_text = isinstance(field, models.CharField | models.TextField) and not isinstance(field, models.URLField)
        has_form = isinstance(field, MovedToField) or any(isinstance(it, RegexValidator) for it in field.validators)
        is_free = isinstance(field, models.SlugField) or not has_form
        if is_text and is_free and not field.choices and field.editable and not field.generated:
            yield field


TABLES = {name: resource_class._meta.model for name, resource_class in resources_by_name().items()}
RECORD = st.fixed_dictionaries(
    {
        name: st.fixed_dictionaries({field.name: texts(field) for field in text_fields(model)})
        for name, model in TABLES.items()
    }
)


def make_one_of_every_model():
    """Make a record of every model, all of them related."""
    source, country, theme = make.source(), make.country(), make.theme()
    mission = make.mission(sources=[source], host_countries=[country])
    of_mission, figure_fields = {"mission": mission}, {"mission": mission, "source": source}
    command = make.command(country=country, sources=[source], **of_mission)
    lesson = make.lesson(sources=[source], missions=[mission], themes=[theme], maturity_source=source)
    make.topic(missions=[mission], lessons=[lesson])
    make.mandate(sources=[source], **of_mission)
    make.appointment(command=command, country=country, sources=[source])
    make.event(sources=[source], **of_mission)
    make.objective(met="met", met_source=source, **of_mission)
    make.challenge(theme=theme, sources=[source], **of_mission)
    make.contribution(country=country, **figure_fields)
    make.fatality(country=country, **figure_fields)
    make.stated_total(**figure_fields)
    make.country_name(country=country)
    make.mission_name(**of_mission)
    make.synonym()
    make.cost_share(country=country, source=source)
    make.remedial_action(lesson=lesson, source=source)
    equipment(sources=[source], mission=mission)


def state():
    """Return every text of every record, and what is checked."""
    fields = {name: [*(field.name for field in text_fields(model))] for name, model in TABLES.items()}
    checked = {name: ["is_checked"] * issubclass(model, Checkable) for name, model in TABLES.items()}
    return {name: [*model.objects.values(*fields[name], *checked[name])] for name, model in TABLES.items()}


def dump(folder):
    call_command("dump", folder, verbosity=0)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def cells_of(resource_class, file_format):
    """Return the cells of the stored columns in a file of all records, as an import reads them."""
    records = resource_class._meta.model.objects.all()
    blocks = file_blocks(resource_class, records, file_format, public=False, is_explained=True)
    content = b"".join(block if isinstance(block, bytes) else block.encode() for block in blocks)
    columns = [column.column_name for column in columns_of(resource_class, public=False, is_explained=True)]
    table = read_table(io.BytesIO(content), f"{resource_class.name}.{file_format}", columns)
    rows = [*mapped_table(resource_class(), table, AS_NAMED)]
    stored = [place for place, name in enumerate(columns) if name in resource_class.fields]
    assert (table.header, table.notes, [row.fault for row in rows]) == (columns, [], [""] * len(rows))
    assert not any(place in row.cell_faults for row in rows for place in stored)
    return [[row.cells[place] for place in stored] for row in rows]


@given(record=RECORD)
@settings(
    max_examples=2,
    suppress_health_check=[*HealthCheck],
    phases=[Phase.generate],  # one example loads 34 files: to look for the smallest failing one takes minutes
)
def test_any_text_in_any_column_survives_dump_and_load(record, tmp_path, capsys):
    with transaction.atomic():
        make_one_of_every_model()
        for name, model in TABLES.items():
            model.objects.update(**record[name])
            if issubclass(model, Checkable):
                model.objects.get().mark_checked()
        before, dumped = state(), dump(tmp_path)
        for name, resource_class in resources_by_name().items():
            cells = cells_of(resource_class, "csv")
            assert cells == cells_of(resource_class, "xlsx") == cells_of(resource_class, "jsonl"), name
            assert cells == cells_of(resource_class, "json"), name

        call_command("load", tmp_path)
        about_files = [line for line in capsys.readouterr().out.splitlines() if ".csv" in line]
        assert [line for line in about_files if ": 0 new, 0 changed, 1 unchanged" not in line] == []

        for model in reversed(TABLES.values()):
            model.objects.all().delete()
        call_command("load", tmp_path, verbosity=0)
        assert state() == before
        assert dump(tmp_path) == dumped
        transaction.set_rollback(True)


def test_example_has_one_record_of_every_model_with_texts():
    make_one_of_every_model()

    assert {name: model.objects.count() for name, model in TABLES.items()} == dict.fromkeys(TABLES, 1)
    without_texts = {name for name, model in TABLES.items() if not [*text_fields(model)]}
    assert without_texts == {"stated_totals", "cost_shares"}
