"""Facets: the number beside each choice is the number of rows that the list would have with it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lessons.filters import LessonFilter
from lessons.models import Lesson
from missions.filters import ContributionFilter, CountryFilter, MissionFilter
from missions.models import Contribution
from pkportal.website.facet_counts import count_facets
from tests import make

pytestmark = pytest.mark.django_db


def facet_counts(client, address):
    """Return the facets of the list at an address: for each filter its codes with their numbers."""
    form = client.get(address).context["filter"].form
    return {
        name: {code: number for code, _label, number in field.widget.options if number is not None}
        for name, field in form.fields.items()
        if getattr(field.widget, "options", None) is not None
    }


def make_missions():
    host, other = make.country(name="Host"), make.country(name="Other")
    top = make.command(code="top")
    peacekeeping = make.published_mission(type="peacekeeping", host_countries=[host, other])
    middle = make.command(code="below", parent=top, mission=peacekeeping)
    relief = make.published_mission(type="humanitarian-relief", region="africa", host_countries=[host])
    make.command(code="lowest", parent=middle, mission=relief)
    for mission, nation in [(peacekeeping, host), (peacekeeping, host), (peacekeeping, other), (relief, other)]:
        make.contribution(mission=mission, country=nation)
    make.mandate(mission=peacekeeping, kind="agreement")
    make.mandate(mission=peacekeeping, kind="agreement")
    make.mandate(mission=make.mission(name="Draft", type="air-policing-no-fly", host_countries=[host]))
    return host, other


def test_each_number_is_the_count_of_the_list_with_that_choice(client):
    make_missions()
    for query in ["", "type=peacekeeping", "type=humanitarian-relief&command=top", "q=peace&region=africa"]:
        for name, codes in facet_counts(client, f"/missions/?{query}").items():
            for code, number in codes.items():
                others = "&".join(part for part in query.split("&") if not part.startswith(f"{name}="))
                context = client.get(f"/missions/?{others}&{name}={code}").context
                assert context["count"] == number, (query, name, code)


def test_mission_is_counted_once_for_each_related_record(client):
    host, other = make_missions()

    facets = facet_counts(client, "/missions/")

    assert facets["host"] == {host.iso3: 2, other.iso3: 1}
    assert facets["contributor"] == {host.iso3: 1, other.iso3: 2}
    assert facets["mandate"] == {"agreement": 1, "none": 1}
    assert facets["command"] == {"top": 2, "below": 2, "lowest": 1}
    assert facets["type"] == {"peacekeeping": 1, "humanitarian-relief": 1}


def test_filter_keeps_its_other_choices_and_narrows_the_other_filters(client):
    host, _other = make_missions()

    facets = facet_counts(client, "/missions/?type=humanitarian-relief")

    assert facets["type"] == {"peacekeeping": 1, "humanitarian-relief": 1}
    assert facets["region"] == {"africa": 1}
    assert facets["host"] == {host.iso3: 1}


def test_selected_choice_stays_even_if_nothing_matches(client):
    _host, other = make_missions()

    page = client.get(f"/missions/?host={other.iso3}&type=humanitarian-relief")

    assert page.context["count"] == 0
    assert f'id="id_host_{other.iso3}" checked> <span>Other</span> <b>0</b>' in page.text
    assert 'id="id_type_humanitarian-relief" checked> <span>humanitarian relief</span> <b>0</b>' in page.text
    assert 'id="id_type_peacekeeping"> <span>peacekeeping</span> <b>1</b>' in page.text


def test_counts_of_arrays_booleans_and_relations_leave_out_drafts(client):
    public, other = make.published_mission(code="shown"), make.published_mission(code="other")
    draft = make.mission(name="Secret", region="africa")
    make.published_lesson(dotmlpfi=["training", "doctrine"], missions=[public, other, draft]).mark_checked()
    make.published_lesson(dotmlpfi=["training"], missions=[draft], themes=[make.theme(code="plans")])

    facets = facet_counts(client, "/lessons/")

    assert facets["dotmlpfi"] == {"training": 2, "doctrine": 1}
    assert facets["checked"] == {"yes": 1, "no": 1}
    assert facets["mission"] == {"shown": 1, "other": 1, "none": 1}  # the draft is none to the public
    assert facets["region"] == {"western-balkans": 1}  # one lesson of two missions there
    assert facets["theme"] == {"plans": 1, "none": 1}
    assert "Secret" not in client.get("/lessons/").text


def test_row_counts_once_for_an_element_that_its_array_has_twice(client):
    make.published_lesson(dotmlpfi=["training", "training"])

    assert facet_counts(client, "/lessons/")["dotmlpfi"] == {"training": 1}
    assert facet_counts(client, "/lessons/?dotmlpfi=training")["dotmlpfi"] == {"training": 1}


def test_of_dates_with_equally_many_rows_the_latest_are_offered(client, monkeypatch):
    monkeypatch.setattr(ContributionFilter.base_filters["date"], "max_choices", 2)
    for date in ["2001", "2003", "1999", "2002"]:
        make.contribution(as_of=date)

    assert [*facet_counts(client, "/contributions/")["date"]] == ["2003", "2002"]
    assert facet_counts(client, "/contributions/?date=1999")["date"] == {"2003": 1, "2002": 1, "1999": 1}


def test_nations_are_counted_by_their_status_today(client):
    make.country(joined_on="1949-04-04")
    make.country(joined_on="1949-04-04", partnership="PfP/EAPC")
    make.country(partnership="MD")
    make.country()

    assert facet_counts(client, "/countries/")["standing"] == {"ally": 2, "partner": 1, "neither": 1}
    assert client.get("/countries/?standing=partner").context["count"] == 1


def test_invalid_value_leaves_the_counts_of_the_others(client):
    make_missions()

    assert facet_counts(client, "/missions/?active_in=9&type=peacekeeping&type=war") == facet_counts(
        client, "/missions/?type=peacekeeping"
    )


@pytest.mark.parametrize("filterset_class", [MissionFilter, ContributionFilter, LessonFilter, CountryFilter])
def test_all_facets_of_a_list_cost_one_query(filterset_class, django_assert_num_queries):
    make_missions()
    filterset = filterset_class(queryset=filterset_class._meta.model.objects.published())

    with django_assert_num_queries(1):
        facets = count_facets(filterset)

    assert facets.total == filterset.queryset.count()


@pytest.mark.parametrize(
    "query",
    [
        "",
        "kind=troops",
        "country=AAA",
        "date=2017-02",
        "date=2017-02&date=2016&date=-2018",
        "kind=ships&kind=troops&country=-BBB",
        "kind=ships&checked=no",
        "from=2016&to=2017",
    ],
)
def test_facets_from_kept_counts_are_those_of_the_rows(query, monkeypatch):
    nation, _other = make.country(iso3="AAA"), make.country(iso3="BBB")
    hidden = make.mission()
    to_come = make.published_mission()
    to_come.published_at = timezone.now() + timedelta(days=1)
    to_come.save()
    for mission in [make.published_mission(), make.published_mission(), hidden, to_come]:
        for kind, date in [("troops", "2017-02"), ("ships", "2016"), ("troops", "2018-03-01")]:
            make.contribution(mission=mission, country=nation, kind=kind, as_of=date)
    filterset = ContributionFilter(data=QueryDict(query), queryset=Contribution.objects.published())
    assert filterset.form.is_valid() or not filterset.is_bound
    from_counts = count_facets(filterset)

    monkeypatch.setattr(Contribution, "kept_counts", [])

    assert from_counts == count_facets(filterset)
    assert from_counts.counts["mission"]
    assert hidden.code not in from_counts.counts["mission"]
    assert to_come.code not in from_counts.counts["mission"]


@pytest.mark.parametrize(
    "query", ["", "dotmlpfi=training", "dotmlpfi=none", "dotmlpfi=-training&kind=issue", "checked=no&dotmlpfi=none"]
)
def test_facets_of_arrays_from_kept_counts_are_those_of_the_rows(query, monkeypatch):
    for kind, lines in [("issue", []), ("issue", ["training"]), ("best-practice", ["doctrine", "training"])] * 2:
        make.published_lesson(kind=kind, dotmlpfi=lines)
        make.lesson(kind=kind, dotmlpfi=lines)
    to_come = make.published_lesson(dotmlpfi=["materiel"])
    Lesson.objects.filter(pk=to_come.pk).update(published_at=timezone.now() + timedelta(days=1))
    filterset = LessonFilter(data=QueryDict(query), queryset=Lesson.objects.published())
    with CaptureQueriesContext(connection) as queries:
        from_counts = count_facets(filterset)
    assert "lessons_lessoncounts1" in queries[-1]["sql"]

    monkeypatch.setattr(Lesson, "kept_counts", [])

    assert from_counts == count_facets(filterset)
    assert from_counts.total
    assert "materiel" not in from_counts.counts["dotmlpfi"]


@pytest.mark.parametrize(
    "query",
    [
        *["", "kind=best-practice", "kind=issue", "theme=peace", "theme=war&kind=issue", "checked=no"],
        *["theme=none", "type=peacekeeping", "type=humanitarian-relief&theme=war", "mission=none&kind=issue"],
        *["type=peacekeeping&mission=alike", "type=-peacekeeping&mission=none", "mission=none&mission=alike&theme=war"],
    ],
)
def test_facets_of_links_are_counted_for_many_and_for_few_selected_rows(query, client):
    peace, war = make.theme(code="peace"), make.theme(code="war")
    public, alike, hidden = make.published_mission(), make.published_mission(code="alike"), make.mission()
    of_lessons = [
        ("issue", [peace], [public]),
        ("issue", [peace, war], [public, alike, hidden]),
        ("best-practice", [war], [make.published_mission(type="humanitarian-relief")]),
        ("issue", [], [hidden]),
        ("issue", [], []),
    ]
    for kind, themes, missions in of_lessons:
        make.published_lesson(kind=kind, themes=themes, missions=missions)
    make.lesson(themes=[peace, war], missions=[public])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE lessons_lesson")

    counted = facet_counts(client, f"/lessons/?{query}")
    facets = {name: counted[name] for name in ["theme", "mission", "type", "region"]}

    assert hidden.code not in facets["mission"]
    for name, counts in facets.items():
        others = [part for part in query.split("&") if part and not part.startswith(f"{name}=")]
        for code in {*counts, "none"} if name in ["theme", "mission"] else counts:
            number = client.get(f"/lessons/?{'&'.join([*others, f'{name}={code}'])}").context["count"]
            assert (name, code, counts.get(code, 0)) == (name, code, number)
