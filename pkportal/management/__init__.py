"""What the portal adds to manage.py."""
