"""The public pages of the record, a file a room."""
