"""The portal is installed from the releases that it was tested with, each known by its hashes."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = re.compile(r"^(\S+==\S+)(.*?)(?=^\S|\Z)", re.MULTILINE | re.DOTALL)
PIN = re.compile(r"^([\w-]+)(?:\[\S+\])?==(\S+)", re.MULTILINE)


def locked(path):
    """Return the hashes of each package and release in a lock file."""
    text = (ROOT / path).read_text()
    return {package: {*re.findall(r"sha256:\w+", rest)} for package, rest in PACKAGE.findall(text)}


def test_portal_is_installed_from_the_releases_that_it_is_tested_with():
    installed = locked("requirements.lock")

    assert all(installed.values())
    assert installed.items() <= locked("tests/requirements.lock").items()


def test_lock_files_have_what_the_requirements_ask_for():
    for folder in ["", "tests/"]:
        pins = PIN.findall((ROOT / folder / "requirements.txt").read_text())

        assert {f"{name.lower()}=={release}" for name, release in pins} <= locked(f"{folder}requirements.lock").keys()
