"""Pages of every kind with examples from the record, how a browser opens them, and what they tell."""

from playwright.sync_api import expect

MISSING = "/missions/never-was/"
STATUS = {MISSING: 404, "/admin/nothing/": 404, "/admin/changes/changeset/add/": 403}  # of others it is 200
PARTS = "/admin/missions/contribution/import/part/"  # whose connection a test breaks

KINDS = {
    "home": "/",
    "missions": "/missions/",
    "missions on a timeline": "/missions/?view=timeline",
    "missions on a map": "/missions/?view=map",
    "a long mission": "/missions/kfor/",
    "contributions": "/contributions/",
    "coverage": "/coverage/",
    "countries": "/countries/",
    "a country": "/countries/LVA/",
    "mandates": "/mandates/",
    "a mandate": "/mandates/unscr-1244-kfor/",
    "commands": "/commands/",
    "a command": "/commands/hq-kfor/",
    "lessons": "/lessons/",
    "a lesson": "/lessons/PK-L-0001/",
    "challenges": "/challenges/",
    "themes": "/themes/",
    "a theme": "/themes/political-legal/",
    "a topic": "/topics/nato-in-libya/",
    "sources": "/sources/",
    "a source": "/sources/un-sres-1244/",
    "search, some found": "/search/?q=kosovo",
    "data": "/data/",
    "about": "/about/",
    "glossary": "/glossary/",
    "no page": MISSING,
}
# The same kinds in other states, with the same controls.
STATES = {
    "missions as cards": "/missions/?view=cards&type=peacekeeping",
    "missions, none found": "/missions/?q=qqzzx",
    "missions, invalid filter": "/missions/?active_in=1",
    "an empty mission": "/missions/agile-genie/",
    "contributions of one date, added up": "/contributions/?mission=kfor&kind=troops&basis=deployed&date=2017-02",
    "contributions that are not added": "/contributions/?mission=unified-protector",
    "a mission on another date": "/missions/ocean-shield/?on=2012-06",
    "topics": "/topics/",
    "search": "/search/",
    "search, one kind": "/search/?q=kosovo&kind=lesson",
    "search, field words": "/search/?q=nation:italy+type:peacekeeping",
    "search, unknown field value": "/search/?q=nation:itly",
    "search, misspelt word": "/search/?q=embrago",
    "search, none found": "/search/?q=qqzzx",
}
READ = KINDS | STATES
SIGN_IN = {"admin login": "/admin/login/"}


def visit(page, address):
    """Open a page; it must have the expected status and a content security policy."""
    response = page.goto(address)
    assert response.status == STATUS.get(address, 200)
    assert "default-src 'self'" in response.headers["content-security-policy"].split("; ")


def unfold(page):
    """Open all details elements, so that their content is tested too."""
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")


def shorten(page):
    """Take away the later rows, choices and marks: they are made like the first, and each takes time to test."""
    later = "tbody tr:nth-child(n+7), :is(li, label, option, dl > div, svg a):nth-child(n+9)"
    page.evaluate("later => document.querySelectorAll(later).forEach(row => row.remove())", later)


def told(page, words):
    """Expect a message of the admin."""
    expect(page.locator(".messagelist")).to_contain_text(words)
