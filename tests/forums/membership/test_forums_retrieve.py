"""GET /api/v1/forums/{slug}"""

import pytest

from platform_api.identity.models import User
from tests.api import ApiClient, api, assert_hidden_as_absent, refused
from tests.factories import UserFactory
from tests.fixtures import Table

pytestmark = pytest.mark.django_db


def test_shows_a_forum_with_its_rules_to_those_who_sit_there(table: Table, reader: User):
    response = api(reader).get("forums/seemic")

    assert response.status_code == 200
    assert response.json() == {
        "id": str(table.forum.pk),
        "slug": "seemic",
        "names": {"en": "Forum seemic"},
        "working_languages": ["en"],
        "mandate": {"en": "To cooperate."},
        "decision_rule": "silence",
        "silence_hours": 72,
        "number_pattern": "{slug}/{year}/{number}",
        "four_eyes": True,
        "abilities": {},
    }


def test_shows_every_forum_to_an_operator(table: Table, operator_user: User):
    client = api(operator_user)

    assert client.get("forums/seemic").status_code == 200
    assert client.get("forums/other").status_code == 200


def test_a_forum_of_others_is_as_one_that_does_not_exist(table: Table, reader: User):
    assert_hidden_as_absent(api(reader), "/api/v1/forums/other", "/api/v1/forums/never")
    assert_hidden_as_absent(api(UserFactory()), "/api/v1/forums/seemic", "/api/v1/forums/never")


def test_needs_a_token_and_its_scope(reader: User, anonymous: ApiClient):
    assert refused(anonymous.get("forums/seemic")) == (401, "not_authenticated")
    narrow = api(reader, scopes=["documents:read"])
    assert refused(narrow.get("forums/seemic")) == (403, "insufficient_scope")
