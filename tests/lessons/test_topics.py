"""The topics: the list of articles and the page of each."""

import datetime

import pytest

from tests import make

pytestmark = pytest.mark.django_db


def test_lists_published_articles_in_their_order(admin_client):
    second = make.published_topic(order=2, title="Key operations")
    first = make.published_topic(order=1, title="Origins")
    make.topic(order=0, title="Draft article")

    page = admin_client.get("/topics/")

    assert [*page.context["topic_list"]] == [first, second]
    assert "<title>Topics – Peacekeeping Record</title>" in page.text
    assert "not yet checked" in page.text
    assert "Draft article" not in page.text


@pytest.mark.parametrize("topics", [1, 3])
def test_list_costs_one_query_for_any_number_of_articles(client, topics, django_assert_num_queries):
    for _ in range(topics):
        make.published_topic()

    with django_assert_num_queries(1):
        client.get("/topics/")


def test_says_so_when_there_is_no_article(client):
    assert "No article is published yet" in client.get("/topics/").text


# The page of one article


def test_page_numbers_citations_and_lists_what_they_lead_to(client):
    make.source(code="treaty", title="The Treaty")
    make.source(code="report", title="The Report")
    topic = make.published_topic(
        code="origins", title="Origins", text="It began [@report, p. 3]. It was signed [@treaty; @report, p. 9]."
    )

    page = client.get("/topics/origins/")

    assert "<title>Origins – Peacekeeping Record</title>" in page.text
    assert [(it.number, it.source.title, len(it.mentions)) for it in page.context["references"]] == [
        (1, "The Report", 2),
        (2, "The Treaty", 1),
    ]
    assert 'href="#ref-1"' in page.text
    assert 'id="ref-2"' in page.text
    assert topic.summary in page.text
    assert "Nobody has checked it against its sources yet" in page.text


def test_page_says_when_it_was_published(client):
    make.published_topic(code="origins", published_at=datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC))

    assert "<dt>Published here</dt><dd>22 November 2026</dd>" in client.get("/topics/origins/").text


def test_contents_lead_to_every_section_of_the_second_level(client):
    make.source(code="treaty")
    text = "Opening.\n\n## Law & order [@treaty]\n\nText.\n\n### Detail\n\n## Law & order\n\n## Sky *Monitor*\n"
    topic = make.published_topic(text=text)

    page = client.get(topic.get_absolute_url())

    contents = page.context["contents"]
    assert [words for _anchor, words in contents] == ["Law & order", "Law & order", "Sky Monitor"]
    assert len({anchor for anchor, _words in contents}) == 3
    for anchor, _words in contents:
        assert page.text.count(f'id="{anchor}"') == 1
        assert f'href="#{anchor}"' in page.text


def test_page_leads_to_related_missions_lessons_and_articles(client):
    topic = make.published_topic(
        missions=[make.published_mission(name="Kosovo Force"), make.mission(name="Draft force")],
        lessons=[make.published_lesson(title="Train before you go"), make.lesson(title="Draft lesson")],
        related=[make.published_topic(title="Command"), make.topic(title="Draft article")],
    )

    page = client.get(topic.get_absolute_url()).text

    for words in ["Kosovo Force", "Train before you go", "Command"]:
        assert words in page
    assert "Draft" not in page


@pytest.mark.parametrize("parts", [1, 3])
def test_page_costs_the_same_for_any_number_of_parts(client, parts, django_assert_num_queries):
    sources = [make.source() for _ in range(parts)]
    make.published_topic()
    topic = make.published_topic(
        text=" ".join(f"A claim [@{it.code}]." for it in sources),
        missions=[make.published_mission() for _ in range(parts)],
        lessons=[
            make.published_lesson(missions=[make.published_mission()], themes=[make.theme()]) for _ in range(parts)
        ],
        related=[make.published_topic() for _ in range(parts)],
    )

    # article, missions, lessons, their missions and themes, related articles, sources, articles beside, whole record
    with django_assert_num_queries(9):
        page = client.get(topic.get_absolute_url())

    assert len(page.context["references"]) == parts


