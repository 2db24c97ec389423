"""Messy files as offices send them, made by a script: the trouble of each, its bytes, and what is to be said of it."""

import gzip
import io
import zipfile
from itertools import product
from typing import NamedTuple

from openpyxl.utils import get_column_letter

HEADER = ["mission", "country", "as_of", "quantity", "note"]
ROWS = [
    ["kfor", "ITA", "2031-03", "1200", "Peć"],
    ["kfor", "DEU", "2031", "650", "it’s"],
    ["sfor", "FRA", "2031-03-12", "2", "x"],
]
ASCII_ROWS = [[*row[:4], "plain"] for row in ROWS]


class Messy(NamedTuple):
    """One messy file, and how it is to be read: its rows, its faults by row, and words of its notes."""

    name: str
    content: bytes
    rows: list[list[str]] = ROWS
    faults: dict[int, str] = {}
    notes: tuple[str, ...] = ()


def text(rows=ROWS, header=HEADER, delimiter=",", end="\n"):
    """Return a delimited text without quotes."""
    return "".join(delimiter.join(cells) + end for cells in [header, *rows])


def encoded_files():
    """Yield files in each Unicode encoding, with each line end and delimiter."""
    for encoding, end, delimiter in product(
        ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"],
        ["\n", "\r\n", "\r", "\r\r\n"],
        [",", ";", "\t", "|", "#"],
    ):
        name = f"{encoding} with {end!r} and {delimiter!r}"
        yield Messy(name, text(end=end, delimiter=delimiter).encode(encoding))
    yield Messy("utf-32", text().encode("utf-32"))
    for separator in [";", ":", "~"]:
        content = f"sep={separator}\n" + text(delimiter=separator)
        yield Messy(f"a line sep={separator}", content.encode())
    yield Messy("a quoted line sep=;", ('"sep=;"\r\n' + text(delimiter=";")).encode("utf-8-sig"))


def blank_lines_and_columns():
    """Yield files with blank lines, rows and columns in every place."""
    lines = text().splitlines(keepends=True)
    yield Messy("a blank line first", ("\n" + text()).encode())
    yield Messy("three blank lines first", ("\r\n \t\r\n\r\n" + text()).encode())
    yield Messy(
        "a blank line between", "".join([*lines[:2], "\n", *lines[2:]]).encode(), notes=("row 3: This row is blank.",)
    )
    yield Messy(
        "commas in a row", "".join([*lines[:2], ",,,,\n", *lines[2:]]).encode(), notes=("row 3: This row is blank.",)
    )
    yield Messy(
        "blanks in a row",
        "".join([*lines[:2], "  \n\t\n", *lines[2:]]).encode(),
        notes=("row 3: Rows 3 to 4 are blank.",),
    )
    yield Messy("blank lines at the end", (text() + "\n\n,,,,\n \n").encode())
    yield Messy("the mark of the end of a DOS file", (text() + "\x1a").encode())
    spare = [[*row, "", ""] for row in ROWS]
    yield Messy("spare commas", text(spare, [*HEADER, "", ""]).encode())
    yield Messy("spare commas below the header", text(spare).encode())
    yield Messy("spare commas in one row", text([ROWS[0], [*ROWS[1], "", ""], ROWS[2]]).encode())
    for place in range(len(HEADER)):
        rows = [[*row[:place], "", *row[place:]] for row in ROWS]
        content = text(rows, [*HEADER[:place], "", *HEADER[place:]]).encode()
        note = f"Columns without a name and without content were left out: {get_column_letter(place + 1)}"
        yield Messy(f"a blank column {place}", content, notes=(note,))
    numbered = [[str(number), *row] for number, row in enumerate(ROWS)]
    yield Messy("a column of numbers without a name", text(numbered, ["", *HEADER]).encode(), numbered)


