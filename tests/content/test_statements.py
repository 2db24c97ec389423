"""Compiled statements: when the database is lost, a prepared one fails as every other does."""

import pytest
from django.db import OperationalError, connection

from pkportal.content.statements import Parameter, Statement


class Asked(Parameter):
    WORD = "word"


PREPARED = Statement("PREPARE said (text) AS SELECT $1", (Asked.WORD,), "said")


def end_own_connection():
    """Let another connection end the one that is used here."""
    connection.ensure_connection()
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [connection.connection.info.backend_pid])
    other.close()


@pytest.mark.parametrize("is_prepared", [False, True], ids=["first use", "prepared before"])
def test_statement_on_a_lost_connection_fails_with_the_error_of_django(transactions, is_prepared):
    def run_after_the_end():
        assert not is_prepared or PREPARED.run({Asked.WORD: "troops"}) == [("troops",)]
        end_own_connection()
        with pytest.raises(OperationalError):
            PREPARED.run({Asked.WORD: "troops"})

    transactions(run_after_the_end)
