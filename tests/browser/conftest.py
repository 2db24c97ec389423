"""A visitor's browser: Debian's Chromium on the whole record, watched on every page it opens; nothing is downloaded."""

import os
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.utils.text import slugify

from tests.browser.lacking import CHROMIUM, LACKING
from tests.browser.pages import MISSING
from tests.browser.site import database, served

HERE = Path(__file__).parent
SCREENSHOTS = HERE.parents[1] / ".screenshots"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]

collect_ignore_glob = ["test_*.py"] if LACKING else []


@pytest.fixture(scope="session", autouse=True)
def base_url(django_db_blocker, tmp_path_factory):
    """Serve the portal, and allow the database in a thread in which Playwright has left an event loop."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"
    log = tmp_path_factory.mktemp("portal") / "log"
    name = f"test_{connection.settings_dict['NAME'].removeprefix('test_')}_browser"
    with django_db_blocker.unblock(), database(name) as url, served(url, log) as address:
        yield address


@pytest.fixture(scope="session", autouse=True)
def no_old_screenshots():
    shutil.rmtree(SCREENSHOTS, ignore_errors=True)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": FLAGS}


@pytest.fixture
def new_context(new_context, request):
    """Watch every page of a test, and fail the test for what its reader was not told."""
    troubles, contexts = [], []

    def watched(**options):
        context = new_context(**options)
        contexts.append(context)
        context.on("console", lambda message: troubles.extend(complaints(message)))
        context.on("weberror", lambda error: troubles.append(f"error: {error.error}"))
        context.on("request", lambda request: troubles.extend(strangers(request)))
        return context

    yield watched
    pages = [page for context in contexts for page in context.pages]
    for page in pages:
        page.title()  # what the browser said before this has been heard
    if troubles or request.node.rep_call.failed:
        for number, page in enumerate(pages, 1):
            page.screenshot(path=SCREENSHOTS / f"{slugify(request.node.name)}-{number}.png")
    assert troubles == []


def complaints(message):
    """Keep errors and warnings, such as a breach of the content security policy; that a page is missing is none."""
    is_known = urlsplit(message.location["url"]).path == MISSING and "404" in message.text
    if message.type in {"error", "warning"} and not is_known:
        yield f"{message.type}: {message.text} ({message.location['url']})"


def strangers(request):
    address = urlsplit(request.url)
    if address.scheme not in {"data", "blob"} and address.hostname != "127.0.0.1":
        yield f"request to another host: {request.url}"
