"""Claims of a text: each sentence with a number, a date or a legal word, and what it cites."""

import csv

import pytest
from django.conf import settings

from pkportal.sources.claims import claims
from pkportal.sources.sentences import sentences


def words(text):
    return [sentence.text for sentence in sentences(text)]


def cited(text):
    return [(claim.text, [citation.code for citation in claim.citations]) for claim in claims(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It began. It ended.", ["It began.", "It ended."]),
        ("It had 4.5 million euros, i.e. too few. It ended.", ["It had 4.5 million euros, i.e. too few.", "It ended."]),
        ("Gen. Smith and Lt. Col. J. A. Doe came.", ["Gen. Smith and Lt. Col. J. A. Doe came."]),
        ("See para. 7 and No. 12. No. 13 is gone.", ["See para. 7 and No. 12.", "No. 13 is gone."]),
        ("The answer was no. The force left.", ["The answer was no.", "The force left."]),
        ("In the U.S. The force trained.", ["In the U.S.", "The force trained."]),
        ("The U.S. Army and the U.K. Navy came.", ["The U.S. Army and the U.K. Navy came."]),
        ("It began on 5 Sept. 2001. It ended in Sept. The rest stayed.", None),
        ("Ships, aircraft etc. The rest stayed.", ["Ships, aircraft etc.", "The rest stayed."]),
        ("“Why now?” asked the Council. “Because.” It left.", None),
        ("It had 30 people. 12 of them left.", ["It had 30 people.", "12 of them left."]),
        ("1. The first point.\n2. In 1999. It ended.", ["The first point.", "In 1999.", "It ended."]),
        ("It left …and came back. It stayed…", ["It left …and came back.", "It stayed…"]),
        ("It ended\nin 1999.\nIt was over.", ["It ended in 1999.", "It was over."]),
        ("# The 1999 heading\n\nIt began.", ["It began."]),
        ("```\nIn 1999.\n```\n\nIt began.", ["It began."]),
        ("- In 1999 it began\n- It **ended. Late**\n", ["In 1999 it began", "It ended.", "Late"]),
        ("> It began. It ended.", ["It began.", "It ended."]),
        ("", []),
    ],
)
def test_text_is_split_into_its_sentences(text, expected):
    others = {
        "It began on 5 Sept.": ["It began on 5 Sept. 2001.", "It ended in Sept.", "The rest stayed."],
        "“Why now?” asked th": ["“Why now?” asked the Council.", "“Because.”", "It left."],
    }
    assert words(text) == (others[text[:19]] if expected is None else expected)


def test_citation_belongs_to_the_sentence_in_which_or_behind_which_it_stands():
    text = (
        "It began in 1999 [@un-1, para. 7]. It had 50,000 people. [@un-2] It was mandated [@un-3; @un-4], and left. "
        "It ended in 2004.[@un-5]"
    )

    assert cited(text) == [
        ("It began in 1999.", ["un-1"]),
        ("It had 50,000 people.", ["un-2"]),
        ("It was mandated, and left.", ["un-3", "un-4"]),
        ("It ended in 2004.", ["un-5"]),
    ]
    assert claims(text)[0].citations[0].pinpoint == "para. 7"


def test_row_of_a_table_is_one_claim_and_has_the_citation_of_its_head():
    text = "| Nation | People [@un-1] |\n|---|---|\n| Italy | 551 |\n| France | 12 [@un-2] |\n\nIt ended."

    assert cited(text) == [("Italy · 551", ["un-1"]), ("France · 12", ["un-2", "un-1"])]


@pytest.mark.parametrize(
    ("sentence", "marks"),
    [
        ("It began in 1999.", ("date",)),
        ("It began on 12 June 1999 with 50,000 people.", ("date", "number")),
        ("It began in May.", ("date",)),
        ("It may begin, and march on.", ()),
        ("Thirty nations sent 15 per cent of it.", ("number",)),
        ("It flew F-16 and AC-130 aircraft.", ()),
        ("States shall comply.", ("legal",)),
        ("The Council authorised it under Chapter VII.", ("legal",)),
        ("It decided to renew the mandate.", ("legal",)),
        ("Article 5 was invoked.", ("number", "legal")),
        ("It kept the peace.", ()),
    ],
)
def test_number_a_date_or_a_legal_word_makes_a_sentence_a_claim(sentence, marks):
    assert [claim.marks for claim in claims(sentence)] == ([marks] if marks else [])


def test_articles_of_the_record_are_split_where_a_reader_would():
    text = (settings.BASE_DIR / "fixtures/topics/challenges.md").read_text()

    found = dict(cited(text))

    sentence = (
        "Attacks by men in Afghan uniform caused about 15 per cent of coalition deaths in 2012 and damaged trust at "
        "the heart of the training effort."
    )
    assert found[sentence] == ["mwi-insider-2017", "fp-insider-2012"]


def test_every_sentence_of_the_record_begins_as_a_sentence_does():
    with (settings.BASE_DIR / "fixtures/missions.csv").open() as file:
        found = [sentence for row in csv.DictReader(file) for sentence in words(row["summary"]) + words(row["outcome"])]

    assert len(found) > 250
    assert [sentence for sentence in found if not (sentence[0].isupper() or sentence[0].isdigit())] == []
    assert [sentence for sentence in found if sentence[-1] not in ".!?”)"] == []
