"""What a reader's connection carries: a page as it is sent, and all that it asks for the first time."""

import re
from pathlib import Path

import brotli
from django.contrib.staticfiles import finders

ASKED = re.compile(r'(?:href|src)="/static/([^"]+\.(?:css|js|svg|woff2))"')


def html(client, address):
    """Give the bytes of a page, plain and as they are sent."""
    plain = client.get(address).content
    sent = client.get(address, headers={"accept-encoding": "gzip"})
    assert sent["Content-Encoding"] == "gzip"
    return len(plain), len(sent.content), plain.decode()


def sent(name):
    """Give the bytes of a static file as it is sent: fonts as they are, texts in Brotli."""
    content = Path(finders.find(name)).read_bytes()
    return len(content) if name.endswith(".woff2") else len(brotli.compress(content))


def weights(client, addresses):
    """Print for each page what it weighs, what a first visit to it carries, and what it carries as a next page."""
    print(f"{'page':<24}{'html kB':>9}{'sent':>7}{'first':>7}{'next':>7}   (at most 160 first, 50 next)")
    for address in addresses:
        plain, page, text = html(client, address)
        first = page + sum(map(sent, {*ASKED.findall(text)}))
        print(f"{address:<24}{plain / 1000:>9.1f}{page / 1000:>7.1f}{first / 1000:>7.1f}{page / 1000:>7.1f}")
