"""The records that tests are made of."""

import inspect

import pytest

from tests import make

PARTS = {"made", "letters", "published", "of_mission", "in_country", "from_source", "count"}
MAKERS = [it for name, it in inspect.getmembers(make, inspect.isfunction) if name not in PARTS]


@pytest.mark.django_db
@pytest.mark.parametrize("maker", MAKERS, ids=lambda maker: maker.__name__)
def test_makes_any_number_of_them(maker):
    made = [maker() for _ in range(3)]

    assert type(made[0]).objects.filter(pk__in=[it.pk for it in made]).count() == 3
