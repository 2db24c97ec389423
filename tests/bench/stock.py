"""The list of contributions as plain Django code: default selects, ``as_p``, queries not optimised."""

from django.template import engines
from django.urls import include, path
from django_filters import FilterSet
from django_filters.views import FilterView

from missions.models import Contribution

PAGE = """{% extends "base.html" %}{% block content %}
<form>{{ filter.form.as_p }}<button>Filter</button></form>
<table>{% for row in object_list %}<tr>
<td>{{ row.as_of }}</td><td>{{ row.country }}</td><td>{{ row.mission }}</td>
<td>{{ row.quantity }} {{ row.get_unit_display }}</td>
<td>{{ row.get_kind_display }}</td><td>{{ row.get_basis_display }}</td><td>{{ row.source }}</td>
<td>{{ row.is_checked }}</td>
</tr>{% endfor %}</table>
{% for number in page_obj.paginator.page_range %}<a href="?page={{ number }}">{{ number }}</a>{% endfor %}
{% endblock %}"""


class StockFilter(FilterSet):
    """Filters with default selects."""

    class Meta:
        model = Contribution
        fields = ["mission", "country", "kind", "basis", "source"]


class StockList(FilterView):
    """The page as a tutorial would write it, with as many rows as ours."""

    model = Contribution
    filterset_class = StockFilter
    paginate_by = 50

    def get_template_names(self):
        """Use the template of this file."""
        return engines["django"].from_string(PAGE)


urlpatterns = [path("stock/contributions/", StockList.as_view()), path("", include("pkportal.urls"))]
