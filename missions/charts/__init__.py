"""Charts of the record: from loaded records to geometry, one file for each type of chart."""
