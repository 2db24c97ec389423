"""Every kind of page of the admin: axe-core in two views, and no scrolling sideways."""

import pytest
from django.contrib.auth.models import User

from tests import databases
from tests.browser.admin_pages import ADDRESSES, CHANGE_SETS, LISTS, STEPS, primary_keys
from tests.browser.conftest import ACCOUNTS, check_troubles, session_key, signed_in, watch
from tests.browser.pages import STATUS, shorten, unfold
from tests.browser.test_every_page import EXCESS_WIDTH, RULES, RULES_OF_LOOK, View, axe_faults, load_axe

VIEWS = {"light and wide": View("light", 1440, RULES), "dark and narrow": View("dark", 390, RULES_OF_LOOK)}


@pytest.fixture(scope="module")
def prepared(base_url, served_database):
    """Make an account of all roles, and what some of the pages show; return its session and the keys of records."""
    with databases.used(served_database):
        key = session_key("ada", *ACCOUNTS)
        return key, primary_keys(User.objects.get(username="ada"))


@pytest.fixture(scope="module")
def window(prepared, browser, browser_context_args, base_url):
    """Open one window for all tests of the module, and collect what its reader is not told."""
    context, troubles = browser.new_context(**browser_context_args), []
    watch(context, troubles)
    session, _keys = prepared
    yield signed_in(context, base_url, session), troubles
    context.close()


@pytest.fixture
def admin_page(window, request):
    """Lend the window, and fail the test for what its reader was not told."""
    page, troubles = window
    yield page
    check_troubles(request, [page], troubles)


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_page_of_the_admin_has_no_faults(admin_page, prepared, address):
    _session, keys = prepared
    assert admin_page.goto(address.format(**keys)).status == STATUS.get(address, 200)

    assert faults(admin_page) == {}


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_page_after_a_step_has_no_faults(admin_page, prepared, step):
    _session, keys = prepared
    step(admin_page, keys)

    assert faults(admin_page) == {}


def test_rows_of_the_widest_lists_fit_a_small_desk_and_a_phone(admin_page):
    excess = {}
    for address in [
        *(f"{LISTS}{kind}/" for kind in ["command", "contribution", "mission", "statedtotal"]),
        CHANGE_SETS,
    ]:
        admin_page.goto(address)
        for width in (1280, 390):
            admin_page.set_viewport_size({"width": width, "height": 720})
            excess[address, width] = admin_page.locator(".results").evaluate("it => it.scrollWidth - it.clientWidth")

    assert excess == dict.fromkeys(excess, 0)


def faults(page):
    """Return what axe finds in each view of a page, and by how much it is wider than the window."""
    unfold(page)
    shorten(page)
    load_axe(page)
    found = {}
    for name, view in VIEWS.items():
        found |= {f"{name}: {rule}": targets for rule, targets in axe_faults(page, view).items()}
        found |= {f"{name}: too wide": excess for excess in [page.evaluate(EXCESS_WIDTH)] if excess}
    return found
