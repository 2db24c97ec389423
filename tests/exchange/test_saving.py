"""Saving of single records: two have the same in unique columns as the database sees it."""

from missions.models import Appointment
from pkportal.changes.imported_files import ImportedFile
from pkportal.exchange.saving import has_double
from tests import make


def test_what_is_unknown_is_the_same_only_where_the_constraint_says_so(db):
    files = [ImportedFile.objects.create(kind="x", name=name, size=1) for name in "ab"]
    assert not has_double(files[0])  # neither has a change set, of which each may have one

    known = make.appointment(from_date=None)
    other = Appointment(command=known.command, person=known.person, from_date=None)
    assert has_double(other)
    other.person = "Somebody else"
    assert not has_double(other)
