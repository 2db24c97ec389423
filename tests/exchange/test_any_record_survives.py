"""Whatever a record's texts say: dumped and loaded into an empty database it is the same record, checks included."""

import pytest
from django.core.management import call_command
from django.core.validators import RegexValidator
from django.db import models, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pkportal.content.checking import Checkable
from pkportal.exchange.registry import resources_by_name
from tests import make
from tests.equipment.make import equipment

pytestmark = pytest.mark.django_db

# all that UTF-8 can write and PostgreSQL can store, and what files, spreadsheets and shells stumble over
LETTERS = st.characters(codec="utf-8", exclude_characters="\x00")
AWKWARD = ["'", "=1+1", "'=1", "''-", " x ", "\t", "\r", "\r\n", "\n\n", "\ufeff", ";", "a;b", ",", '"', '""', "\\"]
AWKWARD += ["NULL", "\\N", "no", "1.0", "01", "1999-06-12", "\u2028", "\x1c", "\x85", "\u200f", "[@", "_x000D_", "%s"]
CODES = st.text("aZ09_-", min_size=1, max_size=12)


def texts(field):
    """Draw what a column of texts may hold."""
    if isinstance(field, models.SlugField):
        return CODES.filter(lambda text: text[0].isalnum()) if "sources" in field.model.__module__ else CODES
    least, most = 0 if field.blank else 1, min(field.max_length or 60, 60)
    fit = [text for text in AWKWARD if least <= len(text) <= most]
    drawn = st.one_of(st.text(LETTERS, min_size=least, max_size=most), st.sampled_from(fit))
    return drawn.filter(lambda text: "[@" not in text and (least == 0 or text.strip()))


def text_fields(model):
    """Name the columns that hold any text: no code list, no address, no form that must be kept."""
    for field in model._meta.concrete_fields:
        is_text = isinstance(field, models.CharField | models.TextField) and not isinstance(field, models.URLField)
        has_form = any(isinstance(it, RegexValidator) for it in field.validators)
        is_free = isinstance(field, models.SlugField) or not has_form
        if is_text and is_free and not field.choices and field.editable and not field.generated:
            yield field


TABLES = {name: rows._meta.model for name, rows in resources_by_name().items()}
RECORD = st.fixed_dictionaries(
    {
        name: st.fixed_dictionaries({field.name: texts(field) for field in text_fields(model)})
        for name, model in TABLES.items()
    }
)


def one_of_each():
    """Make a record of every kind, all of them tied together."""
    source, country, theme = make.source(), make.country(), make.theme()
    mission = make.mission(sources=[source], host_countries=[country])
    of, stated = {"mission": mission}, {"mission": mission, "source": source}
    command = make.command(country=country, sources=[source], **of)
    lesson = make.lesson(sources=[source], missions=[mission], themes=[theme], maturity_source=source)
    make.topic(missions=[mission], lessons=[lesson])
    make.mandate(sources=[source], **of)
    make.appointment(command=command, country=country, sources=[source])
    make.event(sources=[source], **of)
    make.objective(met="met", met_source=source, **of)
    make.challenge(theme=theme, sources=[source], **of)
    make.contribution(country=country, **stated)
    make.fatality(country=country, **stated)
    make.stated_total(**stated)
    make.cost_share(country=country, source=source)
    make.remedial_action(lesson=lesson, source=source)
    equipment(sources=[source], mission=mission)


def state():
    """Give every text of the record, and what is checked."""
    fields = {name: [*(field.name for field in text_fields(model))] for name, model in TABLES.items()}
    checked = {name: ["is_checked"] * issubclass(model, Checkable) for name, model in TABLES.items()}
    return {name: [*model.objects.values(*fields[name], *checked[name])] for name, model in TABLES.items()}


def dump(folder):
    call_command("dump", folder, verbosity=0)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@given(record=RECORD)
@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[*HealthCheck],
    phases=[Phase.generate],  # one example loads 34 files: to look for the smallest failing one takes minutes
)
def test_any_text_in_any_column_survives_a_dump_and_a_load(record, tmp_path, capsys):
    with transaction.atomic():
        one_of_each()
        for name, model in TABLES.items():
            model.objects.update(**record[name])
            if issubclass(model, Checkable):
                model.objects.get().mark_checked()
        before, dumped = state(), dump(tmp_path)

        call_command("load", tmp_path)
        assert [
            line for line in capsys.readouterr().out.splitlines() if ": 0 new, 0 changed, 1 unchanged" not in line
        ] == []

        for model in reversed(TABLES.values()):
            model.objects.all().delete()
        call_command("load", tmp_path, verbosity=0)
        assert state() == before
        assert dump(tmp_path) == dumped
        transaction.set_rollback(True)


def test_there_is_one_of_each_and_it_has_texts():
    one_of_each()

    assert {name: model.objects.count() for name, model in TABLES.items()} == dict.fromkeys(TABLES, 1)
    silent = {name for name, model in TABLES.items() if not [*text_fields(model)]}
    assert silent == {"stated_totals", "fatalities", "cost_shares"}
