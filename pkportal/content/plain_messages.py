"""Messages of Django's validators in the words of those who type a value, wherever it is refused.

Forms, files and addresses are refused by the same validators. Translations are off, so the messages are replaced here.
A ``RegexValidator`` is given its own words where it is made: nobody can know what a “valid value” is.
"""

from django import forms
from django.core import validators
from django.utils.translation import gettext_lazy as _

NOT_AN_ADDRESS = _("Write a whole address on the web, such as https://www.example.org/report.")


def replace_messages() -> None:
    """Give the validators of Django that records use messages that say what to write."""
    validators.validate_slug.message = _("A code has only letters from A to Z, digits, hyphens and underscores.")
    validators.URLValidator.message = NOT_AN_ADDRESS
    validators.MinValueValidator.message = _("This must be at least %(limit_value)s.")
    validators.MaxValueValidator.message = _("This must be at most %(limit_value)s.")
    forms.DateField.default_error_messages["invalid"] = _("Write a day such as 2010-07-12.")
    forms.DateTimeField.default_error_messages["invalid"] = _("Write a day and a time such as 2010-07-12 09:30.")
