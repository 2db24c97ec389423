"""The page on which somebody chooses which mails about reviews to get."""

from django import forms
from django.contrib import admin, messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from .models import MailChoice


class MailChoiceForm(forms.ModelForm):
    """A tick for each kind of mail."""

    class Meta:
        model = MailChoice
        fields = ["review_requests", "answers", "comments", "publications", "failures"]


def mail_page(request):
    """Show the choices of the account, and keep them."""
    choice = MailChoice.objects.filter(user=request.user).first() or MailChoice(user=request.user)
    form = MailChoiceForm(request.POST or None, instance=choice)
    if form.is_valid():
        form.save()
        messages.success(request, _("Your choice is kept."))
        return redirect("mail_choice")
    context = {**admin.site.each_context(request), "title": _("Mail"), "form": form}
    return TemplateResponse(request, "admin/mail.html", context)
