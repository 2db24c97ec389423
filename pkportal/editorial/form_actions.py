"""Actions on the form of a record: those of the list that would do something to it."""

from typing import Any, NamedTuple

from django.contrib import admin
from django.http import HttpResponseRedirect
from django.urls import reverse

from .deleting import DELETE

FROM_FORM = "_from_form"  # sent with an action by the form of a record, to which it then leads back
SELECTED = "selected %(verbose_name_plural)s"


class FormAction(NamedTuple):
    """An action of the list as a button of the form."""

    name: str
    label: str


class FormActionsAdmin(admin.ModelAdmin):
    """Admin whose form has the actions of the list."""

    def idle_actions(self, record: Any) -> set[str]:
        """Return the names of the actions that would do nothing to a record, or that its form has in another way."""
        return {DELETE}

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """Offer the actions that the account may use."""
        context["form_actions"] = self.form_actions(request, obj) if obj else []
        return super().render_change_form(request, context, add, change, form_url, obj)

    def form_actions(self, request, record) -> list[FormAction]:
        """Return the actions for one record, named by what they do to it."""
        idle = self.idle_actions(record)
        names = {"verbose_name": self.opts.verbose_name, "verbose_name_plural": self.opts.verbose_name_plural}
        actions = {name: str(label) for name, (_action, _name, label) in self.get_actions(request).items()}
        return [
            FormAction(name, label.replace(SELECTED, "this %(verbose_name)s") % names)
            for name, label in actions.items()
            if name not in idle
        ]

    def response_action(self, request, queryset):
        """Lead back to the form that sent an action."""
        response = super().response_action(request, queryset)
        is_done = isinstance(response, HttpResponseRedirect) and response.url == request.get_full_path()
        if FROM_FORM not in request.POST or not is_done:
            return response
        address = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_change"
        return HttpResponseRedirect(reverse(address, args=[request.POST["_selected_action"]]))
