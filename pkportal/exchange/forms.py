"""What the desk asks before a file comes in or goes out."""

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

MAX_UPLOAD_SIZE = 10 * 1024 * 1024


class UploadForm(forms.Form):
    """One file, of either kind: which one it is shows when it is read."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or XLSX, at most %(size)s. Encoding and delimiter are found out.")
        % {"size": filesizeformat(MAX_UPLOAD_SIZE)},
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )

    def clean_file(self):
        """Refuse what one request should not read."""
        file = self.cleaned_data["file"]
        if file.size > MAX_UPLOAD_SIZE:
            most = {"most": filesizeformat(MAX_UPLOAD_SIZE)}
            raise ValidationError(_("The file is larger than %(most)s, the most that can be taken here."), params=most)
        return file


class ExportForm(forms.Form):
    """The kind of file that is wanted."""

    format = forms.ChoiceField(
        label=_("Format"),
        choices=[
            ("csv", _("CSV: the same bytes as the command dump writes")),
            ("xlsx", _("XLSX: for a spreadsheet")),
            ("json", _("JSON: for programs")),
        ],
        initial="csv",
        widget=forms.RadioSelect,
    )
