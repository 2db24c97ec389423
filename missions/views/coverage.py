"""The page that shows for which missions and years the record has figures."""

from django.views.generic import TemplateView

from missions.charts.coverage import record_coverage


class CoveragePage(TemplateView):
    """Every mission and year at a glance; for an empty year the record has no figure."""

    template_name = "missions/coverage.html"

    def get_context_data(self, **kwargs):
        """Draw the grid, and count the missions without any figure."""
        grid = record_coverage()
        without_figures = sum(not row.squares for row in grid.rows)
        return super().get_context_data(
            **kwargs,
            grid=grid,
            total=len(grid.rows),
            without_figures=without_figures,
        )
