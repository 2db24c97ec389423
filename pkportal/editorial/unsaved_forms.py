"""Forms that were not saved: what was typed is kept for its account, or for a browser until somebody signs in."""

from datetime import datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone

from .addresses import FROM_SET, ROW
from .models import UnsavedForm

MAX_TYPED = 512 * 1024  # characters of one form
KEPT_FOR = timedelta(days=30)
KEPT_FOR_SIGNED_OUT = timedelta(days=1)
MAX_SIGNED_OUT = 200  # forms; anybody can send some
BROWSER_COOKIE = "unsaved_forms"

SAVED = """
WITH closed AS (DELETE FROM editorial_openform WHERE account_id = %(account)s AND address = %(address)s)
DELETE FROM editorial_unsavedform WHERE account_id = %(account)s AND address = %(address)s
"""


def address_of_form(request: HttpRequest) -> str:
    """Return the address by which a form is known: without the parts of a query that only fill it in."""
    query = draft_query(request)
    return f"{request.path}?{query}"[:300] if query else request.path[:300]


def draft_query(request: HttpRequest) -> str:
    """Return the part of the query of a form that says which draft it shows."""
    return urlencode({name: request.GET[name] for name in (ROW, FROM_SET) if request.GET.get(name)})


def typed_in(request: HttpRequest) -> str:
    """Return what was typed in a form that was sent; which button was pressed and the token are left out."""
    typed = request.POST.copy()
    for name in [name for name in typed if name.startswith("_") or name == "csrfmiddlewaretoken"]:
        del typed[name]
    return typed.urlencode()


def keep_for_account(request: HttpRequest) -> datetime | None:
    """Keep a form that was sent for the account that sent it; None if it is too long."""
    data = typed_in(request)
    if len(data) > MAX_TYPED:
        return None
    values = {"data": data, "kept_at": timezone.now()}
    _form, is_new = UnsavedForm.objects.update_or_create(values, account=request.user, address=address_of_form(request))
    if is_new:
        forget_old()
    return values["kept_at"]


def keep_for_browser(request: HttpRequest, response: HttpResponse, address: str = "") -> None:
    """Keep what was sent after the session had ended, and give the browser the name it is kept under.

    It is known by the address of its form, unless another is named.
    """
    data = typed_in(request)
    if len(data) > MAX_TYPED:
        return
    browser = browser_of(request) or uuid4()
    values = {"data": data, "kept_at": timezone.now()}
    UnsavedForm.objects.update_or_create(values, browser=browser, address=(address or address_of_form(request))[:300])
    forget_old()
    response.set_cookie(
        BROWSER_COOKIE,
        str(browser),
        max_age=KEPT_FOR_SIGNED_OUT,
        path=reverse("admin:index"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget_browser(response: HttpResponse) -> None:
    """Take the name away from a browser again."""
    response.delete_cookie(BROWSER_COOKIE, path=reverse("admin:index"))


def browser_of(request: HttpRequest) -> UUID | None:
    """Return the name under which forms of a browser are kept."""
    try:
        return UUID(request.COOKIES.get(BROWSER_COOKIE, ""))
    except ValueError:
        return None


def take_over(request: HttpRequest) -> None:
    """Give the account of a request the forms that its browser sent before it signed in."""
    browser = browser_of(request)
    if browser is None:
        return
    with transaction.atomic():
        kept = UnsavedForm.objects.filter(browser=browser, kept_at__gt=Now() - KEPT_FOR_SIGNED_OUT)
        addresses = [*kept.select_for_update().values_list("address", flat=True)]
        UnsavedForm.objects.filter(account=request.user, address__in=addresses).delete()
        kept.update(account=request.user, browser=None)


def unsaved_form(request: HttpRequest) -> UnsavedForm | None:
    """Return what an account typed in the form of a request and has not saved."""
    return UnsavedForm.objects.filter(account=request.user, address=address_of_form(request)).first()


def forget(user: User, address: str) -> None:
    """Forget what an account typed in a form: it has saved it, or does not want it any more."""
    UnsavedForm.objects.filter(account=user, address=address).delete()


def forget_saved(user: User, address: str) -> None:
    """Forget what was typed in a form that is saved, and that its account has it open."""
    with connection.cursor() as cursor:
        cursor.execute(SAVED, {"account": user.pk, "address": address})


def forget_old() -> None:
    """Forget forms that nobody came back for, and of those that were sent signed out all but the newest."""
    UnsavedForm.objects.filter(kept_at__lte=Now() - KEPT_FOR).delete()
    signed_out = UnsavedForm.objects.filter(account=None)
    signed_out.filter(kept_at__lte=Now() - KEPT_FOR_SIGNED_OUT).delete()
    newest = signed_out.order_by("-kept_at", "-pk").values("pk")[:MAX_SIGNED_OUT]
    signed_out.exclude(pk__in=[row["pk"] for row in newest]).delete()


def data_of(form: UnsavedForm) -> QueryDict:
    """Return what was typed as it was sent."""
    return QueryDict(form.data)
