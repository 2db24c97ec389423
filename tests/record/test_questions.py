"""Questions that people type, and the record that must come first: the whole table, on the real record."""

import csv
from pathlib import Path

import pytest

pytestmark = pytest.mark.django_db

QUESTIONS = Path(__file__).with_name("questions.csv")


def first_found(client, question):
    """Return the address that a reader meets first: of an answer, of a result, or of what a misspelt name may mean."""
    context = client.get("/search/", {"q": question}).context_data
    if answers := context.get("answers"):
        return answers[0].address
    if meant := context.get("nearest"):
        return meant.results[0].address
    if groups := context.get("groups"):
        return groups[0].results[0].address
    nearest = context["advice"].nearest
    return nearest.results[0].address if nearest else ""


@pytest.mark.usefixtures("unrendered")
def test_every_question_of_the_table_leads_to_its_record_first(client):
    with QUESTIONS.open(encoding="utf-8", newline="") as file:
        table = {row["question"]: row["first"] for row in csv.DictReader(file)}

    found = {question: first_found(client, question) for question in table}

    assert len(table) >= 250
    assert {question: (found[question], first) for question, first in table.items() if found[question] != first} == {}
