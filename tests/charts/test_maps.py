"""Maps: what a reader of one can rely on."""

import csv
import gzip
import re
from itertools import combinations
from math import dist

import pytest
from django.conf import settings
from django.template import Context, Template

from pkportal.charts.geography import EUROPE, WORLD
from pkportal.charts.maps import MapCountry, MapSite, category_map, country_map
from tests.charts.paths import holds, rings_of
from tests.markup import collapsed

COUNTRIES = (settings.BASE_DIR / "fixtures" / "countries.csv").read_text()
CODES = [row["iso3"] for row in csv.DictReader(COUNTRIES.splitlines())]


def nations(**numbers):
    return [
        MapCountry(code, f"Name of {code}", f"{code}: {number}", f"/{code}/", number)
        for code, number in numbers.items()
    ]


def site(name, latitude, longitude):
    return MapSite(name, f"Words of {name}", f"/{name}/", latitude, longitude, "peace")


def page(drawn):
    tag = '{% map drawn "where" title="Who gave what" described="By nation." about="Personnel" table="#table" %}'
    note = 'Note. {% include "missions/borders.html" %}'
    return collapsed(Template(f"{tag}{note}{{% endmap %}}").render(Context({"drawn": drawn})))


@pytest.mark.parametrize("area", [EUROPE, WORLD])
def test_every_nation_is_a_mark_that_can_be_seen_or_is_named_as_absent(area):
    drawn = country_map(area, nations(**dict.fromkeys(CODES, 5)))

    there = {mark.nation.iso3 for mark in drawn.marks}
    assert there | {it.iso3 for it in drawn.absent} == {*CODES}
    assert not there & {it.iso3 for it in drawn.absent}
    assert all(mark.path or mark.spot for mark in drawn.marks)


@pytest.mark.parametrize("code", ["LUX", "MLT"])
def test_a_nation_too_small_to_see_gets_a_round_mark(code):
    [mark] = country_map(EUROPE, nations(**{code: 23})).marks

    assert mark.spot
    assert '<circle cx="' in page(country_map(EUROPE, nations(**{code: 23})))


def test_a_nation_large_enough_is_its_outline_alone():
    [mark] = country_map(EUROPE, nations(XKX=1)).marks

    assert (mark.spot, bool(mark.path)) == (None, True)


def test_who_is_beyond_the_frame_is_named_with_the_number():
    words = page(country_map(EUROPE, nations(ITA=551, USA=1675, CAN=5)))

    [said] = re.findall(r'<p class="map-absent">(.*?)</p>', words)
    assert re.sub(r"<.*?>", "", said) == "Not on this map: Name of USA 1,675, Name of CAN 5"
    assert '<a href="/USA/">' in said


def test_land_without_a_value_is_no_link():
    words = page(country_map(EUROPE, nations(ITA=551, FRA=2)))
    [svg] = re.findall(r"<svg viewBox.*?</svg>", words)

    assert re.findall(r'<a href="(.*?)"', svg) == ["/ITA/", "/FRA/"]
    assert svg.count("<path") == 3
    assert holds(rings_of(country_map(EUROPE, nations(ITA=551)).land), *EUROPE.at(13.4, 52.52))
    assert not holds(rings_of(country_map(EUROPE, nations(ITA=551)).land), *EUROPE.at(12.5, 41.9))


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
def test_the_key_says_which_numbers_have_which_colour(numbers):
    drawn = country_map(WORLD, nations(**dict(zip(CODES, numbers, strict=False))))

    *classes, rest = drawn.key
    bounds = {}
    for look, label in classes:
        first, _, last = label.replace(",", "").partition("–")
        bounds[look] = (int(first), int(last or first))
    assert rest == ("c0", "nothing on record")
    assert all(bounds[it.look][0] <= it.nation.number <= bounds[it.look][1] for it in drawn.marks)
    assert {it.look for it in drawn.marks} == {*bounds}  # no class is empty
    assert (classes[0].label.partition("–")[0], [*bounds.values()][-1][1]) == (f"{min(numbers):,}", max(numbers))
    assert len(bounds) <= 5


def test_classes_begin_at_readable_numbers():
    drawn = country_map(EUROPE, nations(**dict(zip(CODES, [3, 4, 12, 13, 60, 70, 130, 260, 590, 610], strict=False))))

    assert [it.label for it in drawn.key[:-1]] == ["3–9", "10–49", "50–99", "100–499", "500–610"]
    assert [it.look for it in drawn.key[:-1]] == ["c1", "c2", "c3", "c4", "c5"]


