"""The page that shows what is known of which mission in which year, and what is not."""

from django.views.generic import TemplateView

from missions.charts.coverage import record_coverage


class CoveragePage(TemplateView):
    """Every mission and year at a glance: a gap is a gap in what we know."""

    template_name = "missions/coverage.html"

    def get_context_data(self, **kwargs):
        """Draw the grid, and count the missions of which no figure is known at all."""
        drawn = record_coverage()
        rows, _ticks = drawn
        return super().get_context_data(
            **kwargs, drawn=drawn, total=len(rows), bare=sum(not row.squares for row in rows)
        )
