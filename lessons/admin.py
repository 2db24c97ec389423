"""Admin of themes, challenges, lessons and topics."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from pkportal.editorial.asking import AskingForm, records_titled_alike
from pkportal.editorial.change_list import UsedRecordsFilter
from pkportal.editorial.checking import CheckableAdmin
from pkportal.editorial.help_texts import CITATION_HELP
from pkportal.editorial.publishing import PublishableAdmin, PublishableForm
from pkportal.editorial.records import RecordAdmin, RecordInline

from .models import Challenge, Lesson, RemedialAction, Theme, Topic
from .resources import ChallengeResource, LessonResource, RemedialActionResource, ThemeResource, TopicResource


@admin.register(Theme)
class ThemeAdmin(CheckableAdmin):
    """Subjects that challenges and lessons of several missions have in common."""

    resource_classes = [ThemeResource]
    list_display = ["name", "code", "family", "description"]
    list_filter = ["family"]
    search_fields = ["name", "code", "description"]
    search_help_text = _("Name, code or description")
    prepopulated_fields = {"code": ["name"]}
    fieldsets = [(None, {"fields": ["name", "code", "family", "description"]})]


@admin.register(Challenge)
class ChallengeAdmin(CheckableAdmin):
    """What made missions hard."""

    resource_classes = [ChallengeResource]
    list_display = ["title", "mission", "theme"]
    list_filter = ["theme__family", "theme", ("mission", UsedRecordsFilter)]
    list_select_related = ["mission", "theme"]
    search_fields = ["title", "text", "mission__name", "mission__acronym", "mission__code"]
    search_help_text = _("Title, text or mission")
    kept_for_next = ["mission", "theme", "sources"]
    fieldsets = [
        (None, {"fields": [("mission", "theme"), "title"]}),
        (_("Text"), {"fields": ["text", "sources"], "description": CITATION_HELP}),
    ]


class RemedialActionInline(RecordInline):
    """What was to be done about the lesson."""

    model = RemedialAction
    fields = ["order", "text", "action_body", "status", "due", "done", "source"]
    ordering = ["order"]


class LessonForm(AskingForm, PublishableForm):
    """Form of a lesson: a title that another lesson nearly has is asked about once."""

    def clean(self):
        """Ask about a new title that is nearly that of another lesson."""
        values = super().clean()
        title = self.cleaned_data.get("title")
        if title and "title" in self.changed_data and not self.errors:
            alike = ", ".join(records_titled_alike(Lesson, title, self.instance.pk)[:3])
            message = _("Nearly the same title: %(question)s. Save again if this is another lesson.")
            self.ask("title", alike, message, "titled_alike")
        return values


@admin.register(Lesson)
class LessonAdmin(PublishableAdmin, CheckableAdmin):
    """Issues and best practices."""

    form = LessonForm
    resource_classes = [LessonResource]
    list_display = ["number", "title", "kind", "maturity"]
    list_display_links = ["number", "title"]
    list_filter = ["kind", "maturity", "themes", ("missions", UsedRecordsFilter)]
    search_fields = ["number", "title", "observation", "conclusion", "recommendation"]
    search_help_text = _("Number, title, observation, conclusion or recommendation")
    inlines = [RemedialActionInline]
    save_on_top = True
    fieldsets = [
        (None, {"fields": ["title", "kind", "answered"]}),
        (
            _("Stage"),
            {
                "fields": ["maturity", "maturity_source", "maturity_as_of"],
                "description": _(
                    "The stage in NATO's lessons learned process, whether or not the lesson is published here."
                ),
            },
        ),
        (
            _("Analysis"),
            {"fields": ["observation", "discussion", "conclusion", "recommendation"], "description": CITATION_HELP},
        ),
        (
            _("Scope"),
            {"fields": ["applies_when", "does_not_apply_when", "missions", "themes", "dotmlpfi", "recurrence_of"]},
        ),
        (_("Sources"), {"fields": ["sources"]}),
    ]


@admin.register(RemedialAction)
class RemedialActionAdmin(RecordAdmin):
    """What was to be done about lessons."""

    resource_classes = [RemedialActionResource]
    list_display = ["text", "lesson_number", "action_body", "status", "due", "done"]
    list_filter = ["status"]
    list_select_related = ["lesson"]
    search_fields = ["text", "action_body", "lesson__number", "lesson__title"]
    search_help_text = _("Text, responsible body or lesson")
    kept_for_next = ["lesson", "source"]
    fieldsets = [
        (None, {"fields": [("lesson", "order"), "text", "action_body"]}),
        (_("Progress"), {"fields": ["status", ("due", "done"), "source"]}),
    ]

    @admin.display(description=_("lesson"), ordering="lesson__number")
    def lesson_number(self, action):
        """Return the number of the lesson, which is shorter than its title."""
        return action.lesson.number


@admin.register(Topic)
class TopicAdmin(PublishableAdmin, CheckableAdmin):
    """Overview articles."""

    resource_classes = [TopicResource]
    list_display = ["title", "code", "order"]
    search_fields = ["title", "code", "summary"]
    search_help_text = _("Title, code or summary")
    prepopulated_fields = {"code": ["title"]}
    save_on_top = True
    fieldsets = [
        (None, {"fields": ["title", "code", "order", "summary"]}),
        (_("Text"), {"fields": ["text"], "description": CITATION_HELP}),
        (_("Related records"), {"fields": ["missions", "lessons", "related"]}),
    ]
