"""Conversions: a number or a date that is not written as a dump writes it is read as a careful clerk would, and said.

What may mean two things is refused with both, and what is none with the reason.
"""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from missions.models import ValueState
from pkportal.exchange.cells.cell_dates import DayOrder
from pkportal.exchange.cells.seen_texts import UnclearText
from pkportal.exchange.cells.written_numbers import read_number

from .columns import DATE, NBSP, THIN, WHOLE, reader

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "text", "read"),
    [
        *[(WHOLE, text, 1200) for text in ["1,200", "1 200", "1.200", "1'200", "1’200", f"1{NBSP}200", f"1{THIN}200"]],
        *[(WHOLE, text, 1200) for text in ['="1200"', '="1,200"']],
        *[(WHOLE, text, 1200) for text in ["1200*", "1,200**", "1200 †", "1200[1]", "1200 [a]", "1200 (1)", "1200²"]],
        *[(WHOLE, text, 1200) for text in ["1200.0", "1200.00", "1200,00", "1,200.00", "1.200,00", "1.2e3", "1.2E+03"]],
        *[(WHOLE, text, 1200) for text in [" 1200 ", f"1200{NBSP}", "01200", "+1200", "１２００", "١٢٠٠", "1٬200"]],
        *[(WHOLE, text, 1234567) for text in ["1,234,567", "1.234.567", "1 234 567", "1'234'567"]],
        (WHOLE, "12,000", 12000),
        *[("cost_shares.share", text, 1.5) for text in ["1,5", "1.50", "1,50", "1.5*", "1.5e0", "１.５"]],
        ("cost_shares.share", "0,125", 0.125),
        ("cost_shares.share", "1,200", 1.2),  # twelve hundred per cent is no share
        ("missions.latitude", "42,5", 42.5),
        ("missions.longitude", "−8.25", -8.25),
        ("missions.longitude", "–8.25", -8.25),
    ],
)
def test_number_is_read_as_people_write_it_and_said(path, text, read):
    reading = reader(path).read(text)

    assert (float(reading.value), reading.refusal) == (read, "")
    assert reading.conversion.endswith(f"” was read as {f'{read:g}' if read < 1e6 else read}")


@pytest.mark.parametrize(
    ("text", "number", "state"),
    [
        *[(text, 1200, ValueState.ABOUT) for text in ["~1200", "~ 1,200", "c. 1200", "ca 1200", "about 1200"]],
        *[
            (text, 1200, ValueState.ABOUT)
            for text in ["approx. 1 200", "Approximately 1200", "1200 (approx.)", "≈1200"]
        ],
        *[(text, 500, ValueState.UP_TO) for text in ["up to 500", "≤500", "<500", "max. 500", "500 or fewer"]],
        *[(text, 300, ValueState.AT_LEAST) for text in ["at least 300", "300+", ">300", "over 300", "300 or more"]],
        *[(text, 1200, ValueState.ESTIMATED) for text in ["1200 (est.)", "1,200* (est.)", "est. 1200"]],
    ],
)
def test_word_beside_a_number_goes_to_the_column_of_precision(text, number, state):
    reading = reader(WHOLE).read(text)

    assert (reading.value, reading.qualifier) == (number, state)
    assert reading.conversion == f"“{text}” was read as {number}, and {state.value} in the column value_state"


@pytest.mark.parametrize(
    ("text", "state", "remark"),
    [
        ("1 200 b", "", "without the flag b (break in the series)"),
        ("1200p", "", "without the flag p (provisional)"),
        ("1,200 (p)", "", "without the flag p (provisional)"),
        ("1200 u", "", "without the flag u (of low reliability)"),
        ("1200 e", "estimated", "without the flag e (estimated) and estimated in the column value_state"),
        (
            "1200 be",
            "estimated",
            "without the flag b (break in the series) and e (estimated) and estimated in the column value_state",
        ),
        ("1200 (b)", "", ""),  # the mark of a footnote
    ],
)
def test_flag_behind_a_number_is_left_out_with_its_meaning(text, state, remark):
    reading = reader(WHOLE).read(text)

    assert (reading.value, reading.qualifier) == (1200, state)
    assert reading.conversion == f"“{text}” was read as 1200{', ' if remark else ''}{remark}"
    assert reader(WHOLE).read("5 bn").refusal.startswith("“5 bn” has words beside the number")