def titles_and_notes():
    """Yield files with titles above, and notes and totals below or between."""
    for title in [
        "Figures of 2031",
        "Figures of 2031,,,,",
        '"Figures, of 2031"',
        "Mission figures\n\nas of March 2031\n",
    ]:
        notes = (f"“{title.strip(',').splitlines()[0].strip(chr(34))}” is above the header and was left out.",)
        yield Messy(f"title {title!r}", f"{title}\n{text()}".encode(), notes=notes)
    for note in [
        "Source: a report",
        "Note: rounded",
        "* provisional",
        "1) without reserves",
        "© an office",
        "N.B. made up",
        "(a) as of May",
    ]:
        for gap, spare in product(["", "\n"], ["", ",,,,"]):
            said = (f"“{note}” is below the table and was left out.",)
            yield Messy(f"note {gap + note + spare!r}", f"{text()}{gap}{note}{spare}\n".encode(), notes=said)
    yield Messy(
        "words after a blank line", f"{text()}\nMade by an office\n".encode(), notes=("“Made by an office” is below",)
    )
    for total in [
        "Total",
        "TOTAL:",
        "Grand total",
        "Sub-total",
        "Sum",
        "Gesamt",
        "Summe",
        "Razem",
        "Итого",
        "Total général",
    ]:
        said = (f"“{total} · 1852” is a total and was left out.",)
        yield Messy(f"{total} at the end", f"{text()}{total},,,1852,\n".encode(), notes=said)
    yield Messy(
        "a total between",
        text([ROWS[0], ["Total", "", "", "1,200".replace(",", ""), ""], *ROWS[1:]]).encode(),
        notes=("row 3",),
    )
    yield Messy(
        "a header that is repeated",
        text([ROWS[0], HEADER, *ROWS[1:]]).encode(),
        notes=("row 3: The header is repeated",),
    )
    narrow = b"Troops\nas of 1 April 2021\n\nWho,How many\nITA,5\n"
    yield Messy("titles above two columns", narrow, [["ITA", "5"]], notes=("“Troops” is above", "“as of 1 April 2021”"))
    yield Messy(
        "a header above the header",
        f"Who,,When,How many,\n{text()}".encode(),
        notes=("row 1: “Who · When · How many”",),
    )
    two = f"mission,country,,,note\n,,as_of,quantity,\n{text().partition(chr(10))[2]}"
    yield Messy("a header over two rows", two.encode(), notes=("The header is over two rows",))
    grouped = {
        "groups above years": ",Troops,,Police,\ncountry,2004,2005,2004,2005\n",
        "groups beside the header": "Country,Troops,,Police,\n,2004,2005,2004,2005\n",
        "repeated groups": ",Troops,Troops,Police,Police\ncountry,2004,2005,2004,2005\n",
    }
    three = ",KFOR,,ISAF,\n,2004,2005,2004,2005\nCountry,Troops,Troops,Troops,Troops\nITA,1,1,2,2\n"
    yield Messy("groups within groups", three.encode(), [["ITA", "1", "1", "2", "2"]], notes=("over three rows",))
    for name, head in grouped.items():
        content = f"Figures of an office\n{head}ITA,1,1,2,2\n".encode()
        yield Messy(name, content, [["ITA", "1", "1", "2", "2"]], notes=("over two rows", "“Figures of an office”"))
    spaced = text([["ITA", "1", "a", "2", "a"]], ["country", "2004", "", "2005", "note"]).encode()
    yield Messy("a column of marks beside figures", spaced, [["ITA", "1", "a", "2", "a"]])
    upper = [name.upper().replace("_", " ") for name in HEADER]
    padded = text(header=[f"  {name}\u00a0" for name in upper]).encode()
    yield Messy("a padded header in capitals", b"Title\n\n" + padded, notes=("above the header",))


def wrapped_files():
    """Yield files whose lines came wrapped, are drawn with characters, or are packed."""
    quoted = text([[*row[:4], '"a ""b"", c"'] for row in ROWS])
    rows = [[*row[:4], 'a "b", c'] for row in ROWS]
    lines = quoted.splitlines()
    doubled = "".join('"' + line.replace('"', '""') + '"\r\n' for line in lines).encode()
    yield Messy("each line in quotes", doubled, rows, notes=("Each line is in quotes as a whole",))
    answered = "".join(f"> {line}\n" for line in lines).encode()
    yield Messy("an answered mail", answered, rows, notes=("Each line begins with “>”",))
    spaced, blank = text(delimiter=", "), text([[*row[:4], '"a, b"'] for row in ROWS], delimiter=", ")
    yield Messy(
        "blanks before quotes",
        blank.encode(),
        [[*row[:4], "a, b"] for row in ROWS],
        notes=("Blanks between a delimiter and a quote were left out.",),
    )
    yield Messy("blanks after commas", spaced.encode(), [[row[0], *(f" {cell}" for cell in row[1:])] for row in ROWS])
    drawn = "".join(f"| {' | '.join(row)} |\n" for row in [HEADER, ["---"] * 5, *ROWS]).encode()
    note = "Columns without a name and without content were left out: A."
    cells = [[f" {cell} " for cell in row] for row in ROWS]
    yield Messy("a table in Markdown", drawn, cells, notes=(note,))
    below = "row 6: “¹ With KFOR rear.” is below the table"
    yield Messy("a note below it", drawn + "¹ With KFOR rear.\n".encode(), cells, notes=(note, below))
    rule = f"+{'-' * 40}+\n"
    framed = drawn.decode().replace("| --- | --- | --- | --- | --- |\n", rule) + rule
    yield Messy("a table in a frame", framed.encode(), [[f" {cell} " for cell in row] for row in ROWS], notes=(note,))
    yield Messy("gzip", gzip.compress(text().encode()))
    yield Messy("gzip of UTF-16", gzip.compress(text(delimiter=";").encode("utf-16")))
    for total in ["Total Western Europe", "Europe total", "NATO sub-total", "Subtotal"]:
        said = (f"“{total} · 1852 · –” is a total and was left out.",)
        content = text([ROWS[0], [total, "", "", "1852", "–"], *ROWS[1:]])
        yield Messy(f"{total} between", content.encode(), notes=said)
    wide = text([["ITA", "1", "2"], ["Total", "1", "2"]], ["country", "2004", "2005"]).encode()
    yield Messy("a total in every column", wide, [["ITA", "1", "2"]], notes=("row 3: “Total · 1 · 2” is a total",))
    unknown = b"Troops in Kosovo, 2031\ncountry,Jan,Feb,Mar\nITA,1,2,3\n"
    yield Messy("a comma in a title above other names", unknown, [["ITA", "1", "2", "3"]], notes=("above the header",))
    titled = f"Troops by nation (thousands)\n{text()}".encode()
    yield Messy(
        "a title of thousands", titled, notes=("“Troops by nation (thousands)” is above the header and was left out.",)
    )


