"""The way to the desk: who signs in gets there, and a form from elsewhere does not."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client


@pytest.mark.django_db
def test_signing_in_leads_to_the_desk_and_nowhere_else(client):
    get_user_model().objects.create_user("anna", password="correct horse", is_staff=True)
    known = {"username": "anna", "password": "correct horse"}

    for wish in ["", "//evil.example", "https://evil.example/"]:
        client.logout()
        assert client.post("/admin/login/", {**known, "next": wish}).url == "/admin/"


@pytest.mark.django_db
def test_a_form_from_nowhere_is_refused_in_words():
    page = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "anna"})

    assert page.status_code == 403
    assert "<h1>Not taken</h1>" in page.text
    assert "DEBUG" not in page.text