@pytest.mark.parametrize(
    ("path", "text", "refusal"),
    [
        (WHOLE, "12.000", "“12.000” may be 12000 or 12: write 12000 or 12."),
        *[(WHOLE, text, f"“{text}” is a range") for text in ["100–200", "100-200", "100 to 200", "about 100–200"]],
        *[
            (WHOLE, text, f"“{text}” has words beside the number: write the number alone, with all digits.")
            for text in ["1200 men", "1,200 troops", "2 coy", "1.2k", "1.2 million", "1200a", "about 300 men"]
        ],
        (WHOLE, "####", "The column was too narrow when the file was saved"),
        (WHOLE, "#REF!", "“#REF!” is an error of the spreadsheet"),
        (WHOLE, "12%", "“12%” has a percent sign"),
        (WHOLE, "(1200)", "“(1200)” is in brackets"),
        (WHOLE, "[1200]", "“[1200]” is in brackets: write the number, and in a note what they mean."),
        (WHOLE, "-8", "This must be at least 0."),
        *[(WHOLE, text, f"“{text}” says that there is no value") for text in [": c", ":(bu)"]],
        *[(WHOLE, text, f"“{text}” is a range whose ends cannot be read") for text in ["120-100", "5–5"]],
        (WHOLE, "n/a", "“n/a” says that there is no value, but this cannot be blank."),
        ("missions.peak_strength", "~5000", "“~5000” says more than a number, and no column has that"),
        *[
            (WHOLE, text, f"“{text}” is not a whole number.")
            for text in ["1200,5", "0,125", "12,34,567", "1,2,3", "1_000"]
        ],
        *[(WHOLE, text, f"“{text}” is not a whole number.") for text in ["many", "*", "1/2", "1200-", "++5"]],
    ],
)
def test_number_that_is_none_or_may_be_two_is_refused_with_the_reason(path, text, refusal):
    reading = reader(path).read(text)

    assert reading.refusal.startswith(refusal)
    assert reading.value is None


@pytest.mark.parametrize("text", ["1.250", "1,250", "1,250*"])
def test_number_with_a_fraction_that_may_be_thousands_is_refused_with_both_readings(text):
    with pytest.raises(UnclearText) as error:
        read_number(text, is_whole=False)

    assert str(error.value) == f"“{text}” may be 1250 or 1.25: write 1250 or 1.25."


@pytest.mark.parametrize("text", ["n/a", "N/A", "..", "…", "-", "–", "—", "unknown", "n.d."])
@pytest.mark.parametrize("path", ["missions.peak_strength", "missions.end_date", "countries.joined_on"])
def test_word_for_nothing_is_blank_where_a_cell_may_be(path, text):
    assert reader(path).read(text)[:3] == (None, "", f"“{text}” was read as blank")