def quotes_and_shapes():
    """Yield files with faults of quotes, cells and characters, each of which is named in its row."""
    lines = text().splitlines(keepends=True)
    quoted = text([[*row[:4], '"a ""b"", c"'] for row in ROWS])
    rows = [[*row[:4], 'a "b", c'] for row in ROWS]
    yield Messy("quotes", quoted.encode(), rows)
    yield Messy(
        "quotes after backslashes", quoted.replace('""b""', r"\"b\"").encode(), rows, notes=("Backslashes before",)
    )
    yield Messy(
        "line breaks in a cell",
        text([[*row[:4], '"a\nb\r\nc"'] for row in ROWS]).encode(),
        [[*row[:4], "a\nb\r\nc"] for row in ROWS],
    )
    opened = "".join([lines[0], lines[1].replace("Peć", '"Peć'), *lines[2:]])
    yield Messy("a quote that is never closed", opened.encode(), ROWS[1:], {2: "A quote is opened here"})
    yield Messy("two of them", opened.replace("it’s", '"it’s').encode(), ROWS[2:], {2: "A quote", 3: "A quote"})
    closed = "".join([lines[0], lines[1].replace("Peć", '"Peć" town'), *lines[2:]])
    yield Messy("a quote that ends in a cell", closed.encode(), ROWS[1:], {2: "A quote ends in the middle"})
    short = [*ROWS[:1], ROWS[1][:3], ROWS[2]]
    yield Messy("a short row", text(short).encode(), [ROWS[0], ROWS[2]], {3: "This row has 3 cells, the header has 5."})
    yield Messy(
        "a long row",
        text([ROWS[0], [*ROWS[1], "more"], ROWS[2]]).encode(),
        [ROWS[0], ROWS[2]],
        {3: "This row has 6 cells"},
    )
    broken = [["kfor"], ROWS[0], ROWS[1][:2], ROWS[2]]
    yield Messy(
        "two short rows",
        text(broken).encode(),
        [ROWS[0], ROWS[2]],
        {2: "This row has 1 cell", 4: "This row has 2 cells"},
    )
    yield Messy("a row that breaks off", f"{text()}kf".encode(), ROWS, {5: "This row has 1 cell, the header has 5."})
    late = text(ROWS * 30).encode()
    yield Messy("a broken-off file", late + b"The file is incomplete\n", ROWS * 30, {92: "This row has 1 cell"})
    bad = text(ROWS).encode().replace("it’s".encode(), b"Z\xfcrich")
    with_mark = [ROWS[0], [*ROWS[1][:4], "Z\ufffdrich"], ROWS[2]]
    yield Messy("a byte that is not UTF-8", bad, with_mark, {3: "The byte FC is not a character"})
    yield Messy(
        "NUL",
        text(ASCII_ROWS).replace("plain", "a\0b", 1).encode(),
        [[*ROWS[0][:4], "a\ufffdb"], *ASCII_ROWS[1:]],
        {2: "NUL"},
    )
    for blanks in [" x ", "\u00a0x", "x\u200b", "\ufeffx", "e\u0301", "“x”"]:
        yield Messy(
            f"{blanks!r} as it is",
            text([[*row[:4], blanks] for row in ROWS]).encode(),
            [[*row[:4], blanks] for row in ROWS],
        )


def zipped(parts):
    """Return a zip file with these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()
