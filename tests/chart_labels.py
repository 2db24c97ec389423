"""Labels of charts as a browser draws them: which overlap each other, or leave their chart.

All charts of many pages are put on one page, each in the columns of its own, so that the browser has one page to open.
"""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

from tests.browser.lacking import CHROMIUM

WIDTHS = [390, 1440]  # of a phone and of a desk
FLAGS = ["--no-sandbox", "--disable-gpu", "--allow-file-access-from-files"]
WITHOUT_LABELS = re.compile(r"<(table|dl|p|form|ol)\b.*?</\1>", re.DOTALL)

# Empty what neither is nor holds a chart with labels; it keeps its place in the layout.
PRUNE = """() => {
    const prune = element => {
        for (const child of [...element.children]) {
            if (child.matches(".chart")) continue;
            if (child.querySelector(".chart text")) prune(child);
            else child.replaceChildren();
        }
    };
    document.querySelectorAll("main").forEach(prune);
    return document.fonts.ready.then(() => document.querySelectorAll("main .chart text").length);
}"""

FAULTS = """() => {
    const overlaps = (one, other) =>
        Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1
        && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 3;  // lines of text have air
    const leaves = (box, frame) =>
        box.left < frame.left - 1 || box.right > frame.right + 1
        || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
    return [...document.querySelectorAll(".chart svg")].flatMap(svg => {
        if (svg.parentElement.closest("svg") || !svg.checkVisibility()) return [];
        const chart = `${svg.closest("main").dataset.address}#${svg.closest(".chart").id}`;
        const frame = svg.getBoundingClientRect();
        const labels = [...svg.querySelectorAll("text")].filter(text => text.checkVisibility())
            .map(text => ({words: text.textContent.trim(), box: text.getBoundingClientRect()}));
        const outside = labels.filter(({box}) => leaves(box, frame)).map(({words}) => `${chart}: ${words} leaves it`);
        const covered = labels.flatMap((one, index) => labels.slice(index + 1)
            .filter(other => overlaps(one.box, other.box))
            .map(other => `${chart}: ${one.words} overlaps ${other.words}`));
        const points = [...svg.querySelectorAll(".dot")].map(dot => dot.getBoundingClientRect());
        const onPoints = labels.filter(({words, box}) => points.some(point => overlaps(box, point)))
            .map(({words}) => `${chart}: ${words} covers a point`);
        return [...outside, ...covered, ...onPoints];
    });
}"""


def label_faults(pages: dict[str, str], folder: Path) -> tuple[int, list[str]]:
    """Return the number of labels on all charts of these pages, by address, and what is wrong with any."""
    fonts = (settings.BASE_DIR / "static" / "fonts").as_uri()
    stylesheet = Path(finders.find("css/site.css")).read_text().replace("../fonts", fonts)
    mains = "".join(chart_columns(address, html) for address, html in pages.items() if "<text" in html)
    file = folder / "charts.html"
    file.write_text(f"<!doctype html><meta charset=utf-8><style>{stylesheet}</style><body>{mains}", encoding="utf-8")
    with ThreadPoolExecutor(1) as thread:  # Playwright leaves an event loop, in which Django refuses to work
        return thread.submit(measure, file.as_uri()).result()


def chart_columns(address: str, html: str) -> str:
    """Return the main part of a page, marked with its address, without tables and paragraphs."""
    main = html.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return f'<main data-address="{address}">{WITHOUT_LABELS.sub("", main)}</main>'


def measure(url: str) -> tuple[int, list[str]]:
    """Open a page of charts at each width; return the number of its labels and all faults."""
    from playwright.sync_api import sync_playwright  # not installed where no browser is to be tested

    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS) as browser:
        page = browser.new_page()
        page.goto(url)
        number = page.evaluate(PRUNE)
        faults = []
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            faults += [f"{width} px: {fault}" for fault in page.evaluate(FAULTS)]
    return number, faults
