"""The list of contributions as the stock idiom makes it: default selects, ``as_p``, no thought of queries."""

from django.template import engines
from django.urls import include, path
from django_filters import FilterSet
from django_filters.views import FilterView

from missions.models import Contribution

PAGE = """{% extends "base.html" %}{% block content %}
<form>{{ filter.form.as_p }}<button>Filter</button></form>
<table>{% for it in object_list %}<tr>
<td>{{ it.as_of }}</td><td>{{ it.country }}</td><td>{{ it.mission }}</td>
<td>{{ it.quantity }} {{ it.get_unit_display }}</td>
<td>{{ it.get_kind_display }}</td><td>{{ it.get_basis_display }}</td><td>{{ it.source }}</td>
<td>{{ it.is_checked }}</td>
</tr>{% endfor %}</table>
{% for number in page_obj.paginator.page_range %}<a href="?page={{ number }}">{{ number }}</a>{% endfor %}
{% endblock %}"""


class StockFilter(FilterSet):
    """Every choice a select of its own making."""

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
