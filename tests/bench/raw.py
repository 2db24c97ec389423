"""Pages that run the queries of one of ours and return a plain string, or JSON: the baseline for our own code."""

import json

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


def rows_as_json(request):
    """Run the statements, and write the rows of the last one as JSON."""
    *others, last = statements
    with connection.cursor() as cursor:
        for statement in others:
            cursor.execute(statement)
            cursor.fetchall()
        cursor.execute(last)
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return HttpResponse(json.dumps(rows, default=str), content_type="application/json")


urlpatterns = [path("raw/", page), path("raw/json/", rows_as_json), path("", include("pkportal.urls"))]
