"""Code lists as a form shows them: made in one go, each choice with the number of rows it would give."""

from html import escape

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString


class FacetOptions:
    """A widget whose options a list may replace by those that lead somewhere: code, label and number of rows.

    A template for each of 400 options costs more than the page around them, so that the options are joined here.
    """

    options = None

    def lines(self, value):
        """Give each option as code, label, number and whether it is chosen; codes compare as text."""
        chosen = {"" if value is None else str(value)}
        options = ((code, label, None) for code, label in self.choices) if self.options is None else self.options
        # the plain escape of the standard library: Django's, made for lazy texts, takes most of the time of a form
        return [(escape(str(code)), escape(str(label)), number, str(code) in chosen) for code, label, number in options]

    def use_required_attribute(self, initial):
        """No question of a list must be answered."""
        return False


class FacetSelect(FacetOptions, forms.Select):
    """A long code list: ``Italy (48)``."""

    def render(self, name, value, attrs=None, renderer=None):
        """Join the options."""
        options = "".join(
            f'<option value="{code}"{" selected" if chosen else ""}>{label}{"" if number is None else f" ({number:,})"}'
            "</option>"
            for code, label, number, chosen in self.lines(value)
        )
        attrs = flatatt(self.build_attrs({"name": name, **self.attrs}, attrs))
        return format_html("<select{}>{}</select>", attrs, SafeString(options))


class FacetRadioSelect(FacetOptions, forms.RadioSelect):
    """A short code list, all of it in sight; an answer has the same id however many there are."""

    def render(self, name, value, attrs=None, renderer=None):
        """Join the answers; the box around them says what is asked, and what is wrong with the answer."""
        return SafeString(
            "".join(
                f'<label><input type="radio" name="{name}" value="{code}" id="id_{name}_{code or "any"}"'
                f"{' checked' if chosen else ''}> <span>{label}</span>"
                f"{'' if number is None else f' <b>{number:,}</b>'}</label>"
                for code, label, number, chosen in self.lines(value)
            )
        )
