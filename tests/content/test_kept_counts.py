"""Kept counts: they are what counting the rows gives, after any change by anybody."""

import contextlib
import random

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import CharField, Count, Sum
from django.db.models.functions import Cast

from missions.models import Contribution, Mission
from pkportal.content.kept_counts import correct_counts, count_changes, count_groups, fold_counts
from tests import make

KEPT = Contribution.kept_counts


def columns(counts):
    return sorted(counts.counted_columns)


def kept(counts):
    rows = counts.objects.values_list(*columns(counts)).annotate(total=Sum("number")).exclude(total=0)
    return {tuple(values): int(total) for *values, total in rows}


def counted(counts):
    rows = Contribution.objects.order_by().values_list(*columns(counts)).annotate(total=Count("pk"))
    return {tuple(values): total for *values, total in rows}


def assert_right():
    for counts in KEPT:
        assert kept(counts) == counted(counts)


def sql(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def figures():
    """Make figures of two missions and nations, all checks of foreign keys done."""
    missions, nations = [make.published_mission(), make.mission()], [make.country(), make.country()]
    source = make.source()
    for number, kind in enumerate(["troops", "troops", "ships", "aircraft"]):
        make.contribution(mission=missions[number % 2], country=nations[number // 2], kind=kind, source=source)
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    return Contribution.objects.order_by("pk")


@pytest.mark.django_db
def test_counts_are_right_after_random_changes(figures):
    choose = random.Random(8)  # noqa: S311 - not a secret
    example = figures[0]
    for number in range(30):
        some = Contribution.objects.filter(pk__in=choose.sample([*figures.values_list("pk", flat=True)], k=2))
        values = {"kind": choose.choice(["troops", "ships"]), "basis": choose.choice(["deployed", "pledged"])}
        if number % 3 == 0:
            example.pk, example.location, example.as_of = None, f"Place {number}", f"{1990 + number}"
            example.save(force_insert=True)
        elif number % 3 == 1:
            some.update(**values, location=Cast("pk", CharField()), as_of=f"19{number + 50}")
        elif figures.count() > 4:
            some.delete()
        assert_right()


@pytest.mark.django_db
def test_counts_are_right_after_typed_sql_copy_and_truncate(figures):
    sql("""
        MERGE INTO missions_contribution AS t USING (
            SELECT c.*, place FROM missions_contribution c, unnest(ARRAY['', 'north', 'south']) AS place
        ) AS s ON t.id = s.id AND t.location = s.place
        WHEN MATCHED THEN UPDATE SET kind = 'training'
        WHEN NOT MATCHED THEN INSERT (mission_id, country_id, kind, location, as_of, basis, value_state, quantity,
            unit, note, source_id, checked_digest)
        VALUES (mission_id, country_id, kind, place, as_of, basis, value_state, quantity, unit, note, source_id, '')
    """)
    assert figures.filter(kind="training").count() == 4
    assert figures.count() == 12
    assert_right()
    columns = "mission_id, country_id, kind, as_of, basis, value_state, quantity, unit, source_id"
    values = figures.values_list(*columns.split(", ")).first()
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY missions_contribution ({columns}, location, note, checked_digest) FROM STDIN") as copy,
    ):
        copy.write_row([*values, "copied", "", ""])
    assert figures.filter(location="copied").exists()
    assert_right()

    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql("TRUNCATE missions_contribution, missions_contributioncounts1 CASCADE")

    assert [counts.objects.count() for counts in KEPT] == [0] * len(KEPT)


@pytest.mark.django_db
def test_change_of_what_is_not_counted_leaves_nothing(figures):
    before = [counts.objects.count() for counts in KEPT]

    figures.update(note="seen")

    assert [counts.objects.count() for counts in KEPT] == before


@pytest.mark.django_db
def test_groups_are_the_same_from_rows_and_from_kept_counts(figures, monkeypatch):
    figures.filter(kind="aircraft").delete()  # a count that came to nothing
    groups = count_groups(Contribution.objects.published(), "mission__code", "kind").order_by("mission__code", "kind")
    assert "counts1" in str(groups.query)
    from_counts = [*groups]

    monkeypatch.setattr(Contribution, "kept_counts", [])
    groups = count_groups(Contribution.objects.published(), "mission__code", "kind").order_by("mission__code", "kind")

    assert from_counts == [*groups]
    assert [row["number"] for row in from_counts] == [1, 1]


@pytest.mark.django_db
def test_query_by_a_column_without_counts_reads_the_rows(figures):
    figures.filter(kind="ships").update(quantity=7)

    (group,) = count_groups(Contribution.objects.filter(quantity=7), "kind")

    assert group == {"kind": "ships", "number": 1}


@pytest.mark.django_db
def test_folding_leaves_one_row_of_each_count_and_none_of_nothing(figures):
    make.contribution(mission=figures[0].mission, country=figures[0].country, location="Elsewhere")
    figures.filter(kind="ships").delete()

    fold_counts(connection.connection)

    assert_right()
    assert [counts.objects.count() for counts in KEPT] == [len(kept(counts)) for counts in KEPT]


@pytest.mark.django_db
def test_recount_corrects_what_changed_while_triggers_were_off(figures, capsys):
    sql("ALTER TABLE missions_contribution DISABLE TRIGGER USER")
    figures.filter(kind="ships").delete()
    sql("ALTER TABLE missions_contribution ENABLE TRIGGER USER")

    call_command("recount")

    said = capsys.readouterr().out.splitlines()
    assert [line for line in said if not line.endswith(": right")] == [
        f"{counts._meta.db_table}: 1 corrected" for counts in KEPT
    ]
    assert {"lessons_lessoncounts1: right", "lessons_lessonsetsofthemes: right"} <= {*said}
    assert_right()
    assert {*correct_counts().values()} == {0}


@pytest.mark.django_db
def test_migrate_counts_anew_where_other_columns_are_counted(figures, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(Contribution, "kept_counts", KEPT[:1])
        count_changes(Contribution._meta.app_config)
        figures.filter(kind="ships").delete()
        assert kept(KEPT[1]) != counted(KEPT[1])

    count_changes(Contribution._meta.app_config)

    assert_right()


@pytest.mark.django_db
def test_mission_with_counts_can_be_deleted_after_its_figures(figures):
    mission = Mission.objects.first()
    mission.contributions.all().delete()

    mission.delete()

    assert_right()


@pytest.fixture
def two_writers(django_db_setup, django_db_blocker):
    """Return two connections to a table of its own with counts, which is dropped afterwards."""
    with django_db_blocker.unblock(), contextlib.ExitStack() as stack:
        parameters = connection.get_connection_params()
        parameters = {name: parameters[name] for name in ["dbname", "host", "port", "user"] if name in parameters}
        setup, *writers = (stack.enter_context(psycopg.connect(**parameters, autocommit=True)) for _ in range(3))
        setup.execute("CREATE TABLE written (id integer PRIMARY KEY, kind text)")
        setup.execute("CREATE TABLE written_counts (kind text, number bigint)")
        stack.callback(setup.execute, "DROP TABLE written, written_counts")
        for event, tables in [("INSERT", "NEW TABLE AS new_rows"), ("DELETE", "OLD TABLE AS old_rows")]:
            setup.execute(writers_trigger(event, tables))
        setup.execute(writers_trigger("UPDATE", "OLD TABLE AS old_rows NEW TABLE AS new_rows"))
        setup.execute("INSERT INTO written SELECT n, 'ship' FROM generate_series(1, 10) AS n")
        yield setup, *writers


def writers_trigger(event, tables):
    return f"""
        CREATE TRIGGER counted_{event} AFTER {event} ON written REFERENCING {tables}
        FOR EACH STATEMENT EXECUTE FUNCTION pk_count_changes('written_counts', 'kind')
    """


def test_two_writers_do_not_wait_for_each_other_and_both_are_counted(two_writers):
    reader, first, second = two_writers
    for writer in [first, second]:
        writer.execute("SET lock_timeout = '2s'")
        writer.execute("BEGIN")
    first.execute("UPDATE written SET kind = 'tank' WHERE id <= 5")
    second.execute("INSERT INTO written VALUES (11, 'ship')")
    second.execute("DELETE FROM written WHERE id = 10")
    first.execute("INSERT INTO written VALUES (12, 'ship')")
    query = "SELECT kind, sum(number)::int FROM written_counts GROUP BY kind HAVING sum(number) <> 0 ORDER BY kind"
    assert reader.execute(query).fetchall() == [("ship", 10)]

    second.execute("COMMIT")
    assert reader.execute(query).fetchall() == [("ship", 10)]
    first.execute("COMMIT")

    assert reader.execute(query).fetchall() == [("ship", 6), ("tank", 5)]
    counted = "SELECT kind, count(*)::int FROM written GROUP BY kind ORDER BY kind"
    assert reader.execute(counted).fetchall() == reader.execute(query).fetchall()
