"""HTML as it is sent."""

from pkportal.content.html import strip_indentation


def test_indentation_is_removed_and_spaces_between_words_are_kept():
    assert strip_indentation("<li>\n    12 June\n\n      <b>1999</b> </li>") == "<li>\n12 June\n<b>1999</b> </li>"
