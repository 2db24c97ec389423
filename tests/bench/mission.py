"""The page of a mission as plain Django code, compared with ours: ``.venv/bin/python -m tests.bench.mission [CODE …]``.

Both are requested in turn, in one process and on the configured database, and processor time is counted: that of Python
and that of the connection's server process. Reached on two shared cores: KFOR 43 ms, 1.5 times; ISAF 52 ms, 1.4 times.
"""

import os
import sys
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pkportal.settings")
django.setup()

from django.conf import settings  # noqa: E402 - Django first
from django.db import connection  # noqa: E402
from django.template import engines  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from django.urls import include, path  # noqa: E402
from django.views.generic import DetailView  # noqa: E402

from missions.models import Mission  # noqa: E402
from pkportal.content.changelog import change_days  # noqa: E402

TIMES = 20
PAGE = """{% extends "base.html" %}{% block content %}
<h1>{{ mission }}</h1>{{ mission.summary|linebreaks }}{{ mission.outcome|linebreaks }}
{% for host in mission.host_countries.all %}<a href="{{ host.get_absolute_url }}">{{ host }}</a>{% endfor %}
{% for aim in mission.objectives.all %}<p>{{ aim.text }} {{ aim.get_met_display }} {{ aim.met_source }}</p>{% endfor %}
{% for mandate in mission.mandates.all %}<h3><a href="{{ mandate.get_absolute_url }}">{{ mandate }}</a></h3>
{{ mandate.adopted }} {{ mandate.get_kind_display }} {{ mandate.is_checked }}
{% for source in mandate.sources.all %}<a href="{{ source.get_absolute_url }}">{{ source }}</a>{% endfor %}{% endfor %}
{% for command in mission.commands.all %}<h3><a href="{{ command.get_absolute_url }}">{{ command }}</a></h3>
{% for source in command.sources.all %}<a href="{{ source.get_absolute_url }}">{{ source }}</a>{% endfor %}
{% for post in command.appointments.all %}<p>{{ post.rank }} {{ post.person }} {{ post.country }} {{ post.from_date }}
{{ post.to_date }}{% for source in post.sources.all %}{{ source }}{% endfor %}</p>{% endfor %}{% endfor %}
<table>{% for figure in mission.contributions.all %}<tr><td>{{ figure.as_of }}</td><td>{{ figure.country }}</td>
<td>{{ figure.quantity }} {{ figure.get_unit_display }}</td><td>{{ figure.get_kind_display }}</td>
<td>{{ figure.get_basis_display }}</td><td>{{ figure.source }}</td><td>{{ figure.is_checked }}</td></tr>
{% endfor %}</table>
<table>{% for total in mission.stated_totals.all %}<tr><td>{{ total.as_of }}</td><td>{{ total.total }}</td>
<td>{{ total.source }}</td></tr>{% endfor %}</table>
{% for event in mission.events.all %}<h3>{{ event.date }} {{ event }}</h3>{{ event.text|linebreaks }}
{% for source in event.sources.all %}<a href="{{ source.get_absolute_url }}">{{ source }}</a>{% endfor %}{% endfor %}
{% for challenge in mission.challenges.all %}<h3>{{ challenge.theme }}: {{ challenge }}</h3>
{{ challenge.text|linebreaks }}{% for source in challenge.sources.all %}{{ source }}{% endfor %}{% endfor %}
{% for lesson in mission.lessons.all %}<a href="{{ lesson.get_absolute_url }}">{{ lesson }}</a>
{{ lesson.get_maturity_display }}{{ lesson.conclusion|linebreaks }}{% endfor %}
<table>{% for row in mission.fatalities.all %}<tr><td>{{ row.country }}</td><td>{{ row.cumulative }}</td></tr>
{% endfor %}</table>
{% for topic in mission.topics.all %}<a href="{{ topic.get_absolute_url }}">{{ topic }}</a>{% endfor %}
<ol>{% for source in mission.sources.all %}<li><a href="{{ source.get_absolute_url }}">{{ source }}</a></li>{% endfor %}
</ol>{% for change in changes %}<p>{{ change.day }} {{ change.changes|join:", " }}</p>{% endfor %}
{% endblock %}"""
RELATIONS = [
    "host_countries",
    "objectives__met_source",
    "mandates__sources",
    "commands__sources",
    "commands__appointments__country",
    "commands__appointments__sources",
    "contributions__country",
    "contributions__source",
    "stated_totals__source",
    "events__sources",
    "challenges__theme",
    "challenges__sources",
    "lessons",
    "fatalities__country",
    "topics",
    "sources",
    "predecessors",
    "successors",
]


class StockPage(DetailView):
    """The page as a tutorial would write it: it loops over the same relations, prefetched."""

    model = Mission
    slug_field = slug_url_kwarg = "code"

    def get_queryset(self):
        """Load public missions with all their relations."""
        return Mission.objects.published().prefetch_related(*RELATIONS)

    def get_context_data(self, **kwargs):
        """Add the log of changes, which has no stock idiom."""
        return super().get_context_data(changes=change_days(self.object), **kwargs)

    def get_template_names(self):
        """Use the template of this file."""
        return engines["django"].from_string(PAGE)


urlpatterns = [path("stock/missions/<slug:code>/", StockPage.as_view()), path("", include("pkportal.urls"))]


def processor_seconds() -> float:
    """Return the processor time of this process and of its server process so far."""
    server = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text()
    return time.process_time() + int(server.split()[0]) / 1e9


def once(client: Client, address: str) -> float:
    """Return the processor time of one response."""
    start = processor_seconds()
    assert client.get(address).status_code == 200
    return processor_seconds() - start


def main() -> None:
    """Compare the pages of some missions."""
    storages = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    connection.ensure_connection()
    with override_settings(
        STORAGES=storages, SECURE_SSL_REDIRECT=False, ALLOWED_HOSTS=["testserver"], ROOT_URLCONF="tests.bench.mission"
    ):
        client = Client()
        for code in sys.argv[1:] or ["kfor", "isaf"]:
            times = [[once(client, f"{root}/missions/{code}/") for root in ("", "/stock")] for _ in range(TIMES)]
            ours, stock = (1000 * min(column[3:]) for column in zip(*times, strict=True))
            print(f"{code}: ours {ours:.1f} ms, a stock loop {stock:.1f} ms: {stock / ours:.2f} times its rate (1.5)")


if __name__ == "__main__":
    main()
