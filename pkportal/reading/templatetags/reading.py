"""What every page may say: dates as exactly as they are known, and the parts pages are made of."""

from django import template

register = template.Library()


@register.filter
def in_words(date):
    """Write a partial date for a reader, or nothing when it is not known."""
    return date.in_words if date else ""
