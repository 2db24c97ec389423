"""Admin of rows that are not edited in a form of their own."""

from django.contrib import admin


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that come and change by what is done on other pages, and that all stay on record."""

    def has_add_permission(self, request):
        """Add none by hand."""
        return False

    def has_change_permission(self, request, obj=None):
        """Change none by hand."""
        return False

    def has_delete_permission(self, request, obj=None):
        """Delete none."""
        return False
