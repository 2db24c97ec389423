"""Export in the admin: a list goes out as a file, as it is filtered."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ORDER_VAR
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.admin import ExportMixin

from pkportal.exchange.exporting import download_response, export_response
from pkportal.exchange.file_names import file_name
from pkportal.exchange.xlsx_writing import TooLargeForWorkbook
from pkportal.website.packages import Selection, package

from .audit import EXPORTED, keep_act


class ExportForm(forms.Form):
    """The format of a file, and whether it has columns that explain it."""

    format = forms.ChoiceField(
        label=gettext_lazy("Format"),
        choices=[
            ("csv", gettext_lazy("CSV: for programs and spreadsheets; the same rows as the command dump writes")),
            ("xlsx", gettext_lazy("XLSX: for a spreadsheet")),
            ("json", gettext_lazy("JSON: for programs")),
            ("jsonl", gettext_lazy("JSON Lines: for programs, one record a line")),
            ("zip", gettext_lazy("ZIP: the CSV file with the meaning of its columns, the licence and how to cite it")),
        ],
        initial="csv",
        widget=forms.RadioSelect,
    )
    is_explained = forms.BooleanField(
        label=gettext_lazy("With columns that explain the codes: names, words, sources and permanent addresses"),
        help_text=gettext_lazy("An import passes over them."),
        required=False,
    )


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
                return self.export_file(request, records, **form.cleaned_data)
            except TooLargeForWorkbook as error:
                form.add_error("format", str(error))
        title = _("Export %(records)s") % {"records": self.opts.verbose_name_plural}
        count, total = records.count(), self.model._base_manager.count()
        return self.render_page(request, self.export_template_name, title=title, form=form, count=count, total=total)

    def export_file(self, request, records, format, is_explained):
        """Respond with a file whose name says what it has; ``load`` knows its table by the beginning of the name."""
        resource, name = self.file_resource, file_name(self.file_resource.name, request.GET)
        if format == "zip":
            blocks = package(self.selection(request), resource, records, is_explained, name, public=False)
            response = download_response(blocks, format, name)
        else:
            response = export_response(resource, records, format, name, public=False, is_explained=is_explained)
        keep_act(request, EXPORTED, f"{name}.{format}")
        return response

    def selection(self, request):
        """Return what the list shows, with its filters in words."""
        changes = self.get_changelist_instance(request)
        used = [it for it in changes.filter_specs if any(name in request.GET for name in it.expected_parameters())]
        chosen = [(it.title, choice["display"]) for it in used for choice in it.choices(changes) if choice["selected"]]
        words = [(_("search"), changes.query)] if changes.query else []
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        address = f"{settings.SITE_URL}{reverse(self.url_name('changelist'))}{query}"
        filters = [f"{title}: {value}" for title, value in [*chosen, *words]]
        return Selection(str(self.opts.verbose_name_plural).capitalize(), filters, address)

    def url_name(self, page):
        """Return the URL name of one of this admin's pages."""
        return f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_{page}"

    def render_page(self, request, template, **context):
        """Render an admin page about this model."""
        request.current_app = self.admin_site.name
        context = {**self.admin_site.each_context(request), "opts": self.opts, "media": self.media, **context}
        return TemplateResponse(request, template, context)
