"""The size of a page as it is sent, and of all files that a first visit loads with it."""

import re
from pathlib import Path

import brotli
from django.contrib.staticfiles import finders

STATIC_FILE = re.compile(r'(?:href|src)="/static/([^"]+\.(?:css|js|svg|woff2))"')


def html(client, address):
    """Return the size of a page, plain and as it is sent, and its text."""
    plain = client.get(address).content
    sent = client.get(address, headers={"accept-encoding": "gzip"})
    assert sent["Content-Encoding"] == "gzip"
    return len(plain), len(sent.content), plain.decode()


def sent(name):
    """Return the size of a static file as it is sent: fonts as they are, texts in Brotli."""
    content = Path(finders.find(name)).read_bytes()
    return len(content) if name.endswith(".woff2") else len(brotli.compress(content))


def weights(client, addresses):
    """Print for each page its size, and what a first visit and a later visit load."""
    print(f"{'page':<24}{'html kB':>9}{'sent':>7}{'first':>7}{'next':>7}   (at most 160 first, 50 next)")
    for address in addresses:
        plain, page, text = html(client, address)
        first = page + sum(map(sent, {*STATIC_FILE.findall(text)}))
        print(f"{address:<24}{plain / 1000:>9.1f}{page / 1000:>7.1f}{first / 1000:>7.1f}{page / 1000:>7.1f}")
