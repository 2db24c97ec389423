"""The countries of a map: true to their places and borders, and no larger than the size drawn needs."""

import json
from dataclasses import replace
from itertools import combinations
from math import dist

import pytest
from django.conf import settings

from pkportal.charts.geography import EUROPE, WORLD, land_outlines
from pkportal.charts.outlines import clip_ring, parse_path, ring_area, simplify_rings, snap_ring
from tests.charts.paths import holds, rings_of, sides

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
FAR = {
    "AFG": (69.18, 34.53),
    "SDN": (32.53, 15.6),
    "PAK": (73.05, 33.68),
    "USA": (-97.38, 35.42),
    "AUS": (149.1, -35.3),
}


def borders(outlines):
    """Give, for each two countries that share some, the sides they share."""
    all_sides = {code: {side for ring in rings for side in sides(ring)} for code, rings in outlines.items()}
    shared = {pair: all_sides[pair[0]] & all_sides[pair[1]] for pair in combinations(sorted(outlines), 2)}
    return {pair: found for pair, found in shared.items() if found}


def length(found):
    return sum(dist(*side) for side in found)


@pytest.mark.parametrize(
    ("shown", "code", "place"),
    [(EUROPE, *it) for it in CAPITALS.items()] + [(WORLD, *it) for it in (CAPITALS | FAR).items()],
)
def test_a_place_falls_into_its_country_and_no_other(shown, code, place):
    x, y = shown.at(*place)

    assert [it for it, land in land_outlines(shown).items() if holds(rings_of(land.path), x, y)] == [code]


@pytest.mark.parametrize(
    ("shown", "place", "vertex"),
    [
        (WORLD, (-53.37, -33.74), (363.8, 372.4)),  # where Brazil, Australia and Turkey reach farthest south
        (WORLD, (146.40, -39.15), (862.3, 390.3)),
        (WORLD, (36.15, 35.83), (591.2, 120.6)),
        (EUROPE, (29.69, 36.16), (723.8, 571.6)),
        (EUROPE, (13.32, 55.35), (511.8, 295.9)),  # and Sweden
    ],
)
def test_a_point_is_projected_as_the_outlines_were(shown, place, vertex):
    assert dist(shown.project(*place), vertex) < 0.1


def test_a_point_outside_the_frame_has_no_place():
    assert EUROPE.at(69.18, 34.53) is None
    assert WORLD.at(69.18, 34.53)


@pytest.mark.parametrize("shown", [EUROPE, WORLD])
def test_neighbours_share_their_whole_border(shown):
    drawn = land_outlines(shown)
    fine = {}
    for code, (_name, path) in json.loads((settings.BASE_DIR / "fixtures" / "geo" / shown.file).read_text()).items():
        cuts = (clip_ring([shown.place(*point) for point in ring], *shown.edges) for ring in parse_path(path))
        fine[code] = [snap_ring(ring) for ring in cuts if ring]
    known = {pair: found for pair, found in borders(fine).items() if length(found) > 20}
    thin = borders({code: rings_of(land.path) for code, land in drawn.items()})

    assert len(known) > 50
    for pair, found in known.items():
        assert length(thin[pair]) > 0.75 * length(found), pair  # a line without its wiggles is a little shorter


def test_a_line_is_thinned_the_same_way_from_either_side():
    wiggle = [(10, nth * 3 + nth % 2) for nth in range(1, 9)]
    west = [(0, 0), (10, 0), *wiggle, (10, 30), (0, 30)]
    east = [(20, 30), (10, 30), *wiggle[::-1], (10, 0), (20, 0)]

    thin = simplify_rings([west, east], 2)

    assert {*sides(thin[0])} & {*sides(thin[1])} == {((10, 0), (10, 30))}


def test_what_lies_farther_off_than_the_slack_stays():
    assert simplify_rings([[(0, 0), (10, 3), (20, 0), (20, 20), (0, 20)]], 2) == [
        [(0, 0), (10, 3), (20, 0), (20, 20), (0, 20)]
    ]


def test_an_enclave_fills_the_hole_it_lies_in():
    hole, land = (rings_of(land_outlines(WORLD)[code].path) for code in ("ZAF", "LSO"))

    assert {*sides(land[0])} in [{*sides(ring)} for ring in hole]


@pytest.mark.parametrize(("shown", "most"), [(EUROPE, 19_500), (WORLD, 28_000)])
def test_all_outlines_together_stay_small(shown, most):
    assert sum(len(land.path) for land in land_outlines(shown).values()) < most


def test_the_file_is_thinned_once_for_all_maps():
    assert land_outlines(EUROPE) is land_outlines(EUROPE)


def test_a_larger_drawing_is_thinned_less():
    larger = land_outlines(replace(EUROPE, pixels=1040))

    assert len(larger["NOR"].path) > 1.2 * len(land_outlines(EUROPE)["NOR"].path)


def test_specks_are_left_out_and_the_coast_stays():
    greece = rings_of(land_outlines(EUROPE)["GRC"].path)

    assert 3 < len(greece) < 20
    assert len(max(greece, key=len)) > 50
    assert min(map(ring_area, greece)) >= 8  # two square pixels
