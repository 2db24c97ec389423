"""Previews for experts without an account: the page that a secret link leads to, and their comments on it.

The secret in the address is all that a reader has: there is no cookie, so no other site can use it in their name. What
comes from the page of another site is refused all the same.
"""

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from pkportal.changes.preview_links import PreviewLink, digest_of_token
from pkportal.changes.sharing import TooManyComments, comment_by_link
from pkportal.content.direction import refuse_direction

from .errors import takes_posts
from .rendered_pages import keep_private

OWN_SITE = {"", "same-origin", "none"}  # what a browser says of where a form comes from; old ones say nothing


class CommentForm(forms.Form):
    """What an expert says of a draft, and their name."""

    name = forms.CharField(label=_("Your name"), max_length=80)
    text = forms.CharField(label=_("Your comment"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 6}))

    def clean_name(self):
        """Refuse characters that turn the direction of the text after the name."""
        refuse_direction(self.cleaned_data["name"])
        return self.cleaned_data["name"]


@require_safe
def shared_preview(request, token):
    """Show the page that was rendered when the link was made; 410 once the link has ended."""
    link = find_link(token)
    return keep_private(HttpResponse(link.html) if link.is_live else ended(request))


@takes_posts
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def preview_comments(request, token):
    """Show the comments that came by a link, and take another one."""
    link = find_link(token)
    if not link.is_live:
        return keep_private(ended(request))
    form, status = CommentForm(request.POST or None), 200
    if request.method == "POST":
        if request.headers.get("Sec-Fetch-Site", "") not in OWN_SITE:
            raise PermissionDenied
        status = send_comment(link, form)
        if status == 200:
            return keep_private(HttpResponseRedirect(request.path))
    context = {"link": link, "form": form, "comments": link.comments.all()}
    return keep_private(render(request, "website/preview_comments.html", context, status=status))


def find_link(token: str) -> PreviewLink:
    """Return the link with a secret, live or ended. Raises ``Http404``."""
    link = PreviewLink.objects.filter(token_digest=digest_of_token(token)).first()
    if link is None:
        raise Http404
    return link


def ended(request):
    """Say that a link has ended."""
    return render(request, "website/preview_ended.html", status=410)


def send_comment(link, form) -> int:
    """Add what was typed to the log of the change set; return the status of the answer."""
    if not form.is_valid():
        return 400
    try:
        comment_by_link(link, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return 429 if isinstance(error, TooManyComments) else 400
    return 200
