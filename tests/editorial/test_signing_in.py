"""Signing in to the admin, and protection against forms from other sites."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client


@pytest.mark.django_db
def test_login_redirects_to_the_admin_and_to_no_other_site(client):
    get_user_model().objects.create_user("anna", password="correct horse", is_staff=True)
    credentials = {"username": "anna", "password": "correct horse"}

    for target in ["", "//evil.example", "https://evil.example/"]:
        client.logout()
        assert client.post("/admin/login/", {**credentials, "next": target}).url == "/admin/"


@pytest.mark.django_db
def test_form_without_a_csrf_token_is_refused_with_a_page():
    page = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "anna"})

    assert page.status_code == 403
    assert "<h1>Not taken</h1>" in page.text
    assert "DEBUG" not in page.text