def test_shares_in_parts_of_a_per_cent_have_a_key_as_well():
    key = country_map(EUROPE, nations(LUX=0.17, ITA=8.5, DEU=16.2, FRA=10.5, MNE=0.03)).key

    assert [it.label for it in key[:-1]] == ["0.03 to under 0.2", "0.2 to under 10", "10 to under 20"][:2] + ["10–16.2"]


def test_a_nation_whose_number_is_not_known_is_marked_so_and_is_in_no_class():
    drawn = country_map(EUROPE, nations(ITA=551, BGR=None))

    assert {mark.nation.iso3: mark.look for mark in drawn.marks} == {"ITA": "c4", "BGR": "unknown"}
    assert ("unknown", "number not known") in drawn.key


def test_kinds_are_read_as_the_caller_names_them():
    here = MapCountry("XKX", "Kosovo", "Kosovo: KFOR runs there", "/kosovo/", look="c5")
    drawn = category_map(WORLD, [here], [("c5", "A mission runs there")], [site("kfor", 42.66, 21.16)])

    assert [(mark.nation, mark.look) for mark in drawn.marks] == [(here, "c5")]
    assert drawn.key == [("c5", "A mission runs there")]
    assert drawn.marks[0].spot  # seen in a map of the world


def test_a_site_is_a_dot_where_it_lies_and_a_link_with_a_name():
    drawn = category_map(EUROPE, [], [("peace", "Peace")], [site("kfor", 42.66, 21.16)])

    [dot] = drawn.dots
    assert (dot.x, dot.y) == EUROPE.at(21.16, 42.66)
    assert '<a href="/kfor/" data-mark class="dot peace"><title>Words of kfor</title>' in page(drawn)
    assert "side by side" not in page(drawn)


def test_sites_in_one_place_stand_side_by_side_and_the_note_says_so():
    drawn = category_map(EUROPE, [], [], [site(f"m{nth}", 43.86, 18.41) for nth in range(12)])

    assert all(dist((a.x, a.y), (b.x, b.y)) >= 12 for a, b in combinations(drawn.dots, 2))
    assert max(dist((it.x, it.y), EUROPE.at(18.41, 43.86)) for it in drawn.dots) < 60
    assert "Dots that would cover each other stand side by side." in page(drawn)


@pytest.mark.parametrize("place", [(34.53, 69.18), (None, None)])
def test_a_site_outside_the_frame_or_without_a_place_is_named(place):
    drawn = category_map(EUROPE, [], [], [site("isaf", *place)])

    assert drawn.dots == []
    assert '<a href="/isaf/">isaf</a>' in page(drawn)


def test_a_map_has_a_name_a_description_a_table_and_a_note_on_borders():
    words = page(country_map(EUROPE, nations(ITA=551)))

    assert 'role="group" aria-labelledby="where-title" aria-describedby="where-desc"' in words
    assert '<title id="where-title">Who gave what</title> <desc id="where-desc">By nation.</desc>' in words
    assert 'href="#table"' in words
    assert "Note. Borders are as in Natural Earth" in " ".join(words.split())
    assert "None of this is a judgement on status." in words
    assert "style=" not in words


@pytest.mark.parametrize(("area", "most", "compressed"), [(EUROPE, 29_000, 9_500), (WORLD, 38_000, 13_000)])
def test_a_map_of_thirty_nations_is_light(area, most, compressed):
    thirty = nations(**{code: nth + 1 for nth, code in enumerate(CODES[:30])})
    said = "{}: {} personnel, 1 February 2017, KFOR key facts and figures"
    address = "/contributions/?mission=kfor&country={}"
    full = [it._replace(says=said.format(it.name, it.number), address=address.format(it.iso3)) for it in thirty]
    words = page(country_map(area, full)).encode()

    assert len(words) < most
    assert len(gzip.compress(words)) < compressed


def test_more_sites_than_there_is_room_for_are_drawn_all_the_same():
    drawn = category_map(EUROPE, [], [], [site(f"m{nth}", 43.86, 18.41) for nth in range(400)])

    assert len(drawn.dots) == 400
    assert all(0 <= it.x <= EUROPE.width and 0 <= it.y <= EUROPE.height for it in drawn.dots)
