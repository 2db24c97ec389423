"""The form of the admin and a file refuse the same cells in the same words, and store the same values.

One cell of a valid record is changed to a text, in its form and in its row of a file. These differences are allowed:

* a file says in the preview what was converted, so the form is given the text as it was read besides;
* in a file, words beside a number go into the column which says how exactly it is stated; the form has a field for
  that, and asks to choose there (``says more than a number``);
* a box is ticked and a linked record is chosen: nobody can type there, and a file has words for it;
* a strange figure is asked about: by the form before it is saved, of a file in the preview;
* an apostrophe before a text that a spreadsheet would run, or that would be cleaned, is not part of it in a file.
"""

from typing import NamedTuple

import pytest
from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import transaction
from django.forms.models import InlineForeignKeyField
from django.http import QueryDict
from django.test import RequestFactory
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pkportal.editorial.typed_cells import TypedValue, WrittenDateField, WrittenDayField
from pkportal.exchange.cell_reading import ColumnReader
from pkportal.exchange.reading import TableRow
from pkportal.exchange.registry import resources_by_model
from pkportal.exchange.staging.staged_file import faults_of, rows_of_stage
from tests.exchange.test_any_record_survives import make_one_of_every_model

pytestmark = pytest.mark.django_db

SAYS_MORE, ASKED = "says more than a number", "Save again if it is right as stated"
AROUND = ["", "", "", " ", "\u00a0", "\u200b", "\t", "\n", "*", " [1]", "\x00"]
NUMBERS = ["1200", "1,200", "1.200", "1 200", "1'200", "12.000", "1,2", "1.5", "-5", "−5", "1e3", "٣", "½", "0x10"]
NUMBERS += ["1.234.567", "1,200.00", "1.200,00", "nan", "1_000", "99999", "9" * 30, "1" * 90, "12%", "(12)", "1-2"]
NUMBERS += ["~12", "up to 5", "12 or more", "#REF!", "####", "00012", "+5", "1/2", "two", "91", "-91", "101"]
DATES = ["1999", "1999-06", "1999-06-12", "June 1999", "12 June 1999", "12/06/1999", "13/06/1999", "1.7.2010"]
DATES += [
    "12/06/99",
    "Jun-99",
    "36323",
    "1999-13",
    "1850",
    "2199",
    "1999-06-12T00:00:00",
    "1999-06-12 10:30",
    "c. 1999",
]
TEXTS = ["x", "X_y-1", "x y", "x  y", "e\u0301", "a\r\nb", "a\x07b", "\u202ex", "\u200fx", "“x”", "=1+1", "S/RES/1244"]
TEXTS += ["x.org", "//x.org", "https://x.org", "javascript:alert(1)", "[@nosuch]", "[@a b", "😀", "é" * 600, "ITA"]
WORDS = ["", "", "n/a", "..", "-", "no", "yes", "1", "nosuch", "12 Jun"]


class Cell(NamedTuple):
    """One field of a form of the admin: of a record, or of a part that has a row on the page of its record."""

    admin: admin.ModelAdmin
    model: type
    name: str
    is_part: bool

    def __str__(self):
        return f"{self.model._meta.label}.{self.name}{' as a part' * self.is_part}"


class Outcome(NamedTuple):
    """What is said of a row, by column, and the text of the cell as it is to be."""

    refusals: dict[str, str]
    value: str


@pytest.fixture
def request_of_editor(db):
    """Make a record of every kind, and return a request of somebody who may edit all of them."""
    make_one_of_every_model()
    request = RequestFactory().post("/")
    request.user = User.objects.create_superuser("editor")
    return request


def form_of(cell, request, texts=None):
    """Return the form that has a cell, with the record as it is, or with other data for some fields."""
    record = cell.model._base_manager.get()
    if not cell.is_part:
        form_class = cell.admin.get_form(request, record, change=True)
        return form_class(data_of([form_class(instance=record)], texts), instance=record)
    parent = cell.admin.model._base_manager.get()
    inline = next(it for it in cell.admin.get_inline_instances(request, parent) if it.model is cell.model)
    formset_class = inline.get_formset(request, parent)
    shown = formset_class(instance=parent)
    (form,) = shown.forms
    prefixed = {form.add_prefix(name): text for name, text in (texts or {}).items()}
    return formset_class(data_of([shown.management_form, form], prefixed), instance=parent).forms[0]


def data_of(shown, texts):
    """Return what a browser sends of forms, with other texts in some fields; None leaves a box unticked."""
    data = QueryDict(mutable=True)
    for field in (field for form in shown for field in form):
        value = field.value()
        if isinstance(value, list):
            data.setlist(field.html_name, [str(getattr(it, "pk", it)) for it in value])
        elif value is not None and value is not False:
            data[field.html_name] = "on" if value is True else str(value)
    for name, text in (texts or {}).items():
        if text is None:
            data.pop(name, None)
        elif isinstance(text, list):
            data.setlist(name, text)
        else:
            data[name] = text
    return data


