"""Browser sessions of people, without the browser."""

from typing import Any

from django.test import Client

from platform_api.core.clock import database_now
from platform_api.core.service import writing
from platform_api.identity.admin.standing import FACTOR_KEY
from platform_api.identity.factors import codes
from platform_api.identity.factors.models import Factor
from platform_api.identity.models import User

PASSWORD = "correct horse battery staple"


def enrolled(user: User) -> tuple[Factor, bytes]:
    """A confirmed second factor of a person, and its key."""
    key = codes.new_key()
    factor = Factor(user=user, confirmed_at=database_now())
    factor.sealed_key = codes.sealed(key, factor.pk)
    with writing():
        factor.save(force_insert=True)
    return factor, key


def signed_in(user: User, *, verified: bool = True, **client: Any) -> Client:
    """A test client that is signed in, with its second factor shown unless told otherwise."""
    session_of = Client(**client)
    session_of.force_login(user)
    if verified:
        factor, _ = enrolled(user)
        session = session_of.session
        session[FACTOR_KEY] = str(factor.pk)
        session.save()
    return session_of


def sign_in(email: str, password: str, client: Client | None = None) -> Any:
    """What the sign-in page answers to an address and a password."""
    return (client or Client()).post(
        "/admin/login/", {"username": email, "password": password, "next": "/admin/"}
    )
