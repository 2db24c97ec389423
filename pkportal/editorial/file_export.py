"""Export in the admin: a list goes out as a file, as it is filtered."""

import logging

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ORDER_VAR
from django.core.exceptions import PermissionDenied
from django.http import FileResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from import_export.admin import ExportMixin

from pkportal.exchange.exporting import ExportForm, csv_lines, download_response, json_lines
from pkportal.exchange.xlsx_file import TextTooLong, write_xlsx

from .audit import EXPORTED, keep_act

_log = logging.getLogger("pkportal.editorial")


class ExportAdmin(ExportMixin, admin.ModelAdmin):
    """Export of django-import-export with a page of our own; ``resource_classes`` has the model's one class."""

    export_template_name = "admin/exchange/export.html"

    @property
    def file_resource(self):
        """Return the resource class of the model's file."""
        return self.resource_classes[0]

    def has_export_permission(self, request):
        """True for users who may view records."""
        return self.has_view_permission(request)

    def export_action(self, request):
        """Export all pages of the list as it is filtered."""
        if not self.has_export_permission(request):
            raise PermissionDenied
        try:
            records = self.get_export_queryset(request)
        except IncorrectLookupParameters:
            self.message_user(request, _("This list cannot be filtered like that."), messages.ERROR)
            return redirect(self.url_name("changelist"))
        if ORDER_VAR not in request.GET:
            records = records.order_by(*self.file_resource.key_order())  # as the command dump writes them
        form = ExportForm(request.POST) if request.method == "POST" else ExportForm()
        if form.is_valid():
            try:
                return self.export_file(request, records, form.cleaned_data["format"])
            except TextTooLong as error:
                form.add_error("format", str(error))
        title = _("Export %(records)s") % {"records": self.opts.verbose_name_plural}
        count, total = records.count(), self.model._base_manager.count()
        return self.render_page(request, self.export_template_name, title=title, form=form, count=count, total=total)

    def export_file(self, request, records, format):
        """Respond with a file under the name that ``load`` expects."""
        _log.info("export", {"file": f"{self.file_resource.name}.{format}", "rows": "all"})
        keep_act(request, EXPORTED, f"{self.file_resource.name}.{format}")
        if format == "xlsx":
            content = write_xlsx(self.file_resource, records, public=False)
            return FileResponse(content, as_attachment=True, filename=f"{self.file_resource.name}.xlsx")
        lines = {"csv": csv_lines, "json": json_lines}[format](self.file_resource, records, public=False)
        return download_response(lines, format, self.file_resource.name)

    def url_name(self, page):
        """Return the URL name of one of this admin's pages."""
        return f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_{page}"

    def render_page(self, request, template, **context):
        """Render an admin page about this model."""
        request.current_app = self.admin_site.name
        context = {**self.admin_site.each_context(request), "opts": self.opts, "media": self.media, **context}
        return TemplateResponse(request, template, context)
