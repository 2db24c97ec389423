"""Templates are sent without the indentation that is there for those who write them."""

from django.template.loader import get_template
from django.test import override_settings

from pkportal.settings import TEMPLATES


def test_indentation_is_left_out_and_lines_and_spaces_between_words_are_kept(tmp_path):
    (tmp_path / "list.html").write_text("<li>\n    12 June\n\n      <b>{{ year }}</b> </li>")
    (tmp_path / "list.txt").write_text("12 June\n    {{ year }}")
    engine, *_others = TEMPLATES

    with override_settings(TEMPLATES=[{**engine, "DIRS": [tmp_path]}]):
        html, text = (get_template(name).render({"year": "1999"}) for name in ["list.html", "list.txt"])

    assert html == "<li>\n12 June\n\n<b>1999</b> </li>"
    assert text == "12 June\n    1999"
