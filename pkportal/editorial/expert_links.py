"""Links for experts in the admin: a draft is shown to somebody without an account, and the link can be revoked."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import OperationalError
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from pkportal.changes.preview_links import PreviewLink
from pkportal.changes.previews import shown_for_now, shown_records
from pkportal.changes.sharing import DAYS, MAX_DAYS, may_share, revoke, share
from pkportal.website.rendered_pages import PreviewMark, lead_to_public_page, render_public_page

from .addresses import change_set_address
from .previews import ChangeSetPreviews


class ShareForm(forms.Form):
    """For whom a link is, for how long, and which page it shows."""

    for_whom = forms.CharField(label=_("For whom"), max_length=80)
    days = forms.IntegerField(label=_("Days until it ends"), min_value=1, max_value=MAX_DAYS, initial=DAYS)
    record = forms.ChoiceField(label=_("Page"), required=False)

    def __init__(self, *args, records=(), **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(record.reference, f"{record.title[:80]} ({record.reference})") for record in records]
        self.fields["record"].choices = choices
        if len(choices) < 2:
            self.fields["record"].widget = forms.HiddenInput()


class ExpertLinks(ChangeSetPreviews):
    """Admin of change sets with the links by which experts read them."""

    def get_urls(self):
        """Add the addresses at which links are made and revoked."""
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/share/", view(self.share_view), name="changes_changeset_share"),
            path("<int:pk>/share/<int:link>/revoke/", view(self.revoke_view), name="changes_changeset_revoke"),
            *super().get_urls(),
        ]

    def link_context(self, user, change_set):
        """Return the links of a change set, and the form of a new one for those who may make it."""
        is_shown = change_set.is_open and may_share(user, change_set)
        return {
            "links": change_set.preview_links.defer("page").select_related("made_by"),
            "may_share": may_share(user, change_set),
            "share_form": ShareForm(records=shown_records(change_set)) if is_shown else None,
        }

    @method_decorator(require_POST)
    def share_view(self, request, pk):
        """Make a link to a page of a change set, and show its address this once."""
        change_set = self.previewed(request, pk)
        if not may_share(request.user, change_set):
            raise PermissionDenied
        records = shown_records(change_set)
        form = ShareForm(request.POST, records=records)
        if not form.is_valid():
            for name, errors in form.errors.items():
                self.message_user(request, f"{form.fields[name].label}: {' '.join(errors)}", messages.ERROR)
            return redirect(change_set_address(change_set))
        values = form.cleaned_data
        shown = next((record for record in records if record.reference == values["record"]), next(iter(records), None))
        try:
            html = shared_page(request, change_set, shown)
            token = share(change_set, request.user, values["for_whom"], values["days"], html)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
        except OperationalError:
            text = gettext("Somebody is saving the same records just now. Try again in a moment.")
            self.message_user(request, text, messages.ERROR)
        else:
            address = request.build_absolute_uri(reverse("preview", args=[token]))
            words = gettext("The link for {}, shown this once. Copy it now: {}")
            self.message_user(request, format_html(words, values["for_whom"], address), messages.SUCCESS)
        return redirect(change_set_address(change_set))

    @method_decorator(require_POST)
    def revoke_view(self, request, pk, link):
        """End a link."""
        change_set = self.previewed(request, pk)
        found = get_object_or_404(PreviewLink.objects.defer("page"), pk=link, change_set=change_set)
        try:
            revoke(found, request.user)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
        else:
            text = gettext("The link for %(who)s leads nowhere any more.")
            self.message_user(request, text % {"who": found.for_whom}, messages.SUCCESS)
        return redirect(change_set_address(change_set))


def shared_page(request, change_set, shown) -> str:
    """Return the page that a link shows, rendered once. Raises ``ValidationError`` if there is none."""
    if shown is None or not change_set.is_open:
        raise ValidationError(gettext("There is no page to show."))
    with shown_for_now(shown, change_set) as preview:
        problems = [problem.line for problem in preview.problems if not problem.is_obstacle]
        if not preview.address:
            raise ValidationError([gettext("There is no page to show."), *problems])
        mark = PreviewMark(gettext("A draft for review"), change_set.saved_at, problems, is_shared=True)
        page = render_public_page(request, preview.address, mark)
        return lead_to_public_page(page.text, preview.address)
