"""Lists as plain Django code: a light form without choices from the database, no facets, queries not optimised."""

import django_filters as filters
from django.template import engines
from django.urls import include, path
from django_filters.views import FilterView

from lessons.models import Lesson
from missions.models import Contribution, Mission

PAGE = """{%% extends "base.html" %%}{%% block content %%}
<form>{{ filter.form.as_p }}<button>Filter</button></form>
<p>{{ page_obj.paginator.count }} rows</p>
<table>{%% for row in object_list %%}<tr>%s</tr>{%% endfor %%}</table>
{%% if page_obj.has_next %%}<a href="?page={{ page_obj.next_page_number }}">Next</a>{%% endif %%}
{%% endblock %%}"""


class StockList(FilterView):
    """The page as a tutorial would write it, with as many rows as ours."""

    paginate_by = 50
    row = ""

    def get_template_names(self):
        """Use the template of this file."""
        return engines["django"].from_string(PAGE % self.row)


class StockContributions(StockList):
    """Figures of published missions."""

    queryset = Contribution.objects.filter(mission__status="published").order_by("-as_of", "pk")
    row = """<td>{{ row.as_of }}</td><td>{{ row.country }}</td><td>{{ row.mission }}</td>
        <td>{{ row.quantity }} {{ row.get_unit_display }}</td>
        <td>{{ row.get_kind_display }}</td><td>{{ row.get_basis_display }}</td><td>{{ row.source }}</td>
        <td>{{ row.is_checked }}</td>"""

    class filterset_class(filters.FilterSet):  # noqa: N801 - Django's name
        """Filters named as ours are."""

        mission = filters.CharFilter("mission__code")
        country = filters.CharFilter("country__iso3")
        date = filters.CharFilter("as_of")
        checked = filters.CharFilter(method="is_checked")

        class Meta:
            model = Contribution
            fields = ["kind", "basis", "unit"]

        def is_checked(self, queryset, name, value):
            """Filter by yes or no."""
            return queryset.filter(is_checked=value == "yes")


class StockMissions(StockList):
    """Published missions."""

    queryset = Mission.objects.filter(status="published")
    row = """<td>{{ row.name }}</td><td>{{ row.get_type_display }}</td><td>{{ row.get_region_display }}</td>
        <td>{{ row.start_date }}</td><td>{{ row.end_date }}</td><td>{{ row.get_state_display }}</td>
        <td>{% for country in row.host_countries.all %}{{ country }} {% endfor %}</td><td>{{ row.is_checked }}</td>"""

    class filterset_class(filters.FilterSet):  # noqa: N801
        """Filters named as ours are."""

        status = filters.CharFilter("state")
        host = filters.CharFilter("host_countries__iso3")
        contributor = filters.CharFilter("contributions__country__iso3", distinct=True)
        command = filters.CharFilter("commands__code", distinct=True)
        mandate = filters.CharFilter("mandates__kind", distinct=True)

        class Meta:
            model = Mission
            fields = ["type", "region"]


class StockLessons(StockList):
    """Published lessons."""

    queryset = Lesson.objects.filter(status="published")
    row = """<td>{{ row.number }}</td><td>{{ row.title }}</td><td>{{ row.get_maturity_display }}</td>
        <td>{{ row.conclusion|truncatewords:28 }}</td>
        <td>{% for mission in row.missions.all %}{{ mission }} {% endfor %}</td>
        <td>{% for theme in row.themes.all %}{{ theme }} {% endfor %}</td><td>{{ row.is_checked }}</td>"""

    class filterset_class(filters.FilterSet):  # noqa: N801
        """Filters named as ours are."""

        mission = filters.CharFilter("missions__code")
        theme = filters.CharFilter("themes__code")
        dotmlpfi = filters.CharFilter("dotmlpfi", "contains", method="has_line")
        checked = filters.CharFilter(method="is_checked")

        class Meta:
            model = Lesson
            fields = ["maturity", "kind"]

        def has_line(self, queryset, name, value):
            """Filter by one line of remedy."""
            return queryset.filter(dotmlpfi__contains=[value])

        def is_checked(self, queryset, name, value):
            """Filter by yes or no."""
            return queryset.filter(is_checked=value == "yes")


urlpatterns = [
    path("stock/contributions/", StockContributions.as_view()),
    path("stock/missions/", StockMissions.as_view()),
    path("stock/lessons/", StockLessons.as_view()),
    path("", include("pkportal.urls")),
]
