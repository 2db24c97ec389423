"""Messages of Django's validators and fields in the words of those who type a value, wherever it is refused.

Forms, files and addresses are refused by the same validators. Translations are off, so the messages are replaced here.
A ``RegexValidator`` is given its own words where it is made: nobody can know what a “valid value” is.
"""

from django import forms
from django.core import validators
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

CANNOT_BE_BLANK = _("This cannot be blank.")
NOT_AN_ADDRESS = _("Write a whole address on the web, such as https://www.example.org/report.")


def replace_messages() -> None:
    """Give what Django refuses by itself messages that say what to write."""
    replace_messages_of_validators()
    replace_messages_of_fields()
    forms.BaseFormSet.default_error_messages |= {
        "missing_management_form": _("Some of the rows did not arrive. Open the page again, and send it once more."),
        "too_many_forms": ngettext_lazy("At most %(num)d row.", "At most %(num)d rows at once.", "num"),
    }


def replace_messages_of_validators() -> None:
    """Say what a value must be like."""
    validators.validate_slug.message = _("A code has only letters from A to Z, digits, hyphens and underscores.")
    validators.URLValidator.message = NOT_AN_ADDRESS
    validators.EmailValidator.message = _("Write an email address such as name@example.org.")
    validators.MinValueValidator.message = _("This must be at least %(limit_value)s.")
    validators.MaxValueValidator.message = _("This must be at most %(limit_value)s.")
    validators.MaxLengthValidator.message = ngettext_lazy(
        "This may have %(limit_value)d character, and has %(show_value)d.",
        "This may have %(limit_value)d characters, and has %(show_value)d.",
        "limit_value",
    )
    validators.DecimalValidator.messages |= {
        "max_digits": ngettext_lazy("At most %(max)s digit.", "At most %(max)s digits.", "max"),
        "max_decimal_places": ngettext_lazy(
            "At most %(max)s digit after the point.", "At most %(max)s digits after the point.", "max"
        ),
        "max_whole_digits": ngettext_lazy(
            "At most %(max)s digit before the point.", "At most %(max)s digits before the point.", "max"
        ),
    }


def replace_messages_of_fields() -> None:
    """Say what a field of a form takes."""
    forms.Field.default_error_messages["required"] = CANNOT_BE_BLANK
    forms.DateField.default_error_messages["invalid"] = _("Write a day such as 2010-07-12.")
    forms.DateTimeField.default_error_messages["invalid"] = _("Write a day and a time such as 2010-07-12 09:30.")
    forms.FileField.default_error_messages |= {
        "invalid": _("No file arrived."),
        "missing": _("No file arrived."),
        "empty": _("The file is empty."),
    }
    models.Field.default_error_messages |= {
        "null": CANNOT_BE_BLANK,
        "blank": CANNOT_BE_BLANK,
        "invalid_choice": _("“%(value)s” is not one of the choices."),
    }
    for field in [forms.ChoiceField, forms.MultipleChoiceField]:
        field.default_error_messages["invalid_choice"] = _("“%(value)s” is not one of the choices.")
    forms.ModelChoiceField.default_error_messages["invalid_choice"] = _(
        "This is not one of the choices: it may have been withdrawn or deleted meanwhile."
    )
    forms.ModelMultipleChoiceField.default_error_messages |= {
        "invalid_choice": _("“%(value)s” is not one of the choices."),
        "invalid_pk_value": _("“%(pk)s” is not one of the choices."),
    }
