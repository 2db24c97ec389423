"""Maps: marks, dots, keys, links and texts."""

import csv
import gzip
import re
from itertools import combinations
from math import dist

import pytest
from django.conf import settings
from django.template import Context, Template

from pkportal.charts.geography import EUROPE, SMALL_WORLD, WORLD, land_outlines
from pkportal.charts.maps import MapCountry, MapSite, category_map, country_map, with_inset
from tests.markup import collapsed

COUNTRIES = (settings.BASE_DIR / "fixtures" / "countries.csv").read_text()
CODES = [row["iso3"] for row in csv.DictReader(COUNTRIES.splitlines())]


def map_countries(**numbers):
    return [
        MapCountry(code, f"Name of {code}", f"{code}: {number}", f"/{code}/", number)
        for code, number in numbers.items()
    ]


def map_site(name, latitude, longitude):
    return MapSite(name, f"Words of {name}", f"/{name}/", latitude, longitude, "peace")


def rendered(chart):
    tag = '{% map drawn "where" title="Who gave what" described="By nation." about="Personnel" table="#table" %}'
    note = 'Note. {% include "missions/borders.html" %}'
    return collapsed(Template(f"{tag}{note}{{% endmap %}}").render(Context({"drawn": chart})))


@pytest.mark.parametrize("area", [EUROPE, WORLD])
def test_every_country_is_a_visible_mark_or_is_listed_as_absent(area):
    chart = country_map(area, map_countries(**dict.fromkeys(CODES, 5)))

    marked = {mark.nation.iso3 for mark in chart.marks}
    assert marked | {country.iso3 for country in chart.absent} == {*CODES}
    assert not marked & {country.iso3 for country in chart.absent}
    outlines = land_outlines(area)
    assert all(outlines[mark.nation.iso3].path or mark.spot for mark in chart.marks)


@pytest.mark.parametrize("code", ["LUX", "MLT"])
def test_very_small_country_has_a_circle(code):
    [mark] = country_map(EUROPE, map_countries(**{code: 23})).marks

    assert mark.spot
    assert '<circle cx="' in rendered(country_map(EUROPE, map_countries(**{code: 23})))


def test_large_country_has_no_circle():
    [mark] = country_map(EUROPE, map_countries(XKX=1)).marks

    assert (mark.spot, bool(land_outlines(EUROPE)["XKX"].path)) == (None, True)


def test_countries_outside_the_map_are_listed_with_their_numbers():
    html = rendered(country_map(EUROPE, map_countries(ITA=551, USA=1675, CAN=5)))

    [absent] = re.findall(r'<p class="map-absent">(.*?)</p>', html)
    assert re.sub(r"<.*?>", "", absent) == "Not on this map: Name of USA 1,675, Name of CAN 5"
    assert '<a href="/USA/">' in absent


def test_countries_without_a_value_are_not_links():
    html = rendered(country_map(EUROPE, map_countries(ITA=551, FRA=2)))
    [svg] = re.findall(r"<svg viewBox.*?</svg>", html)

    assert re.findall(r'<a href="(.*?)"', svg) == ["/ITA/", "/FRA/"]
    assert set(re.findall(r'<use [^>]*href=".*?#(.*?)"', svg)) == {"land", "ITA", "FRA"}


@pytest.mark.parametrize(
    "numbers",
    [
        [1, 1, 2, 3, 8, 8, 16, 20, 23, 35, 38, 93, 112, 247, 402, 551, 675],
        [7],
        [7, 7, 7],
        [1, 2],
        [900, 1000, 1100, 1500],
    ],
)
def test_key_has_the_range_of_numbers_of_each_colour(numbers):
    chart = country_map(WORLD, map_countries(**dict(zip(CODES, numbers, strict=False))))

    *classes, rest = chart.key
    ranges = {}
    for css_class, label in classes:
        first, _, last = label.replace(",", "").partition("–")
        ranges[css_class] = range(int(first), int(last or first) + 1)
    assert rest == ("c0", "nothing on record")
    assert all(mark.nation.number in ranges[mark.css_class] for mark in chart.marks)
    assert {mark.css_class for mark in chart.marks} == {*ranges}  # no class is empty
    bounds = [bound for numbers_of_class in ranges.values() for bound in (min(numbers_of_class), max(numbers_of_class))]
    assert (bounds[0], bounds[-1]) == (min(numbers), max(numbers))
    assert len(ranges) <= 5


def test_classes_begin_at_round_numbers():
    numbers = [3, 4, 12, 13, 60, 70, 130, 260, 590, 610]
    chart = country_map(EUROPE, map_countries(**dict(zip(CODES, numbers, strict=False))))

    assert [entry.label for entry in chart.key[:-1]] == ["3–9", "10–49", "50–99", "100–499", "500–610"]
    assert [entry.css_class for entry in chart.key[:-1]] == ["c1", "c2", "c3", "c4", "c5"]


