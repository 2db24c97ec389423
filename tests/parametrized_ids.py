"""Short ids for parametrised tests: a pytest hook, imported by ``conftest.py``."""

MAX_LENGTH = 60


def pytest_make_parametrize_id(config, val, argname):
    """Return the beginning and the length of a long text; None leaves the id to pytest."""
    if not isinstance(val, str | bytes) or len(val) <= MAX_LENGTH:
        return None
    text = val if isinstance(val, str) else val.decode("ascii", "replace")
    return f"{text[:MAX_LENGTH].encode('unicode_escape').decode()}... ({len(val)} characters)"
