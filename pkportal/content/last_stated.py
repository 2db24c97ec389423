"""Records that go on as far as is known, which is claimed only as of the newest dated evidence."""

from django.core import checks

from .models import Record


class LastStated(Record):
    """A record that may go on.

    Its query set has ``with_last_stated()``, which annotates when that was last stated, and ``stale()``, which keeps
    what was last stated to go on long ago.
    """

    class Meta:
        abstract = True

    @classmethod
    def check(cls, **kwargs):
        """Check that the query set can say when a record was last stated, and what is stale."""
        return [*super().check(**kwargs), *cls._check_stale()]

    @classmethod
    def _check_stale(cls):
        for name in ("with_last_stated", "stale"):
            if not callable(getattr(cls._default_manager, name, None)):
                yield checks.Error(
                    f"{cls._meta.label} has no query set method “{name}”.",
                    hint="Annotate when it was last stated that a record goes on, and keep those of long ago.",
                    obj=cls,
                    id="content.E024",
                )
