"""A visitor's browser: Debian's Chromium on the whole record, watched on every page it opens; nothing is downloaded."""

import os
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils.text import slugify

from pkportal.editorial.roles import ROLES_WITH_SECOND_FACTOR
from tests import databases
from tests.browser.lacking import CHROMIUM, LACKING
from tests.browser.pages import PARTS, STATUS, shorten, unfold, visit
from tests.editorial.accounts import account
from tests.served import address_of, served

HERE = Path(__file__).parent
SCREENSHOTS = HERE.parents[1] / ".screenshots"
CONTACT = "mailto:desk@record.example"
DESK = {"width": 1280, "height": 720}
ACCOUNTS = {
    "Contributor": "clara",
    "Editor": "emil",
    "Publisher": "paula",
    "Data manager": "dora",
    "Administrator": "anton",
}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]

collect_ignore_glob = ["test_*.py"] if LACKING else []


@pytest.fixture(scope="session")
def portal_log(tmp_path_factory):
    """Return the file in which the portal writes what a terminal would show."""
    return tmp_path_factory.mktemp("portal") / "log"


@pytest.fixture(scope="session")
def served_database(record_database, django_db_blocker):
    """Return the name of a database with the whole record, which only the served portal changes.

    Playwright leaves an event loop in this thread: the database is allowed nevertheless.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"
    name = f"test_{connection.settings_dict['NAME'].removeprefix('test_')}_browser"
    with django_db_blocker.unblock():
        databases.copied(name, record_database)
        yield name
        databases.dropped(name)


@pytest.fixture(scope="session", autouse=True)
def base_url(served_database, portal_log):
    """Serve the whole record."""
    with served(address_of(served_database), portal_log, CONTACT=CONTACT) as address:
        yield address


@pytest.fixture(scope="session")
def session_keys(browser, base_url, served_database):
    """Make an account of each role, with a second factor where it needs one, and return their sessions.

    The portal is already served: its first account, which is the only one in an empty database, is there. Beside the
    browser's event loop Django has a connection of its own, which is closed before the browser is.
    """
    with databases.used(served_database):
        keys = {role: session_key(name, role) for role, name in ACCOUNTS.items()}
    yield keys
    connection.close()


@pytest.fixture
def page_of(new_context, base_url, session_keys):
    """Return a function that opens a window in which an account of a role is signed in: ``page_of("Editor")``."""

    def open_window(role, **options):
        return signed_in(new_context(**options), base_url, session_keys[role])

    return open_window


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
        watch(context, troubles)
        return context

    yield watched
    pages = [page for context in contexts for page in context.pages]
    check_troubles(request, pages, troubles)


@pytest.fixture(scope="session")
def reader(browser, browser_context_args):
    """One window for all tests that only read: a new one for each costs more than the reading."""
    context = browser.new_context(**browser_context_args)
    troubles = []
    watch(context, troubles)
    yield context.new_page(), troubles
    context.close()


@pytest.fixture(scope="module")
def opened(reader, request):
    """Open an address once for all tests of a module that read it, with the first rows of long tables and lists."""
    page, _troubles = reader
    visit(page, request.param)
    unfold(page)
    shorten(page)
    return page


@pytest.fixture
def read_page(opened, reader, request):
    """Lend the opened page as it was opened, and fail the test for what its reader was not told."""
    opened.set_viewport_size(DESK)
    opened.emulate_media(color_scheme="light")
    opened.evaluate("document.documentElement.style.fontSize = ''; document.activeElement.blur()")
    _page, troubles = reader
    yield opened
    check_troubles(request, [opened], troubles)


def session_key(name, *roles):
    """Sign in a new account of some roles."""
    user = account(name, *roles)
    if {*roles} & {*ROLES_WITH_SECOND_FACTOR}:
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": ""})
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def signed_in(context, base_url, key):
    """Open a window of a context with a session."""
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": base_url}])
    return context.new_page()


def watch(context, troubles):
    """Collect what a reader is not told."""
    context.on("console", lambda message: troubles.extend(complaints(message)))
    context.on("weberror", lambda error: troubles.append(f"error: {error.error}"))
    context.on("request", lambda request: troubles.extend(strangers(request)))


def check_troubles(request, pages, troubles):
    """Fail a test for its troubles, and keep a picture of the pages of a test that failed."""
    for page in pages:
        page.title()  # what the browser said before this has been heard
    if troubles or request.node.rep_call.failed:
        for number, page in enumerate(pages, 1):
            page.screenshot(path=SCREENSHOTS / f"{slugify(request.node.name)}-{number}.png")
    heard, troubles[:] = [*troubles], []
    assert heard == []


def complaints(message):
    """Keep errors and warnings, such as a breach of the content security policy; that a page is refused is none."""
    path = urlsplit(message.location["url"]).path
    is_known = ("ERR_CONNECTION_RESET" if path == PARTS else str(STATUS.get(path, "error"))) in message.text
    if message.type in {"error", "warning"} and not is_known:
        yield f"{message.type}: {message.text} ({message.location['url']})"


def strangers(request):
    address = urlsplit(request.url)
    if address.scheme not in {"data", "blob"} and address.hostname != "127.0.0.1":
        yield f"request to another host: {request.url}"