def cells_of_forms(request):
    """Return all cells that forms of the admin have and files too."""
    found = []
    for model in resources_by_model():
        model_admin = admin.site._registry[model]
        inlines = [it.model for it in model_admin.get_inline_instances(request, model._base_manager.get())]
        for kind in [model, *inlines]:
            columns = {column.attribute for column in resources_by_model()[kind]().columns()}
            first = Cell(model_admin, kind, "", kind is not model)
            fields = form_of(first, request).fields
            names = columns & {name for name, it in fields.items() if not isinstance(it, InlineForeignKeyField)}
            found += [first._replace(name=name) for name in sorted(names)]
    return found


def outcome_of_form(cell, column, request, text):
    """Return what the form says of a text in a cell."""
    field = form_of(cell, request).fields[cell.name]
    if isinstance(field, forms.ModelChoiceField):
        codes = {getattr(record, column.widget.key): str(record.pk) for record in field.queryset.all()}
        keys = [codes.get(code, "0") for code in ([text] if column.is_foreign_key else text.split(";")) if code]
        typed = keys if column.is_many_to_many else next(iter(keys), "")
    elif isinstance(field, forms.BooleanField):
        typed = "on" if text == "yes" else None
    else:
        typed = text.split(";") if isinstance(field, forms.MultipleChoiceField) else text
    form = form_of(cell, request, {cell.name: typed})
    errors = {name: " ".join(map(str, messages)) for name, messages in form.errors.items()}
    errors = {("" if name == "__all__" else name): words for name, words in errors.items() if ASKED not in words}
    value = form.cleaned_data.get(cell.name) if cell.name not in form.errors else None
    return Outcome(errors, "" if errors else column.widget.render(value))


def outcome_of_file(cell, resource, column, request, text):
    """Return what a file says of a text in a cell."""
    columns = resource.columns()
    cells = resource.cells(cell.model._base_manager.get())
    cells[columns.index(column)] = text
    with transaction.atomic():
        stage = resource.import_data([it.column_name for it in columns], [TableRow(2, cells)], request.user)
        refusals: dict[str, str] = {}
        for fault in faults_of(stage):
            refusals[fault.column] = " ".join(filter(None, [refusals.get(fault.column), fault.reason]))
        row = None if refusals else rows_of_stage(stage)[0]
        transaction.set_rollback(True)  # or each stage keeps the locks of its tables
    return Outcome(refusals, row.cells[column.column_name][1] if row else "")


def texts_for(cell, column, field):
    """Return a strategy for the texts of a cell."""
    if isinstance(field, forms.ModelChoiceField):
        return st.sampled_from(
            ["", "nosuch", *column.widget.model._base_manager.values_list(column.widget.key, flat=True)]
        )
    if isinstance(field, forms.BooleanField):
        return st.sampled_from(["yes", "no"])
    if isinstance(field, forms.ChoiceField):
        choices = [str(part) for code, label in field.choices for part in (code, label)]
        several = [f"{choices[0]};{choices[2]}", f"{choices[0]};nosuch"]
        texts = [*WORDS, *choices, *several * isinstance(field, forms.MultipleChoiceField)]
    elif isinstance(field, WrittenDateField | WrittenDayField):
        texts = [*WORDS, *DATES]
    else:
        texts = [*WORDS, *(NUMBERS if isinstance(field, TypedValue) else [*TEXTS, *NUMBERS[:3], *DATES[:3]])]
    return st.tuples(st.sampled_from(AROUND), st.sampled_from(texts), st.sampled_from(AROUND)).map("".join)


def compare(cell, request, draw):
    """Compare what form and file say of a text in one cell, and what they store."""
    resource = resources_by_model()[cell.model]()
    column = next(it for it in resource.columns() if it.attribute == cell.name)
    field = form_of(cell, request).fields[cell.name]
    text = draw(texts_for(cell, column, field))
    of_file = outcome_of_file(cell, resource, column, request, text)
    of_form = outcome_of_form(cell, column, request, text)
    is_chosen = isinstance(field, forms.ModelChoiceField)
    if is_chosen and of_file.refusals and of_form.refusals:
        assert [*of_file.refusals] == [*of_form.refusals], cell
    elif SAYS_MORE not in "".join(of_form.refusals.values()):
        assert of_file == of_form, cell
    reading = ColumnReader(resource, column).judge(text)
    if reading.conversion:
        assert of_file == outcome_of_form(cell, column, request, column.widget.render(reading.value)), cell


def test_form_and_file_refuse_the_same_cells_in_the_same_words(request_of_editor):
    cells = cells_of_forms(request_of_editor)
    assert len({cell.model for cell in cells}) == len(resources_by_model())

    @given(st.data())
    @settings(max_examples=25, suppress_health_check=[*HealthCheck], phases=[Phase.generate])
    def compare_one(data):
        compare(data.draw(st.sampled_from(cells)), request_of_editor, data.draw)

    compare_one()
