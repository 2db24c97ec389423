"""How the rows of a file find their records."""

from import_export.instance_loaders import BaseInstanceLoader


class NaturalKeyLoader(BaseInstanceLoader):
    """Read all records of the kind at once, in a fixed number of queries, and find them by natural key."""

    def __init__(self, resource, dataset=None):
        super().__init__(resource, dataset)
        self.keys = [resource.fields[name] for name in resource.get_import_id_fields()]
        records = resource.prepared(resource._meta.model._base_manager.all(), public=False)
        self.records = {self.key_of(record): record for record in records}

    def key_of(self, record):
        """Give the texts that name a record in a file."""
        return tuple(column.widget.render(column.get_value(record)) for column in self.keys)

    def get_instance(self, row):
        """Find the record of a row, or none."""
        return self.records.get(self.resource.key_of(row))
