"""Which files the load command reads, and of which kind their records are."""

import pytest
from django.core.management import CommandError, call_command

from lessons.models import Topic
from pkportal.sources.models import Source
from tests.exchange.messy_files import zipped

from .conftest import COUNTRIES, SOURCES


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("utf-16", "\t"), ("utf-16-be", ";"), ("utf-8", "|")],
)
def test_encodings_and_delimiters_of_spreadsheets_are_read(load, encoding, delimiter):
    text = "code,title,kind\r\nété,Forces à l’étranger,news\r\n".replace(",", delimiter).replace("été", "ete")
    load(sources=text.encode(encoding))

    assert Source.objects.get().title == "Forces à l’étranger"


def test_long_texts_can_be_files_beside_the_csv_file(load, tmp_path, capsys):
    folder = tmp_path / "topics"
    folder.mkdir()
    (folder / "one.md").write_text("## Heading\n\nA text, with “quotes”.\n")
    output = load(topics="code,title,summary\none,One,First\n")

    assert output == "topics.csv: 1 new, 0 changed, 0 unchanged, 0 refused\n"
    (folder / "two.md").write_text("Nobody's")
    assert "No row of topics.csv has the text topics/two.md." in load(topics="code,title,summary\none,One,First\n")


def test_kind_of_records_is_asked_for_where_neither_name_nor_header_says_it(load):
    output = load(people="name\nX\n")

    assert output.startswith("Which records does the file “people.csv” have?\n")
    assert "\ncontributions: contributions\n" in output
    assert output.endswith("Answer with --kind and what stands before the colon in one of these lines.")


@pytest.mark.parametrize("name", ["countries (1)", "Countries-2026", "list of countries, final", "everything"])
def test_kind_of_records_is_read_from_any_name_or_else_from_the_header(load, name):
    assert load(**{name: COUNTRIES}) == f"{name}.csv: 1 new, 0 changed, 0 unchanged, 0 refused\n"


def test_kind_of_records_can_be_said(load):
    assert "people.csv: 2 new" in load("--kind=sources", people=SOURCES)
    assert "There is no kind of records “people”, but: sources, " in load("--kind=people", people=SOURCES)


def test_code_page_is_asked_for_with_samples_and_can_be_answered(load):
    content = "code,title,kind\nlodz,Łódź w 2031,news\n".encode("cp1250")

    question, first, *_others, last = load(sources=content).splitlines()
    assert question == "sources.csv: The file is not Unicode text. In which encoding are these words right?"
    assert first == "cp1250: Central European (Windows-1250) Łódź w 2031"
    assert last == "Answer with --encoding and what stands before the colon in one of these lines."
    load("--encoding=cp1250", sources=content)
    assert Source.objects.get().title == "Łódź w 2031"


def test_what_was_left_out_of_a_file_is_printed(load):
    output = load(sources=f"Sources of 2031\n{SOURCES}\nNote: all made up\n")

    assert output.splitlines() == [
        "sources.csv: 2 new, 0 changed, 0 unchanged, 0 refused",
        "sources.csv, row 1: “Sources of 2031” is above the header and was left out.",
        "sources.csv, row 6: “Note: all made up” is below the table and was left out.",
    ]
    bad = load(sources="Sources of 2031\ncode,title,kind\nx\n").splitlines()
    assert bad[:2] == [output.splitlines()[1], "sources.csv, row 3: This row has 1 cell, the header has 3."]


def test_one_table_of_any_name_in_a_zip_file_is_read(load, tmp_path):
    path = tmp_path / "from an office.zip"
    path.write_bytes(zipped({"Sources 2031.csv": SOURCES.encode(), "read me.txt": b"x"}))

    assert "2 new" in load(str(path), "--kind", "sources")


def test_folder_without_csv_files_is_refused(db, tmp_path):
    with pytest.raises(CommandError, match="There is no CSV file in"):
        call_command("load", str(tmp_path))


def test_path_that_does_not_exist_is_refused(db):
    with pytest.raises(CommandError, match="There is no file or folder nowhere.csv"):
        call_command("load", "nowhere.csv")


def test_empty_path_is_refused(db):
    with pytest.raises(CommandError, match="There is no file or folder"):
        call_command("load", "")


def test_file_that_cannot_be_read_is_refused_with_the_reason(db, tmp_path, capsys):
    (tmp_path / "sources.csv").mkdir()
    (tmp_path / "countries.csv").symlink_to(tmp_path / "nowhere")

    with pytest.raises(CommandError, match="Nothing was stored: 2 refused."):
        call_command("load", tmp_path)

    assert [line.rpartition("cannot be read: ")[2] for line in capsys.readouterr().err.splitlines()] == [
        "Is a directory.",
        "No such file or directory.",
    ]


@pytest.mark.parametrize("content", ["Café\r\n“peace”\r\n".encode(encoding) for encoding in ["utf-8-sig", "utf-16"]])
def test_text_file_can_have_any_encoding_of_a_csv_file(load, tmp_path, content):
    (tmp_path / "topics").mkdir()
    (tmp_path / "topics" / "one.md").write_bytes(content)
    load(topics="code,title,summary\none,One,First\n")

    assert Topic.objects.get().text == "Café\n“peace”\n"


def test_file_name_can_be_invalid_utf_8(db, tmp_path):
    path = tmp_path / "sources.\udcff"
    path.write_text(SOURCES)
    call_command("load", path, verbosity=0)

    assert Source.objects.count() == 2
