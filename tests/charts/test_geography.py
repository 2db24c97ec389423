"""Outlines of countries: true to places and borders, and simplified to the size of the map."""

import json
from dataclasses import replace
from itertools import combinations
from math import dist

import pytest
from django.conf import settings

from pkportal.charts.geography import EUROPE, WORLD, land_outlines
from pkportal.charts.outlines import clip_ring, parse_path, ring_area, simplify_rings, snap_ring
from tests.charts.paths import contains, rings_of, sides

CAPITALS = {  # longitude, latitude
    "XKX": (21.16, 42.66),
    "BIH": (18.41, 43.86),
    "ITA": (12.5, 41.9),
    "DEU": (13.4, 52.52),
    "ESP": (-3.7, 40.42),
    "FIN": (24.94, 60.25),
    "TUR": (32.85, 39.93),
    "IRQ": (44.38, 33.3),
    "UKR": (34.1, 44.95),  # Simferopol: Crimea is drawn with Ukraine
}
FAR_CAPITALS = {
    "AFG": (69.18, 34.53),
    "SDN": (32.53, 15.6),
    "PAK": (73.05, 33.68),
    "USA": (-97.38, 35.42),
    "AUS": (149.1, -35.3),
}


def borders(outlines):
    """Return the common sides of each two countries that have some."""
    all_sides = {code: {side for ring in rings for side in sides(ring)} for code, rings in outlines.items()}
    shared = {(one, other): all_sides[one] & all_sides[other] for one, other in combinations(sorted(outlines), 2)}
    return {pair: common_sides for pair, common_sides in shared.items() if common_sides}


def length(common_sides):
    return sum(dist(*side) for side in common_sides)


@pytest.mark.parametrize(
    ("area", "code", "place"),
    [
        *[(EUROPE, code, place) for code, place in CAPITALS.items()],
        *[(WORLD, code, place) for code, place in (CAPITALS | FAR_CAPITALS).items()],
    ],
)
def test_place_is_in_its_country_and_in_no_other(area, code, place):
    x, y = area.at(*place)

    assert [country for country, land in land_outlines(area).items() if contains(rings_of(land.path), x, y)] == [code]


@pytest.mark.parametrize(
    ("area", "place", "vertex"),
    [
        (WORLD, (-53.37, -33.74), (363.8, 372.4)),  # where Brazil, Australia and Turkey reach farthest south
        (WORLD, (146.40, -39.15), (862.3, 390.3)),
        (WORLD, (36.15, 35.83), (591.2, 120.6)),
        (EUROPE, (29.69, 36.16), (723.8, 571.6)),
        (EUROPE, (13.32, 55.35), (511.8, 295.9)),  # and Sweden
    ],
)
def test_points_and_outlines_have_the_same_projection(area, place, vertex):
    assert dist(area.project(*place), vertex) < 0.1


def test_point_outside_the_map_has_no_position():
    assert EUROPE.at(69.18, 34.53) is None
    assert WORLD.at(69.18, 34.53)


@pytest.mark.parametrize("area", [EUROPE, WORLD])
def test_neighbours_share_their_borders(area):
    outlines = land_outlines(area)
    exact = {}
    for code, (_name, path) in json.loads((settings.BASE_DIR / "fixtures" / "geo" / area.file).read_text()).items():
        cuts = (clip_ring([area.place(*point) for point in ring], *area.edges) for ring in parse_path(path))
        exact[code] = [snap_ring(ring) for ring in cuts if ring]
    exact_borders = {pair: common_sides for pair, common_sides in borders(exact).items() if length(common_sides) > 20}
    drawn_borders = borders({code: rings_of(land.path) for code, land in outlines.items()})

    assert len(exact_borders) > 50
    for pair, common_sides in exact_borders.items():
        assert length(drawn_borders[pair]) > 0.75 * length(common_sides), pair  # a simplified line is a little shorter


def test_shared_border_is_simplified_the_same_way_from_both_sides():
    wiggle = [(10, number * 3 + number % 2) for number in range(1, 9)]
    west = [(0, 0), (10, 0), *wiggle, (10, 30), (0, 30)]
    east = [(20, 30), (10, 30), *wiggle[::-1], (10, 0), (20, 0)]

    simplified = simplify_rings([west, east], 2)

    western_side, eastern_side = ({*sides(ring)} for ring in simplified)
    assert western_side & eastern_side == {((10, 0), (10, 30))}


def test_points_beyond_the_tolerance_are_kept():
    assert simplify_rings([[(0, 0), (10, 3), (20, 0), (20, 20), (0, 20)]], 2) == [
        [(0, 0), (10, 3), (20, 0), (20, 20), (0, 20)]
    ]


def test_enclave_fills_the_hole_around_it():
    hole, land = (rings_of(land_outlines(WORLD)[code].path) for code in ("ZAF", "LSO"))

    (outline,) = land
    assert {*sides(outline)} in [{*sides(ring)} for ring in hole]


@pytest.mark.parametrize(("area", "limit"), [(EUROPE, 19_500), (WORLD, 28_000)])
def test_outlines_have_a_size_limit(area, limit):
    assert sum(len(land.path) for land in land_outlines(area).values()) < limit


def test_outlines_are_computed_once():
    assert land_outlines(EUROPE) is land_outlines(EUROPE)


def test_larger_map_is_simplified_less():
    larger = land_outlines(replace(EUROPE, pixels=1040))

    assert len(larger["NOR"].path) > 1.2 * len(land_outlines(EUROPE)["NOR"].path)


def test_tiny_islands_are_left_out_and_the_coast_is_kept():
    greece = rings_of(land_outlines(EUROPE)["GRC"].path)

    assert 3 < len(greece) < 20
    assert len(max(greece, key=len)) > 50
    assert min(map(ring_area, greece)) >= 8  # two square pixels
