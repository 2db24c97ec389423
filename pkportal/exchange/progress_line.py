"""Progress in the terminal: one line that is written again and again, and nothing where the output is no terminal."""

import time

from django.core.management.base import OutputWrapper
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .progress import Progress

LINE_SECONDS = 0.2
CLEAR = "\r\x1b[K"  # to the beginning of the line, and the rest of it is erased


class ProgressLine:
    """How far the loading of a file has come: its name, the phase, rows, rate, and the time that is left."""

    def __init__(self, output: OutputWrapper):
        self.output, self.is_shown = output, output.isatty()
        self.file, self.rows, self.phase = "", 0, ""
        self.begun = self.next = time.monotonic()

    def __enter__(self):
        return self

    def __exit__(self, *error: object):
        self.write(CLEAR)

    def __call__(self, progress: Progress) -> None:
        """Write the line, unless the same phase was written a moment ago."""
        now = time.monotonic()
        if progress.rows == 0:
            self.file, self.rows, self.begun = progress.phase, 0, now
            return
        if progress.phase != self.phase and progress.share == 0:
            self.begun, self.rows = now, 0
        self.rows = self.rows if progress.rows is None else progress.rows
        if now >= self.next or progress.phase != self.phase:
            self.next, self.phase = now + LINE_SECONDS, progress.phase
            self.write(f"{CLEAR}{self.file}: {', '.join(self.parts(progress, now - self.begun))}")

    def parts(self, progress: Progress, seconds: float) -> list[str]:
        """Return what is said of the progress after some seconds."""
        said = [progress.phase, f"{progress.share:.0%}"]
        if self.rows:
            said.append(_("%(rows)s rows") % {"rows": f"{self.rows:,}"})
        if progress.rows and seconds:
            said.append(_("%(rate)s a second") % {"rate": f"{progress.rows / seconds:,.0f}"})
        if progress.share and seconds > 1:
            left = round(seconds * (1 - progress.share) / progress.share)
            said.append(ngettext("about %(left)d second left", "about %(left)d seconds left", left) % {"left": left})
        return said

    def write(self, text: str) -> None:
        """Write to the terminal at once, if there is one."""
        if self.is_shown:
            self.output.write(text, str, ending="")
            self.output.flush()
