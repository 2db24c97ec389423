"""Files that no reader can take as they are: each with why, or with what has to be asked."""

import gzip
from typing import NamedTuple

from tests.exchange.messy_files import ROWS, text, zipped


class Refused(NamedTuple):
    """One file that is no table, or about which a person must decide, and words of what is said."""

    name: str
    content: bytes
    words: str


def refused_files():
    """Yield files that are no table, and those about which a person must decide."""
    for codec, word in [
        *[
            ("cp1250", "Łódź"),
            ("cp1251", "Приштина"),
            ("cp1252", "Élysée à Zürich"),
            ("cp1254", "İstanbul ağı"),
            ("cp1257", "Šiauliai ąžuolė"),
        ],
        *[
            ("mac_roman", "Élysée à Zürich"),
            ("cp1253", "Αθήνα και Κρήτη"),
            ("koi8_r", "Приштина"),
            ("big5", "部隊在科索沃"),
        ],
        *[
            ("gb18030", "部队在科索沃"),
            ("cp932", "コソボの部隊"),
            ("euc_kr", "코소보 부대"),
            ("cp852", "Łódź i Kraków"),
            ("iso8859_2", "Łódź"),
        ],
    ]:
        content = text([[*row[:4], word] for row in ROWS]).encode(codec)
        yield Refused(f"code page {codec}", content, f"{codec}: ")
        yield Refused(f"words in code page {codec}", content, word)
    twice = text([[*row[:4], "Café Türkiye"] for row in ROWS]).encode().decode("cp1252").encode()
    yield Refused("encoded twice", twice, "utf-8-twice: mended Café Türkiye")
    beginnings = {
        b"%PDF-1.7\n": "a PDF document",
        b"\x89PNG\r\n\x1a\n": "an image",
        b"\xff\xd8\xff\xe0": "an image",
        b"GIF89a": "an image",
        b"\x1f\x8b\x08": "cannot be unpacked",
        gzip.compress(text().encode())[:-20]: "damaged or incomplete",
        gzip.compress(b"x,y\n" * 2_000_000): "larger than it seems",
        gzip.compress(b"\0" * 5_000): "neither text nor a workbook",
        gzip.compress(zipped({"a.csv": b"x"})): "is packed, and no text",
        b"mission   country  as_of\nkfor      ITA      2031\n": "set apart by blanks",
        b"mission country as_of\nkfor ITA 2031\n": "set apart by blanks",
        b",Troops,,,\ncountry,2004,2005,2004,2005\nITA,1,2,3,4\n": "The row above has “Troops”",
        b"mission,kfor,isaf\ncountry,ITA,ITA\nas_of,2031,2032\n": "are below each other: mission, country, as_of.",
        b"country,note,,country,note\nITA,a,,FRA,b\n": "2: columns D to E: country · note · FRA · b\nall: all of them",
        b"country,note,country,as_of\nITA,a,FRA,2031\n": "names a column twice: country",
        b'{"rows": [{"a": 1}], "others": [{"b": 1}]}': "two lists, “rows” and “others”",
        b'{"rows": [{"a": 1}]} {"rows": []}': "Something follows after the list",
        b'{"rows": [{"a": 1}': "incomplete",
        b"BZh9": "bzip2",
        b"Rar!\x1a": "RAR",
        b"7z\xbc\xaf\x27": "7z",
        b"SQLite format 3\0": "a database",
        b"PAR1": "a Parquet file",
        b"{\\rtf1": "RTF",
        b'[["mission", 1]]': "JSON",
        b'\xef\xbb\xbf{"rows":\n[1]}': "JSON",
        b"[]": "JSON",
        b"<!DOCTYPE html><table>": "a web page without a table",
        b"\n<html>": "a web page without a table",
        b"<table><tr><td>mission<td>note<tr><td>a<td>b</table>" * 2: "table 2: ",
        b"<table>" * 100 + b"<tr><td>a": "more than 60 tables",
        b"ID;PWXL;N;E\n": "a SYLK file",
        b"MIME-Version: 1.0\n": "a web archive",
        b"<?xml version='1.0'?><a/>": "XML",
        "<html><body>".encode("utf-16"): "a web page",
        b"\x00\x01\x02\x03\x04" * 400: "neither text nor a workbook",
        b'<?xml version="1.0"?><w xmlns="urn:schemas-microsoft-com:office:spreadsheet">': "an XML spreadsheet of 2003",
        b"": "The file is empty.",
        b"\n\n\n": "no header",
        b",,,\n": "no header",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600: "not a workbook",
        b"PK\x03\x04 and nothing": "not a workbook",
        b"a,a\n1,2\n": "names a column twice: a",
        ",".join(map(str, range(900))).encode(): "at most 500",
    }
    for number, (start, kind) in enumerate(beginnings.items()):  # a packed file has the time in it: it names no test
        yield Refused(f"beginning {number}: {kind}", start, kind)
    for part, kind in {
        "word/document.xml": "a Word document",
        "xl/workbook.bin": "binary Excel",
        "Index/Document.iwa": "Numbers",
        "folder/figures.csv": "an archive of files",
        "ppt/presentation.xml": "a presentation",
    }.items():
        yield Refused(f"an archive with {part}", zipped({part: b"x"}), kind)
    encrypted = '<manifest xmlns:m="m"><m:encryption-data/></manifest>'
    yield Refused(
        "ODS with a password",
        zipped({"content.xml": b"x", "META-INF/manifest.xml": encrypted.encode()}),
        "has a password",
    )
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    yield Refused("XLSX with a password", locked, "has a password")
