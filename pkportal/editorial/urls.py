"""URLs of signing in and of pages of no model, which stand before those of Django's admin; there is no sign-up."""

from allauth.account import views
from django.contrib import admin
from django.urls import include, path, re_path

from .audit_page import audit_file, audit_page
from .mail_page import mail_page
from .markdown_editor import markdown_preview, source_choices
from .roles_page import roles_page
from .shortcuts import shortcuts_page

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("confirm/", views.reauthenticate, name="account_reauthenticate"),
    path("password_change/", views.password_change, name="account_change_password"),
    path("password_change/first/", views.password_set, name="account_set_password"),
    path("password_reset/", views.password_reset, name="account_reset_password"),
    path("password_reset/done/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password_reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",  # a key has hyphens of its own
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password_reset/changed/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("audit/", admin.site.admin_view(audit_page), name="audit"),
    path("audit/audit-log.csv", admin.site.admin_view(audit_file), name="audit_file"),
    path("mail/", admin.site.admin_view(mail_page), name="mail_choice"),
    path("markdown/preview/", admin.site.admin_view(markdown_preview), name="markdown_preview"),
    path("markdown/sources/", admin.site.admin_view(source_choices), name="source_choices"),
    path("roles/", admin.site.admin_view(roles_page), name="roles"),
    path("shortcuts/", admin.site.admin_view(shortcuts_page), name="shortcuts"),
    path("second-factor/", include("allauth.mfa.urls")),
]
