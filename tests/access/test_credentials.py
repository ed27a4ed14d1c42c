"""A token opens what its holder and its client may do at this moment, and nothing afterwards."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as DjangoClient
from django.utils import timezone
from oauth2_provider.models import AccessToken

from platform_api.identity.models import Client, User
from tests.api import ApiClient, api
from tests.factories import AccessTokenFactory, delegate, service_client
from tests.fixtures import Table

pytestmark = [pytest.mark.access, pytest.mark.django_db]


def _code(client: ApiClient) -> tuple[int, str]:
    answer = client.get("me")
    return answer.status_code, "" if answer.status_code == 200 else answer.json()["code"]


_ENDS: dict[str, Any] = {
    "the token expires": lambda client: AccessToken.objects.update(
        expires=timezone.now() - timedelta(seconds=1)
    ),
    "the token is deleted": lambda client: AccessToken.objects.all().delete(),
    "the client expires": lambda client: Client.objects.update(
        expires_at=timezone.now() - timedelta(seconds=1)
    ),
    "the client's account is locked": lambda client: User.objects.filter(pk=client.user_id).update(
        is_active=False
    ),
}


@pytest.mark.parametrize("end", _ENDS.values(), ids=_ENDS.keys())
def test_a_service_client_is_out_when(end: Any, table: Table) -> None:
    client = service_client(table.serbia)
    caller = api(client)
    assert _code(caller) == (200, "")

    end(client)

    assert _code(caller) == (401, "invalid_token")


def test_a_person_that_is_locked_out_is_out(table: Table) -> None:
    user = delegate(table.serbia, "head").user
    caller = api(user)
    assert _code(caller) == (200, "")

    User.objects.filter(pk=user.pk).update(is_active=False)

    assert _code(caller) == (401, "invalid_token")
    # Nor is it taken for a caller without a token, where those are answered.
    assert ApiClient().get("practices").status_code == 200
    assert caller.get("practices").status_code == 401


def test_a_scope_taken_from_a_client_is_taken_from_its_tokens(table: Table) -> None:
    client = service_client(table.serbia, scopes=["documents:read", "forums:read"])
    caller = api(client)
    assert caller.get("documents").status_code == 200

    Client.objects.filter(pk=client.pk).update(scopes=["forums:read"])

    refused = caller.get("documents")
    assert (refused.status_code, refused.json()["code"]) == (403, "insufficient_scope")
    assert caller.get("me").json()["scopes"] == ["forums:read"]


def test_a_scope_that_a_token_claims_and_its_client_never_had_opens_nothing(table: Table) -> None:
    client = service_client(table.serbia, scopes=["forums:read"])
    token = AccessTokenFactory(application=client, scope="forums:read documents:read").token

    assert ApiClient(token).get("documents").status_code == 403


def test_a_token_is_had_with_the_secret_and_ends_when_it_is_revoked(table: Table) -> None:
    client = service_client(table.serbia)
    client.client_secret = "s" * 40
    client.save()
    credentials = {"client_id": client.client_id, "client_secret": "s" * 40}
    browser = DjangoClient()

    wrong = browser.post(
        "/oauth2/token",
        {**credentials, "client_secret": "t" * 40, "grant_type": "client_credentials"},
    )
    given = browser.post("/oauth2/token", {**credentials, "grant_type": "client_credentials"})
    caller = ApiClient(given.json()["access_token"])

    assert wrong.status_code == 401
    assert _code(caller) == (200, "")
    browser.post("/oauth2/revoke", {**credentials, "token": caller.token})
    assert _code(caller) == (401, "invalid_token")


def test_the_metadata_say_where_tokens_are_had_and_revoked(settings: Any) -> None:
    settings.PUBLIC_URL = "https://rcp.example"
    told = DjangoClient().get("/.well-known/oauth-authorization-server").json()

    assert told["issuer"] == "https://rcp.example"
    assert told["token_endpoint"] == "https://rcp.example/oauth2/token"
    assert told["revocation_endpoint"] == "https://rcp.example/oauth2/revoke"
    assert told["grant_types_supported"] == ["client_credentials"]


def test_credentials_in_the_address_or_body_are_not_looked_at(table: Table) -> None:
    token = api(delegate(table.serbia, "head").user).token
    nobody = ApiClient()

    assert nobody.get("me", {"access_token": token}).status_code == 401
    answer = nobody._django.post("/api/v1/documents", {"access_token": token})
    assert answer.status_code == 401


def test_a_session_of_the_admin_site_opens_nothing_of_the_api(table: Table) -> None:
    user = delegate(table.serbia, "head").user
    nobody = ApiClient()
    nobody._django.force_login(user)

    assert _code(nobody) == (401, "not_authenticated")
