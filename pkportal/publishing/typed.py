"""Records that are found by typing; what a browser sends back may be anything, and only a key is looked up."""

import re

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple

_key = re.compile("[0-9]{1,18}")


def is_key(text):
    """Say whether a text can be the number of a record; longer ones are beyond what the column holds."""
    return bool(_key.fullmatch(str(text)))


class Known:
    """A choice that shows what was chosen as far as it can be a record; the rest is refused beside it."""

    def optgroups(self, name, value, attr=None):
        """Look for keys alone: Django sends the database whatever was posted."""
        return super().optgroups(name, [*filter(is_key, value)], attr)


class Choice(Known, AutocompleteSelect):
    """One record, found by typing."""


class Choices(Known, AutocompleteSelectMultiple):
    """Several records, found by typing."""
