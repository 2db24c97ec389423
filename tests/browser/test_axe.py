"""Accessibility: axe-core finds no fault on any page, in light and dark colours and on a narrow screen."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.pages import ALL, unfold, visit

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
SCREENS = {"light": ("light", 1280), "dark": ("dark", 1280), "narrow": ("light", 320)}


def faults_on(page):
    """Return the faults that axe finds, each with the first elements that have it."""
    faults = page.evaluate("options => axe.run(options)", OPTIONS)["violations"]
    return {fault["id"]: [node["target"] for node in fault["nodes"][:5]] for fault in faults}


def load_axe(page):
    page.evaluate(Axe().axe_script)  # not as a script of the page, which the page's own rules would refuse


@pytest.mark.parametrize("address", ALL.values(), ids=ALL)
def test_axe_finds_no_faults(page, address):
    visit(page, address)
    unfold(page)
    load_axe(page)

    faults = {}
    for screen, (scheme, width) in SCREENS.items():
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("Promise.all(document.getAnimations().map(it => it.finished))")  # the admin fades its colours
        faults[screen] = faults_on(page)

    assert faults == dict.fromkeys(SCREENS, {})


def test_axe_finds_faults_that_are_there(page):
    visit(page, "/about/")
    load_axe(page)
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<h6>Low</h6><img src=\"data:,\">')")

    assert faults_on(page) == {"heading-order": [["h6"]], "image-alt": [["img"]]}
