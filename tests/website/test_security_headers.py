"""What the site tells browsers and those who find a weakness."""

from datetime import UTC, datetime, timedelta

import pytest

ADDRESS = "/.well-known/security.txt"


def test_security_txt_names_the_contact_for_less_than_a_year(client, settings):
    settings.CONTACT, settings.SITE_URL = "mailto:desk@record.example", "https://record.example.org"

    page = client.get(ADDRESS)

    assert page["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in page.text.splitlines())
    expires = datetime.strptime(fields.pop("Expires"), "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert timedelta(days=30) < expires - datetime.now(UTC) < timedelta(days=365)
    assert fields == {
        "Contact": "mailto:desk@record.example",
        "Canonical": f"https://record.example.org{ADDRESS}",
        "Preferred-Languages": "en",
    }


@pytest.mark.django_db
def test_site_without_a_contact_has_no_security_txt(client, settings):
    settings.CONTACT = ""

    assert client.get(ADDRESS).status_code == 404


@pytest.mark.parametrize("path", ["/robots.txt", "/admin/login/"])
@pytest.mark.parametrize("feature", ["camera", "microphone", "geolocation", "payment", "usb"])
def test_pages_may_use_no_device(client, db, path, feature):
    assert f"{feature}=()" in client.get(path)["Permissions-Policy"].split(", ")
