"""Records that go on as far as is known, which is claimed only as of the newest dated evidence."""

from django.core import checks

from .models import Record


class LastStated(Record):
    """A record that may go on; its query set has ``stale()``, which keeps what was last stated to go on long ago."""

    class Meta:
        abstract = True

    @classmethod
    def check(cls, **kwargs):
        """Check that the query set can say what is stale."""
        return [*super().check(**kwargs), *cls._check_stale()]

    @classmethod
    def _check_stale(cls):
        if not callable(getattr(cls._default_manager, "stale", None)):
            yield checks.Error(
                f"{cls._meta.label} has no query set method “stale”.",
                hint="Keep what goes on as far as is known, and was last stated long ago.",
                obj=cls,
                id="content.E024",
            )
