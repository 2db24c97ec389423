"""Short ids for parametrised tests, the same in each process: a pytest hook, imported by ``conftest.py``."""

MAX_LENGTH = 60


def pytest_make_parametrize_id(config, val, argname):
    """Return the beginning and the length of a long text; None leaves the id to pytest.

    Long bytes are called by their argument: those of a made workbook have the time in them.
    """
    if not isinstance(val, str | bytes) or len(val) <= MAX_LENGTH:
        return None
    if isinstance(val, bytes):
        return argname
    return f"{val[:MAX_LENGTH].encode('unicode_escape').decode()}... ({len(val)} characters)"