def test_word_for_nothing_is_a_text_in_a_column_of_texts():
    assert reader("contributions.note").read("-")[:3] == ("-", "", "")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        *[(text, "1999-06-12") for text in ["12.06.1999", "12.6.1999.", "12 June 1999", "12-Jun-99", "12.06.99"]],
        *[(text, "1999-06-12") for text in ["1999-06-12T00:00:00", "1999-06-12 00:00:00", "1999-06-12 00:00:00.000"]],
        *[(text, "1999-06-12") for text in ["June 12, 1999", "Saturday, 12 June 1999", "1999 June 12", "12.VI.1999"]],
        *[(text, "1999-06-25") for text in ["25/06/1999", "06/25/1999", "25/6/99", "6/25/1999 12:00:00 AM"]],
        *[
            (text, "1999-06")
            for text in ["June 1999", "Jun-99", "Jun '99", "06/1999", "1999/06", "1999 June", "VI 1999"]
        ],
        *[(text, "2020-03") for text in ["Mar-20", "March 2020", "mars 2020", "März 2020", "Mart 2020", "marca 2020"]],
        *[
            (text, "2020-03")
            for text in ["marzo de 2020", "МАРТ 2020", "III.2020", "2020M03", "2020年3月", "２０２０-０３"]
        ],
        *[(text, "2020-03-01") for text in ["1er mars 2020", "1. März 2020", "1 MART 2020", "2020. március 1."]],
        *[
            (text, "2020-03-31")
            for text in ["as of 31 March 2020", "the 31st of March 2020", "31.03.2020 r.", "31‑3‑2020"]
        ],
        *[(text, "1999") for text in [" 1999 ", "1999*", "1999.0"]],
    ],
)
def test_date_is_read_with_its_precision_and_said(text, read):
    reading = reader(DATE).read(text)

    assert (reading.value, reading.refusal) == (read, "")
    assert reading.conversion == f"“{text}” was read as {read}"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        *[(text, "2014") for text in ["spring 2014", "mid-2014", "late 2014"]],
        *[
            (text, "2014")
            for text in ["c. 2014", "2014 (est.)", "2014?", "2014e", "FY2014", "end of 2014", "Mitte 2014"]
        ],
        ("circa March 2014", "2014-03"),
        *[("2013/14", "2013"), ("FY 2013/14", "2013"), ("2004/05", "2004"), ("1999/2000", "1999")],
    ],
)
def test_date_that_is_less_exact_than_it_is_written_is_read_once_a_person_has_confirmed_it(text, read):
    asked = reader(DATE).read(text)

    assert asked.value is None
    assert asked.question.startswith(f"Is it right to read “{text}” as {read}")
    assert reader(DATE, confirmed=[("as_of", text)]).read(text).value == read


QUARTERS = (
    "Q3 2014|2014-Q3|3Q2014|2014Q3|T3/2014|2014/T3|Q3 '14|3Q14|3rd quarter of 2014|third quarter 2014|3. Quartal 2014|"
    "3e trimestre 2014|III kw. 2014|III kwartał 2014|2014:Q3|3 кв. 2014|Q3-2014*|2014 3rd quarter"
)


@pytest.mark.parametrize(
    ("texts", "part_as", "read", "remark"),
    [
        (QUARTERS, "last", "2014-09", ", the last of its months"),
        (QUARTERS, "first", "2014-07", ", the first of its months"),
        (QUARTERS, "year", "2014", ""),
        (
            "H2 2014|2014H2|2. Halbjahr 2014|2nd half of 2014|2e semestre 2014",
            "first",
            "2014-07",
            ", the first of its months",
        ),
        ("III/2014|2014-III", "last", "2014-09", ", the last of its months"),
        ("III/2014|2014-III", "month", "2014-03", ""),
    ],
)
def test_part_of_a_year_is_refused_until_a_person_has_said_what_it_stands_for_in_its_column(
    texts, part_as, read, remark
):
    asked, told = reader(DATE), reader(DATE, columns={"year_part": {"as_of": part_as}})
    for text in texts.split("|"):
        assert asked.read(text).refusal.startswith(f"“{text}” "), text
        assert (told.read(text).value, told.read(text).conversion) == (read, f"“{text}” was read as {read}{remark}")

    assert asked.unclear == {"year_part": texts.split("|")[0]}
    assert not told.unclear
    assert reader(DATE).read("VII/2014").value == "2014-07"


