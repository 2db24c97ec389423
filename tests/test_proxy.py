"""The portal behind nginx, configured as OPERATING.md says."""

import contextlib
import http.client
import re
import shutil
import socket
import ssl
import subprocess
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

from tests import databases, make
from tests.served import database, served

NGINX, OPENSSL = (shutil.which(name, path="/usr/sbin:/usr/local/sbin:/usr/bin:/bin") for name in ("nginx", "openssl"))
HOST = "record.example.org"
SILENT_CLIENTS = 12  # more than the portal has threads, fewer than nginx lets one address have

pytestmark = [
    pytest.mark.django_db,  # or nobody makes the database that the portal copies
    pytest.mark.skipif(not (NGINX and OPENSSL), reason="nginx or openssl is not installed."),
    pytest.mark.xdist_group("browser"),  # the other tests that serve the checkout's static files
]


@pytest.fixture(scope="module")
def portal(django_db_setup, django_db_blocker, tmp_path_factory):
    """Serve a portal with one source, as behind a proxy."""
    name = f"{connection.settings_dict['NAME']}_proxy"
    template = connection.settings_dict["NAME"]
    log = tmp_path_factory.mktemp("proxied") / "log"
    settings = {"SITE_URL": f"https://{HOST}", "BEHIND_PROXY": "yes", "ALLOWED_HOSTS": "127.0.0.1"}
    with django_db_blocker.unblock():
        connection.close()
        with database(name, template) as url:
            with databases.used(name):
                make.source()  # so that up does not load the whole record
            with served(url, log, **settings) as address:
                yield urlsplit(address).netloc


def documented_configuration():
    """Return the configuration that OPERATING.md shows."""
    text = (Path(__file__).parents[1] / "OPERATING.md").read_text()
    return re.search(r"```nginx\n(.*?)```", text, re.S)[1]


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture(scope="module")
def ports(portal, tmp_path_factory):
    """Run nginx in front of the portal, with a certificate of its own; return its ports for http and https."""
    folder = tmp_path_factory.mktemp("nginx")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        [OPENSSL, *["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1"]]
        + ["-subj", f"/CN={HOST}", "-keyout", key, "-out", certificate],
        check=True,
        capture_output=True,
    )
    plain, secure = free_port(), free_port()
    site = documented_configuration()
    for pattern, ours in [
        (r"listen \[::\].*;", ""),
        (r"listen 80;", f"listen 127.0.0.1:{plain};"),
        (r"listen 443 ", f"listen 127.0.0.1:{secure} "),
        (r"server 127\.0\.0\.1:8000;", f"server {portal};"),
        (r"ssl_certificate .*;", f"ssl_certificate {certificate};"),
        (r"ssl_certificate_key .*;", f"ssl_certificate_key {key};"),
    ]:
        site, changed = re.subn(pattern, ours, site)
        assert changed, f"OPERATING.md has no “{pattern}”"
    stores = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {folder}/pid; events {{}} http {{ access_log off; {stores} {site} }}"
    )
    command = [NGINX, "-p", folder, "-e", folder / "log", "-c", folder / "nginx.conf"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as nginx:
        wait_for_port(nginx, secure, folder / "log")
        yield plain, secure
        nginx.terminate()


def wait_for_port(nginx, port, log):
    for _ in range(600):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        assert nginx.poll() is None, f"nginx did not start:\n{log.read_text()}"
        time.sleep(0.05)
    raise AssertionError("nginx did not answer")


def unverified():
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def get(port, path, secure=True, **headers):
    options = {"timeout": 20}
    browser = (
        http.client.HTTPSConnection("127.0.0.1", port, context=unverified(), **options)
        if secure
        else http.client.HTTPConnection("127.0.0.1", port, **options)
    )
    with contextlib.closing(browser):
        browser.request("GET", path, headers={"Host": HOST, **headers})
        answer = browser.getresponse()
        return answer.status, answer.headers, answer.read()


def begin_upload(port, size):
    """Open a connection, and send the first nine bytes of a form."""
    headers = {
        "Host": HOST,
        "Origin": f"https://{HOST}",
        "Cookie": f"csrftoken={'a' * 32}",  # or the portal refuses the form without reading it
        "Content-Type": "application/x-www-form-urlencoded",
        "Content-Length": size,
    }
    lines = ["POST /admin/login/ HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items()), "", "username="]
    upload = unverified().wrap_socket(socket.create_connection(("127.0.0.1", port), timeout=20))
    upload.sendall("\r\n".join(lines).encode())
    return upload


def test_slow_uploads_hold_no_page(ports):
    _plain, secure = ports
    with contextlib.ExitStack() as held:
        for _ in range(SILENT_CLIENTS):
            held.enter_context(begin_upload(secure, 2000))

        status, _headers, body = get(secure, "/sources/")

    assert status == 200
    assert b"<h1" in body


def test_upload_that_is_too_large_is_refused_before_it_is_read(ports):
    _plain, secure = ports
    with begin_upload(secure, 12 * 2**20 + 1) as upload:
        assert upload.recv(100).startswith(b"HTTP/1.1 413 ")


def test_plain_http_leads_to_https_and_no_client_says_which_one_was_used(ports, portal):
    plain, secure = ports

    status, headers, _body = get(plain, "/sources/?q=a", secure=False)
    assert (status, headers["Location"]) == (301, f"https://{HOST}/sources/?q=a")

    status, headers, _body = get(secure, "/sources/", **{"X-Forwarded-Proto": "http"})
    assert status == 200
    assert "max-age" in headers["Strict-Transport-Security"]

    status, headers, _body = get(urlsplit(f"//{portal}").port, "/sources/", secure=False)
    assert (status, headers["Location"]) == (301, f"https://{HOST}/sources/")
