"""A page that asks what one of ours asks, and says a plain string: what our own work is measured against."""

from django.db import connection
from django.http import HttpResponse
from django.urls import include, path

statements = []


def page(request):
    """Run the statements and throw their rows away."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
            cursor.fetchall()
    return HttpResponse("A plain string.")


urlpatterns = [path("raw/", page), path("", include("pkportal.urls"))]
