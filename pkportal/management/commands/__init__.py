"""Commands of manage.py: up, down, dump, load."""
