"""Every kind of page in the admin answers hostile parameters without a server error and without a traceback."""

from itertools import cycle, product
from urllib.parse import quote_from_bytes, urlencode

from django.urls import reverse

from tests import make
from tests.editorial.pages import admin_url

VALUES = [
    *[b"", b"\0", b"+", b"%", b"-1", b"1.5", b"9" * 25, b"9" * 5000, b"nonsense", b"a__b", b"'\"<", b"NaN", b"1e400"],
    *[b"//[x", "http://\u2100/".encode()],  # addresses that cannot be read
    *["²".encode(), "٣".encode(), "\u2028".encode(), b"\xff\xfe", b"\xed\xb2\x80"],  # the last two are not UTF-8
]
LIST = ["q", "o", "p", "e", "all", "_facets", "_popup", "_to_field", "_changelist_filters", "id", "kind__exact", "\0"]
FORM = ["_to_field", "_popup", "_changelist_filters", "_source_model", "title", "kind", "sources", "mission"]
READ = {
    **dict.fromkeys(["changelist", "export"], LIST),
    **dict.fromkeys(["add", "change"], FORM),
    **dict.fromkeys(["history", "delete"], ["_to_field", "_popup", "p"]),
    "import": ["_to_field", "file"],
}
FORMS = ["events-TOTAL_FORMS", "events-INITIAL_FORMS", "events-0-id", "events-0-date", "version_tokens", "sources"]
SENT = {
    "changelist": ["action", "_selected_action", "select_across", "index", "form-TOTAL_FORMS"],
    **dict.fromkeys(["add", "change"], [*FORMS, "_to_field", "title", "mission", "published"]),
    "import": ["file", "csrfmiddlewaretoken"],
    "process_import": ["token"],
    "export": ["format"],
}
AUTOCOMPLETE = {"app_label": "missions", "model_name": "event", "field_name": "mission", "term": "", "page": "1"}
OTHERS = [
    *["/admin/?{}", "/admin/login/?next={}", "/admin/logout/?next={}", "/admin/jsi18n/?language={}", "/admin/{}/"],
    *["/admin/password_change/?next={}", "/admin/missions/{}/", "/admin/missions/event/{}/", "/admin/r/{}/{}/"],
    *[f"/admin/missions/event/{{}}/{page}/" for page in ["change", "history", "delete"]],
    *[f"/admin/auth/user/{{}}/{page}/" for page in ["change", "password", "delete"]],
]


def requests(records):
    """Yield method, address and data of requests; each page and parameter get some values, and all values get some."""
    values = cycle(VALUES)
    for (record, model_pages), is_sent in product(records.items(), [False, True]):
        for page, names in (SENT if is_sent else READ).items():
            if page not in model_pages:
                continue
            args = [record.pk] if page in {"change", "history", "delete"} else []
            address = admin_url(type(record), page, *args)
            for name in names:
                query = urlencode({name: next(values)})
                yield ("POST", address, query) if is_sent else ("GET", f"{address}?{query}", "")
    for name, value in product(AUTOCOMPLETE, VALUES[::2]):
        yield "GET", f"{reverse('admin:autocomplete')}?{urlencode({**AUTOCOMPLETE, name: value})}", ""
    for address in OTHERS:
        for value in [next(values) or b"x" for _ in range(2)]:
            yield "GET", address.replace("{}", quote_from_bytes(value, safe="")), ""


def test_no_request_is_a_server_error_or_leaves_a_traceback(client, admin_user, caplog):
    client.force_login(admin_user)
    client.raise_request_exception = False
    every_page = {*READ, *SENT}
    pages_of_accounts = {"changelist", "add", "change", "history", "delete"}
    records = {make.event(): every_page, admin_user: pages_of_accounts}
    number, wrong = 0, []

    for method, address, data in requests(records):
        number += 1
        response = client.generic(method, address, data, content_type="application/x-www-form-urlencoded")
        if response.status_code >= 500 or any(record.exc_info for record in caplog.records):
            wrong.append((response.status_code, method, address[:200], data[:200]))
        caplog.clear()

    assert wrong == []
    assert number > 200
