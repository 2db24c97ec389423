"""Change list of the admin that loads only the columns it shows."""

from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.db import models


class RecordChangeList(ChangeList):
    """A change list that does not load long texts and computed columns."""

    def get_filters(self, request):
        """Redirect to the unfiltered list for an unknown filter, as Django does for an invalid value."""
        try:
            return super().get_filters(request)
        except DisallowedModelAdminLookup as error:
            raise IncorrectLookupParameters from error

    def apply_select_related(self, qs):
        """Defer the columns that no row shows, of the records and of related records."""
        loaded = {"": self.model} | {path: related_model(self.model, path) for path in self.list_select_related or ()}
        deferred = [
            f"{path}__{name}".removeprefix("__") for path, model in loaded.items() for name in unlisted_columns(model)
        ]
        return super().apply_select_related(qs).defer(*deferred)


def related_model(model, path):
    """Return the model at the end of a path of relations."""
    for name in path.split("__"):
        model = model._meta.get_field(name).related_model
    return model


def unlisted_columns(model):
    """Yield the names of the columns that no list shows: texts, the codes they cite, the search column."""
    for field in model._meta.concrete_fields:
        computed = field.generated and not isinstance(field.output_field, models.BooleanField)
        if computed or isinstance(field, models.TextField):
            yield field.name
