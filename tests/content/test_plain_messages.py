"""What forms say of a value that they refuse: in words that tell what to write."""

import re

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.validators import DecimalValidator, MaxLengthValidator, MaxValueValidator, URLValidator

from missions.models import Country

STIFF = re.compile(r"Ensure|Select a valid|Enter a valid|is required|was submitted|tampered")
NoRows = forms.formset_factory(forms.Form)


def messages_of(refuse):
    with pytest.raises(ValidationError) as error:
        refuse()
    return error.value.messages


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        (forms.CharField(), "", "This cannot be blank."),
        (forms.CharField(max_length=3), "four", "This may have 3 characters, and has 4."),
        (forms.EmailField(), "nobody", "Write an email address such as name@example.org."),
        (forms.DecimalField(max_digits=3, decimal_places=1), "12.34", "At most 3 digits."),
        (forms.ChoiceField(choices=[("a", "A")]), "b", "“b” is not one of the choices."),
        (forms.FileField(), SimpleUploadedFile("x.csv", b""), "The file is empty."),
    ],
)
def test_refused_value_is_answered_with_what_may_be_written(field, value, message):
    assert message in messages_of(lambda: field.clean(value))


@pytest.mark.django_db
def test_record_that_is_gone_is_said_to_be_gone():
    assert messages_of(lambda: forms.ModelChoiceField(Country.objects).clean("1")) == [
        "This is not one of the choices: it may have been withdrawn or deleted meanwhile."
    ]


def test_rows_that_did_not_arrive_are_said_to_be_missing():
    assert NoRows({}).non_form_errors() == [
        "Some of the rows did not arrive. Open the page again, and send it once more."
    ]


def test_no_field_of_a_form_and_no_validator_has_the_stiff_words_of_django():
    fields = [forms.CharField, forms.DateField, forms.DateTimeField, forms.FileField, forms.IntegerField]
    fields += [forms.DecimalField, forms.TypedChoiceField, forms.MultipleChoiceField, forms.BooleanField]
    messages = {str(text) for field in fields for text in field().error_messages.values()}
    messages |= {str(text) for text in forms.ModelMultipleChoiceField(Country.objects).error_messages.values()}
    messages |= {str(text) for text in NoRows().error_messages.values()}
    messages |= {str(validator.message) for validator in [MaxLengthValidator, MaxValueValidator, URLValidator]}
    messages |= {str(text) for text in DecimalValidator.messages.values()}

    assert [text for text in messages if STIFF.search(text)] == []
