"""Users, OAuth clients and access tokens."""

import secrets
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone
from oauth2_provider.models import AccessToken

from platform_api.identity.models import Client, User
from platform_api.identity.scopes import SCOPES

from .base import RowFactory

FRONT_END = "front-end-of-the-tests"


class UserFactory(RowFactory):
    """A person; ``UserFactory(is_active=False)`` for one that was locked out."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    name = factory.Sequence("Person {}".format)
    email = factory.Sequence("person{}@tests.example".format)


class OperatorFactory(UserFactory):
    """An operator of the instance."""

    name = factory.Sequence("Operator {}".format)
    is_operator = True


def front_end() -> Client:
    """The OAuth client that people's tokens are made through; it may carry every scope."""
    client, _ = Client.objects.get_or_create(
        client_id=FRONT_END,
        defaults={
            "name": "Front end of the tests",
            "client_type": Client.CLIENT_PUBLIC,
            "authorization_grant_type": Client.GRANT_AUTHORIZATION_CODE,
            "scopes": sorted(SCOPES),
        },
    )
    return client


class AccessTokenFactory(RowFactory):
    """A live access token of a person (``user``) or of a service client (``application``)."""

    class Meta:
        model = AccessToken

    user = None
    application = factory.LazyFunction(front_end)
    token = factory.LazyFunction(secrets.token_urlsafe)
    expires = factory.LazyFunction(lambda: timezone.now() + timedelta(days=1))
    scope = factory.LazyAttribute(lambda token: " ".join(token.application.scopes))


def token_for(caller: User | Client, scopes: Iterable[str] | None = None) -> str:
    """A bearer token of a person or service client; with all its client's scopes by default."""
    given: dict[str, Any] = {} if scopes is None else {"scope": " ".join(scopes)}
    if isinstance(caller, Client):
        return str(AccessTokenFactory(application=caller, **given).token)
    return str(AccessTokenFactory(user=caller, **given).token)
