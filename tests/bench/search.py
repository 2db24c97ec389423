"""Our search of all kinds of record, compared with a plain Django search of lessons: ``python -m tests.bench.search``.

Both are requested in turn, in one process and on the database M, and processor time is counted, as in
``tests.bench.mission``. The plain one has the same GIN index; it filters, ranks and marks lessons only.
"""

import sys

from tests.bench.mission import TIMES, once  # first: it sets Django up

from django.conf import settings  # isort: skip
from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank  # isort: skip
from django.db import connection  # isort: skip
from django.db.models import F  # isort: skip
from django.template import engines  # isort: skip
from django.test import Client, override_settings  # isort: skip
from django.urls import include, path  # isort: skip
from django.views.generic import ListView  # isort: skip

from lessons.models import Lesson  # isort: skip
from tests.bench.grow import grow  # isort: skip
from tests.databases import used  # isort: skip

WORDS = ["kosovo", "troops", "nato", "rules+of+engagement", "the+command"]
PAGE = """{% extends "base.html" %}{% block content %}<form><input name="q"></form>{{ page_obj.paginator.count }}
{% for row in object_list %}<h3><a href="{{ row.get_absolute_url }}">{{ row.title }}</a></h3>
<p>{{ row.headline|safe }}</p>{% endfor %}
{% for number in page_obj.paginator.page_range %}<a href="?page={{ number }}">{{ number }}</a>{% endfor %}
{% endblock %}"""


class StockSearch(ListView):
    """The search of lessons as a tutorial would write it."""

    paginate_by = 20

    def get_queryset(self):
        """Rank the lessons that have the words."""
        query = SearchQuery(self.request.GET["q"], search_type="websearch", config="english")
        ranked = Lesson.objects.published().filter(search=query).annotate(rank=SearchRank(F("search"), query))
        return ranked.annotate(headline=SearchHeadline("conclusion", query, config="english")).order_by("-rank")

    def get_template_names(self):
        """Use the template of this file."""
        return engines["django"].from_string(PAGE)


urlpatterns = [path("stock/search/", StockSearch.as_view()), path("", include("pkportal.urls"))]


def main() -> None:
    """Compare the searches for some words."""
    storages = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with (
        used(grow("M")),
        override_settings(
            STORAGES=storages,
            SECURE_SSL_REDIRECT=False,
            ALLOWED_HOSTS=["testserver"],
            ROOT_URLCONF="tests.bench.search",
        ),
    ):
        connection.ensure_connection()
        client = Client()
        for words in sys.argv[1:] or WORDS:
            times = [[once(client, f"{root}/search/?q={words}") for root in ("", "/stock")] for _ in range(TIMES)]
            ours, stock = (1000 * min(column[3:]) for column in zip(*times, strict=True))
            print(
                f"{words}: ours {ours:.1f} ms, stock {stock:.1f} ms: {stock / ours:.2f} times its rate (at least 0.8)"
            )


if __name__ == "__main__":
    main()
