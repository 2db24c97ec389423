"""A page that runs the queries of one of ours and returns a plain string: the baseline for our own code."""

from django.db import connection
from django.http import HttpResponse
from django.urls import include, path

statements = []


def page(request):
    """Run the statements and discard their rows."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
            cursor.fetchall()
    return HttpResponse("A plain string.")


urlpatterns = [path("raw/", page), path("", include("pkportal.urls"))]
