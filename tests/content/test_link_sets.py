"""Kept sets of links: they are what the links of each row give, after any change by anybody, also at the same time."""

import contextlib
import random
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection
from django.db.models import Count, Sum

from lessons.models import Lesson, Theme
from pkportal.content.link_sets import correct_link_sets, link_changes
from tests import make
from tests.content.test_kept_counts import sql

WAIT = "SELECT wait_event_type FROM pg_stat_activity WHERE pid = %s"
Links, Sets = Lesson.themes.through, Lesson.kept_link_sets["themes"]


def linked():
    links = Links.objects.order_by().values_list("lesson").annotate(others=ArrayAgg("theme", order_by=["theme"]))
    return dict(links)


def assert_right():
    assert dict(Sets.objects.values_list("owner", "others")) == linked()
    (counts,) = Sets.kept_counts
    kept = counts.objects.values_list("others").annotate(total=Sum("number")).exclude(total=0)
    counted = Sets.objects.order_by().values_list("others").annotate(total=Count("pk"))
    assert sorted((others, int(total)) for others, total in kept) == sorted(counted)


@pytest.mark.django_db
def test_sets_are_right_after_random_changes_typed_sql_and_truncate():
    choose = random.Random(8)  # noqa: S311 - not a secret
    themes, lessons = [make.theme() for _ in range(4)], [make.lesson() for _ in range(4)]
    for number in range(30):
        lesson, some = choose.choice(lessons), choose.sample(themes, k=choose.randint(0, 3))
        if number % 2:
            lesson.themes.set(some)
        else:
            lesson.themes.add(*some)
        assert_right()

    lessons.pop().delete()
    assert_right()
    sql("""
        INSERT INTO lessons_lesson_themes (lesson_id, theme_id)
        SELECT lesson.id, (SELECT min(id) FROM lessons_theme) FROM lessons_lesson AS lesson ON CONFLICT DO NOTHING
    """)
    assert Sets.objects.count() == 3
    assert_right()
    Links.objects.filter(theme=themes[0]).update(theme=make.theme())
    assert_right()
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql("TRUNCATE lessons_lesson_themes")
    assert not Sets.objects.exists()
    assert_right()


@pytest.mark.django_db
def test_sets_that_were_not_kept_are_corrected_and_those_that_are_new_are_made_by_migrate():
    peace, war = make.theme(), make.theme()
    wrong, gone, right = make.lesson(themes=[peace]), make.lesson(themes=[peace]), make.lesson(themes=[war])
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql("ALTER TABLE lessons_lesson_themes DISABLE TRIGGER USER")
    wrong.themes.add(war)
    gone.themes.clear()
    sql("ALTER TABLE lessons_lesson_themes ENABLE TRIGGER USER")

    assert correct_link_sets() == {"lessons_lessonsetsofmissions": 0, "lessons_lessonsetsofthemes": 2}
    assert_right()

    sql("DROP TRIGGER pk_links_truncated ON lessons_lesson_themes")
    Sets.objects.filter(owner=right.pk).delete()
    link_changes(Lesson._meta.app_config)
    assert Theme.objects.filter(pk__in=Sets.objects.get(owner=right.pk).others).get() == war
    assert_right()


@pytest.fixture
def two_writers(django_db_setup, django_db_blocker):
    """Return a reader and two writers of links of their own, each with a connection; ship 1 has been to port 7."""
    with django_db_blocker.unblock(), contextlib.ExitStack() as stack:
        parameters = connection.get_connection_params()
        parameters = {name: parameters[name] for name in ["dbname", "host", "port", "user"] if name in parameters}
        setup, *writers = (stack.enter_context(psycopg.connect(**parameters, autocommit=True)) for _ in range(3))
        setup.execute("CREATE TABLE calls (ship bigint, port bigint, UNIQUE (ship, port))")
        setup.execute("CREATE TABLE ports_of_ships (owner bigint PRIMARY KEY, others bigint[] NOT NULL)")
        stack.callback(setup.execute, "DROP TABLE calls, ports_of_ships")
        for event, rows in [("INSERT", "NEW TABLE AS new_rows"), ("DELETE", "OLD TABLE AS old_rows")]:
            setup.execute(f"""
                CREATE TRIGGER kept_{event} AFTER {event} ON calls REFERENCING {rows}
                FOR EACH STATEMENT EXECUTE FUNCTION pk_link_changes('ports_of_ships', 'ship', 'port')
            """)
        setup.execute("INSERT INTO calls VALUES (1, 7)")
        for writer in writers:
            writer.execute("SET lock_timeout = '20s'")
        yield setup, *writers


def kept_and_linked(reader):
    """Return the kept sets, and those that the links give."""
    kept = reader.execute("SELECT owner, others FROM ports_of_ships ORDER BY 1").fetchall()
    return kept, reader.execute(
        "SELECT ship, array_agg(port ORDER BY port) FROM calls GROUP BY 1 ORDER BY 1"
    ).fetchall()


@pytest.mark.parametrize(
    ("of_first", "of_second", "ports"),
    [
        ("INSERT INTO calls VALUES (1, 8)", "INSERT INTO calls VALUES (1, 9)", [(1, [7, 8, 9])]),
        ("DELETE FROM calls", "INSERT INTO calls VALUES (1, 9)", [(1, [9])]),
        ("INSERT INTO calls VALUES (1, 8)", "DELETE FROM calls WHERE port = 7", [(1, [8])]),
        ("INSERT INTO calls VALUES (2, 8)", "INSERT INTO calls VALUES (2, 9)", [(1, [7]), (2, [8, 9])]),
    ],
)
def test_of_two_who_change_links_of_one_row_the_second_waits_and_both_are_kept(two_writers, of_first, of_second, ports):
    reader, first, second = two_writers
    first.execute("BEGIN")
    first.execute(of_first)
    second.execute("BEGIN")
    second.execute("INSERT INTO calls VALUES (3, 5)")  # of another row: nobody waits
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(second.execute, of_second)
        while reader.execute(WAIT, [second.info.backend_pid]).fetchone() != ("Lock",):
            assert not waiting.done()
        first.execute("COMMIT")
        waiting.result()
    second.execute("COMMIT")

    kept, of_links = kept_and_linked(reader)
    assert kept == of_links == [*ports, (3, [5])]


def test_writer_who_does_not_see_the_links_of_another_is_refused_and_nothing_is_lost(two_writers):
    reader, first, second = two_writers
    second.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
    second.execute("SELECT FROM calls")
    first.execute("INSERT INTO calls VALUES (1, 8)")

    with pytest.raises(psycopg.errors.SerializationFailure):
        second.execute("INSERT INTO calls VALUES (1, 9)")
    second.execute("ROLLBACK")

    kept, of_links = kept_and_linked(reader)
    assert kept == of_links == [(1, [7, 8])]