def test_end_that_is_to_come_is_blank_once_confirmed_where_a_date_may_be():
    end = "missions.end_date"
    assert reader(end).read("ongoing").question == "Is it right to read “ongoing” as blank, as it has not ended?"
    confirmed = reader(end, confirmed=[("end_date", "Present")]).read("Present")
    assert (confirmed.value, confirmed.conversion) == (None, "“Present” was read as blank")
    assert reader(DATE).read("ongoing")[1:4] == ("“ongoing” is not a date: write 1999, 1999-06 or 1999-06-12.", "", "")


def test_number_that_is_no_day_proves_no_order_of_day_and_month():
    dates = reader(DATE)
    for text in ["99-06-12", "12/6/99"]:
        assert dates.read(text).refusal
    assert dates.proved_order is None


def test_time_beside_a_date_is_left_out_and_said():
    assert reader(DATE).read("1999-06-12 14:30").conversion == (
        "“1999-06-12 14:30” was read as 1999-06-12, without the time"
    )
    assert reader("countries.joined_on").read("1949-04-04T09:00:00Z").value == datetime.date(1949, 4, 4)


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("12/06/1999", "“12/06/1999” may be 12 June 1999 or 6 December 1999: write 1999-06-12 or 1999-12-06."),
        ("Jun-40", "“Jun-40” may be June 1940 or June 2040: write 1940-06 or 2040-06."),
        ("36323", "“36323” is a number; as a spreadsheet counts days it would be 1999-06-12: write that, if it is."),
        ("?", "“?” says that there is no value, but this cannot be blank."),
        *[
            (text, f"“{text}” is not a date: write 1999, 1999-06 or 1999-06-12.")
            for text in ["31.02.1999", "1990s", "99-06-12", "1999.6", "since 1999", "1999 x", f"1999{' ' * 50}junk"]
        ],
        *[
            (text, f"“{text}” does not say which year it is: write a date like 2004-12-31 or 2004-12.")
            for text in ["12-Jun", "June 12", "Jun 04"]
        ],
        ("985996800", "“985996800” is not a date: write 1999, 1999-06 or 1999-06-12."),
        *[
            (text, f"“{text}” names several dates: write one of them, and the others in a note.")
            for text in ["1999–2000", "1999–00", "May 1999 – June 1999", "May/June 1999"]
        ],
    ],
)
def test_date_that_is_none_or_may_be_two_is_refused_with_the_reason(text, refusal):
    assert reader(DATE).read(text)[:2] == (None, refusal)


def test_order_of_day_and_month_is_proved_by_the_dates_of_a_column():
    column = reader(DATE)
    readings = [column.read(text) for text in ["12/06/1999", "25/06/1999", "1/2/99"]]

    assert [bool(reading.refusal) for reading in readings] == [True, False, True]
    assert (column.unclear, column.proved_order) == ({"order": "12/06/1999"}, DayOrder.DAY_FIRST)
    again = reader(DATE, columns={"order": {"as_of": column.proved_order}})
    assert again.read("12/06/1999").conversion == "“12/06/1999” was read as 1999-06-12, as the column has the day first"
    assert reader(DATE, columns={"order": {"as_of": DayOrder.MONTH_FIRST}}).read("12/06/1999").value == "1999-12-06"


def test_order_of_day_and_month_is_not_proved_by_dates_that_differ():
    column = reader(DATE)
    for text in ["12/06/1999", "25/06/1999", "06/25/1999"]:
        column.read(text)

    assert column.proved_order is None


@given(
    number=st.integers(0, 10**12),
    mark=st.sampled_from([",", ".", " ", "'", NBSP, THIN, ""]),
    before=st.sampled_from(["", " ", "~", "up to ", "c. "]),
    behind=st.sampled_from(["", "*", " [1]", "+", ".0", ",00"]),
)
@settings(max_examples=60)
def test_conversion_never_changes_a_number(number, mark, before, behind):
    written = f"{number:,}".replace(",", mark)
    reading = reader(WHOLE).read(f"{before}{written}{behind}")

    assert reading.refusal or reading.value == number
