"""The front page: what the record holds and where to begin."""

from django.views.generic import TemplateView


class Home(TemplateView):
    """The ways into the record."""

    template_name = "home.html"
