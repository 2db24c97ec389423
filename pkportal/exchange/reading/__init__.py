"""Reading files: from the bytes that an office sends to a table of texts, row by row.

``read_table`` is the one way in, for text files and for workbooks. It changes no text: what a text means is found out
cell by cell, later. Whatever it leaves out is named in a note; what a person must decide is a question.
"""

from .tables import (
    AS_THEY_ARE,
    LEFT_OUT,
    OTHER_WAYS,
    WITHOUT_ANSWERS,
    ReadingChoice,
    ReadingNote,
    ReadingOptions,
    ReadingQuestion,
    Table,
    TableRow,
    Undecided,
    UnreadableFile,
)
from .text_file import decode_text
from .whole_file import read_table

__all__ = [
    "AS_THEY_ARE",
    "LEFT_OUT",
    "OTHER_WAYS",
    "WITHOUT_ANSWERS",
    "ReadingChoice",
    "ReadingNote",
    "ReadingOptions",
    "ReadingQuestion",
    "Table",
    "TableRow",
    "Undecided",
    "UnreadableFile",
    "decode_text",
    "read_table",
]