def test_key_of_percentages_has_decimal_bounds():
    key = country_map(EUROPE, map_countries(LUX=0.17, ITA=8.5, DEU=16.2, FRA=10.5, MNE=0.03)).key

    assert [entry.label for entry in key[:-1]] == ["0.03 to under 0.2", "0.2 to under 10", "10–16.2"]


def test_country_with_an_unknown_number_has_its_own_mark():
    chart = country_map(EUROPE, map_countries(ITA=551, BGR=None))

    assert {mark.nation.iso3: mark.css_class for mark in chart.marks} == {"ITA": "c4", "BGR": "unknown"}
    assert ("unknown", "number not known") in chart.key


def test_category_map_has_the_categories_of_the_caller():
    kosovo = MapCountry("XKX", "Kosovo", "Kosovo: KFOR runs there", "/kosovo/", css_class="c5")
    chart = category_map(WORLD, [kosovo], [("c5", "A mission runs there")], [map_site("kfor", 42.66, 21.16)])

    (mark,) = chart.marks
    assert (mark.nation, mark.css_class) == (kosovo, "c5")
    assert chart.key == [("c5", "A mission runs there")]
    assert mark.spot  # it is too small to be seen on a map of the world


def test_inset_marks_what_is_not_on_the_map_and_only_colours_what_is():
    nations = [MapCountry(code, code, f"Words of {code}", f"/{code}/", css_class="c5") for code in ["DEU", "AFG"]]
    europe = category_map(
        EUROPE, nations, [("c5", "Host")], [map_site("isaf", 34.53, 69.18), map_site("ship", None, None)]
    )
    chart = with_inset(europe, SMALL_WORLD)

    assert [mark.nation.iso3 for mark in chart.marks] == ["DEU"]
    assert [mark.nation.iso3 for mark in chart.inset.marks] == ["AFG"]
    assert [dot.site.name for dot in chart.inset.dots] == ["isaf"]
    assert [absent.name for absent in chart.absent] == ["ship"]
    assert chart.inset.coloured == [("DEU", "c5")]
    assert rendered(chart).count('href="/DEU/"') == rendered(chart).count('href="/AFG/"') == 1


def test_site_is_a_dot_at_its_place_with_a_link_and_a_title():
    chart = category_map(EUROPE, [], [("peace", "Peace")], [map_site("kfor", 42.66, 21.16)])

    [dot] = chart.dots
    assert (dot.x, dot.y) == EUROPE.at(21.16, 42.66)
    assert '<a href="/kfor/" data-mark class="dot peace"><title>Words of kfor</title>' in rendered(chart)
    assert "side by side" not in rendered(chart)


def test_sites_at_one_place_are_side_by_side_and_the_note_explains_it():
    chart = category_map(EUROPE, [], [], [map_site(f"m{number}", 43.86, 18.41) for number in range(12)])

    assert all(dist((a.x, a.y), (b.x, b.y)) >= 12 for a, b in combinations(chart.dots, 2))
    assert max(dist((dot.x, dot.y), EUROPE.at(18.41, 43.86)) for dot in chart.dots) < 60
    assert "Dots that would overlap are drawn side by side." in rendered(chart)


@pytest.mark.parametrize("place", [(34.53, 69.18), (None, None)])
def test_site_outside_the_map_or_without_a_place_is_listed(place):
    chart = category_map(EUROPE, [], [], [map_site("isaf", *place)])

    assert chart.dots == []
    assert '<a href="/isaf/">isaf</a>' in rendered(chart)


def test_map_has_a_title_a_description_a_link_to_its_table_and_a_note_on_borders():
    html = rendered(country_map(EUROPE, map_countries(ITA=551)))

    assert 'role="group" aria-labelledby="where-title" aria-describedby="where-desc"' in html
    assert '<title id="where-title">Who gave what</title> <desc id="where-desc">By nation.</desc>' in html
    assert 'href="#table"' in html
    assert "Note. Borders are as in Natural Earth" in " ".join(html.split())
    assert "None of this is a judgement on status." in html
    assert "style=" not in html


@pytest.mark.parametrize(("area", "limit", "compressed_limit"), [(EUROPE, 14_000, 2_000), (WORLD, 14_000, 2_000)])
def test_map_of_thirty_countries_has_a_size_limit(area, limit, compressed_limit):
    thirty = map_countries(**{code: index + 1 for index, code in enumerate(CODES[:30])})
    countries = [
        country._replace(
            description=f"{country.name}: {country.number} personnel, 1 February 2017, KFOR key facts and figures",
            address=f"/contributions/?mission=kfor&country={country.iso3}",
        )
        for country in thirty
    ]
    html = rendered(country_map(area, countries)).encode()

    assert len(html) < limit
    assert len(gzip.compress(html)) < compressed_limit


def test_all_sites_are_drawn_even_if_they_overlap():
    chart = category_map(EUROPE, [], [], [map_site(f"m{number}", 43.86, 18.41) for number in range(400)])

    assert len(chart.dots) == 400
    assert all(0 <= dot.x <= EUROPE.width and 0 <= dot.y <= EUROPE.height for dot in chart.dots)