def test_page_counts_what_the_record_holds_today_and_leads_to_the_rows(client):
    runs = make.published_mission(name="Running Force", start_date="2018-10-31")
    over = make.published_mission(name="Past Force", start_date="1995", end_date="1996", state="completed")
    make.published_mission()
    make.challenge(mission=over)
    lessons = [
        make.published_lesson(maturity="lesson-learned", maturity_source=make.source()),
        make.published_lesson(),
    ]
    topic = make.published_topic(missions=[runs, over], lessons=lessons)

    page = client.get(topic.get_absolute_url())

    for link in [
        '<a href="#missions">2 missions</a>, <a href="#running">1 of them runs today</a>',
        '<a href="#lessons">2 lessons</a>, <a href="#lesson-learned">1 of them learned</a>',
        '<a href="/missions/">3 missions</a>, <a href="/missions/?status=ongoing">2 running</a>',
        '<a href="/challenges/">1 challenge</a>, <a href="/lessons/">2 lessons</a>',
    ]:
        assert link in page.text
    for anchor in ["missions", "running", "lessons", "lesson-learned"]:
        assert f'id="{anchor}"' in page.text
    assert (page.context["running"], page.context["ended"]) == ([runs], [over])
    assert client.get("/missions/?status=ongoing").context["count"] == 2
    over.state, over.end_date = "ongoing", None
    over.save()
    assert '<a href="#running">2 of them run today</a>' in client.get(topic.get_absolute_url()).text


def test_page_draws_its_missions_on_a_timeline_and_lists_them(client):
    mission = make.published_mission(name="Kosovo Force", acronym="KFOR")
    topic = make.published_topic(missions=[mission])

    page = client.get(topic.get_absolute_url())

    ((mark,),) = [group.marks for group in page.context["timeline"].groups]
    assert (mark.span.name, mark.span.address) == ("KFOR", mission.get_absolute_url())
    assert 'href="#mission-table"' in page.text
    assert 'id="mission-table"' in page.text


def test_an_article_tied_to_nothing_has_no_empty_parts(client):
    page = client.get(make.published_topic().get_absolute_url()).text

    for anchor in ["missions", "lessons", "sources", "spans"]:
        assert f'id="{anchor}"' not in page
        assert f'href="#{anchor}"' not in page
    assert 'class="topic-prev-next"' not in page


def test_an_article_leads_to_those_before_and_after_it(client):
    first, second, third = (make.published_topic(order=order) for order in [1, 2, 4])
    make.topic(order=3, title="Draft article")

    beside = {it: client.get(it.get_absolute_url()).context for it in [first, second, third]}

    assert [(page["before"], page["after"]) for page in beside.values()] == [
        (None, second),
        (first, third),
        (second, None),
    ]
    assert f'<a rel="next" href="{third.get_absolute_url()}">' in client.get(second.get_absolute_url()).text


def test_page_says_how_to_cite_it(client, settings):
    settings.SITE_URL = "https://record.example.org"
    topic = make.published_topic(
        title="Origins", published_at=datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC), code="origins"
    )

    said = "“Origins”, topic, Peacekeeping Record, 22 November 2026, https://record.example.org/topics/origins/"
    assert said in client.get(topic.get_absolute_url()).text


def test_a_draft_has_no_page(admin_client):
    assert admin_client.get(make.topic().get_absolute_url()).status_code == 404
    assert admin_client.get("/topics/no-such-topic/").status_code == 404


def test_a_checked_article_says_so_until_it_is_edited(client):
    topic = make.published_topic()
    topic.mark_checked()

    assert "Its central claim was read in its source" in client.get(topic.get_absolute_url()).text
    topic.text = "NATO kept some peace."
    topic.save()
    assert "Its central claim was read in its source" not in client.get(topic.get_absolute_url()).text
