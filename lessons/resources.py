"""Resources of the analysis: the file of each model."""

from pkportal.exchange.checkable import CheckableResource
from pkportal.exchange.resource import PUBLICATION_COLUMNS, PublishableResource, Resource

from .models import Challenge, Lesson, RemedialAction, Theme, Topic


class ThemeResource(CheckableResource):
    """One theme a row."""

    name = "themes"

    class Meta:
        model = Theme
        fields = ["code", "name", "family", "description", "ai_assisted", "checked"]


class ChallengeResource(CheckableResource):
    """One challenge of one mission a row."""

    name = "challenges"

    class Meta:
        model = Challenge
        fields = ["mission", "theme", "title", "text", "sources", "ai_assisted", "checked"]


class LessonResource(PublishableResource, CheckableResource):
    """One lesson a row, known by its public number."""

    name = "lessons"

    class Meta:
        model = Lesson
        fields = [
            "number",
            "title",
            "kind",
            "maturity",
            "maturity_source",
            "maturity_as_of",
            "observation",
            "discussion",
            "conclusion",
            "recommendation",
            "applies_when",
            "does_not_apply_when",
            "missions",
            "themes",
            "dotmlpfi",
            "recurrence_of",
            "sources",
            "ai_assisted",
            "checked",
            *PUBLICATION_COLUMNS,
        ]


class RemedialActionResource(Resource):
    """One action on one lesson a row."""

    name = "remedial_actions"

    class Meta:
        model = RemedialAction
        fields = ["lesson", "order", "text", "action_body", "status", "due", "done", "source"]


class TopicResource(PublishableResource, CheckableResource):
    """One article a row; its text may be in a file of its own, topics/<code>.md."""

    name = "topics"

    class Meta:
        model = Topic
        fields = [
            "code",
            "order",
            "title",
            "summary",
            "text",
            "missions",
            "lessons",
            "related",
            "ai_assisted",
            "checked",
            *PUBLICATION_COLUMNS,
        ]
