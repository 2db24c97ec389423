"""HTML as it is sent."""

from pkportal.content.html import strip_indentation


def test_lines_lose_their_indentation_but_not_the_space_between_their_words():
    assert strip_indentation("<li>\n    12 June\n\n      <b>1999</b> </li>") == "<li>\n12 June\n<b>1999</b> </li>"
