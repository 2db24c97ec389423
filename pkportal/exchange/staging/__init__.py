"""Imports in sets: a file goes into a staging table, is checked and compared there, and applied in a few statements."""
