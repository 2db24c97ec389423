"""axe-core finds nothing to mend, in light, in dark, and on the narrowest screen."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.pages import ALL, unfold, visit

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
QUESTION = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
LOOKS = {"light": ("light", 1280), "dark": ("dark", 1280), "narrow": ("light", 320)}


def found(page):
    """Ask axe, and name each fault with the first places that have it."""
    faults = page.evaluate("question => axe.run(question)", QUESTION)["violations"]
    return {fault["id"]: [node["target"] for node in fault["nodes"][:5]] for fault in faults}


def load_axe(page):
    page.evaluate(Axe().axe_script)  # not as a script of the page, which the page's own rules would refuse


@pytest.mark.parametrize("address", ALL.values(), ids=ALL)
def test_axe_finds_nothing(page, address):
    visit(page, address)
    unfold(page)
    load_axe(page)

    faults = {}
    for look, (scheme, width) in LOOKS.items():
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("Promise.all(document.getAnimations().map(it => it.finished))")  # the desk fades its colours
        faults[look] = found(page)

    assert faults == dict.fromkeys(LOOKS, {})


def test_axe_would_find_what_is_wrong(page):
    visit(page, "/about/")
    load_axe(page)
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<h6>Low</h6><img src=\"data:,\">')")

    assert found(page) == {"heading-order": [["h6"]], "image-alt": [["img"]]}
