"""Records that are found by typing; what a browser sends back may be anything, and only a key is looked up."""

import re

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple

_primary_key = re.compile("[0-9]{1,18}")


def is_key(text):
    """Say whether a text can be the number of a record; longer ones are beyond what the column holds."""
    return bool(_primary_key.fullmatch(str(text)))


class SafeAutocompleteMixin:
    """A choice that shows what was chosen as far as it can be a record; the rest is refused beside it."""

    def optgroups(self, name, value, attr=None):
        """Look for keys alone: Django sends the database whatever was posted."""
        return super().optgroups(name, [*filter(is_key, value)], attr)


class AutocompleteWidget(SafeAutocompleteMixin, AutocompleteSelect):
    """One record, found by typing; where it was loaded with the record that names it, nobody asks for it again."""

    loaded = None

    def optgroups(self, name, value, attr=None):
        """Show the chosen record from memory if it is the one that was loaded."""
        if self.loaded is None or value != [str(self.loaded.pk)]:
            return super().optgroups(name, value, attr)
        none = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        return [(None, [*none, self.create_option(name, value[0], str(self.loaded), True, len(none))], 0)]


class AutocompleteMultipleWidget(SafeAutocompleteMixin, AutocompleteSelectMultiple):
    """Several records, found by typing."""
