"""Every broken contract of a page and of search is a system check error that names the model and the name."""

import pytest

from pkportal.content.pages import HasPage, Page, Period, ResultFields, SearchMethod

from .built_models import build, foreign_key, messages, operation_model

pytestmark = pytest.mark.usefixtures("isolated_models")


@pytest.mark.parametrize(
    ("page", "message"),
    [
        (None, "missions.Vehicle.page is not a Page."),
        (("mission", "code"), "missions.Vehicle.page is not a Page."),
        (Page("mission", key="cod"), "missions.Vehicle.page names “cod”, but missions.Vehicle has no field “cod”."),
        (Page("misson", key="code"), "missions.Vehicle.page names the URL “misson”, which does not exist."),
        (Page("home", key="code"), "missions.Vehicle.page names the URL “home”, which takes no single argument."),
    ],
)
def test_page_is_a_url_name_and_the_lookup_of_its_argument(page, message):
    assert messages(build(HasPage, page=page)) == [message]


@pytest.mark.parametrize(
    ("result_fields", "message"),
    [
        (("name", "code"), "missions.Vehicle.result_fields is not a ResultFields."),
        (
            ResultFields(title="title", text="code"),
            "missions.Vehicle.result_fields names “title”, but missions.Vehicle has no field “title”.",
        ),
        (
            ResultFields(title="name", text="operation__text"),
            "missions.Vehicle.result_fields names “operation__text”, but missions.Operation has no field “text”.",
        ),
        (
            ResultFields(title="name", text="code", details=(Period("name", "until"),)),
            "missions.Vehicle.result_fields names “until”, but missions.Vehicle has no field “until”.",
        ),
    ],
)
def test_result_fields_are_lookups_of_existing_fields(result_fields, message):
    assert messages(build(HasPage, result_fields=result_fields, operation=foreign_key(operation_model()))) == [message]


def filter_by_name(rows, value):
    return rows.filter(name=value)


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("nam", 'missions.Vehicle.search_fields["of"] names “nam”, but missions.Vehicle has no field “nam”.'),
        (["name", "nam"], 'missions.Vehicle.search_fields["of"] names “nam”, but missions.Vehicle has no field “nam”.'),
        (
            "operation__nam",
            'missions.Vehicle.search_fields["of"] names “operation__nam”, but missions.Operation has no field “nam”.',
        ),
        (
            SearchMethod(filter_by_name, "nam"),
            'missions.Vehicle.search_fields["of"] names “nam”, but missions.Vehicle has no field “nam”.',
        ),
        (7, 'missions.Vehicle.search_fields["of"] is neither a lookup nor a SearchMethod: 7.'),
    ],
)
def test_search_fields_are_lookups_of_existing_fields(target, message):
    assert messages(build(HasPage, search_fields={"of": target}, operation=foreign_key(operation_model()))) == [message]


@pytest.mark.parametrize("target", ["name", ["name", "code"], SearchMethod(filter_by_name, "name"), "operation", "pk"])
def test_search_fields_can_be_lookups_lists_of_lookups_and_methods(target):
    assert messages(build(HasPage, search_fields={"of": target}, operation=foreign_key(operation_model()))) == []
