"""Static files that are made from others."""

import re
from pathlib import Path

from pkportal.charts.geography import EUROPE, land_outlines
from pkportal.website.made_files import MADE_FILES, MadeFilesFinder
from pkportal.website.stylesheet import STYLESHEET


def test_finder_lists_the_made_files_and_finds_no_others():
    finder = MadeFilesFinder()

    assert [path for path, _storage in finder.list([])] == [*MADE_FILES]
    assert finder.find("css/other.css") == []
    assert finder.find(STYLESHEET, find_all=True) == [finder.find(STYLESHEET)]


def test_file_of_outlines_has_each_country_by_its_code():
    file = Path(MadeFilesFinder().find(EUROPE.outlines_file)).read_text()

    outlines = {code: outline.path for code, outline in land_outlines(EUROPE).items() if outline.path}
    assert dict(re.findall(r'<path id="(.*?)".*? d="(.*?)"/>', file)) == outlines
    assert file.count('id="land"') == 1
