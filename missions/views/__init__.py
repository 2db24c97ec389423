"""The public pages of the record, one file for each."""
