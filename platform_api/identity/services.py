"""Every write to users and clients' secrets."""

from oauth2_provider.generators import generate_client_secret

from platform_api.core.access import require_operator
from platform_api.core.actor import Actor
from platform_api.core.errors import Conflict
from platform_api.core.service import service
from platform_api.ledger.services import record

from .models import Client, User


@service
def user_create(
    *,
    actor: Actor,
    email: str,
    name: str,
    password: str | None = None,
    is_operator: bool = False,
    is_staff: bool = False,
) -> User:
    """Add a person. Without a password it signs in through its ministry's provider only.

    Raises Forbidden, and Conflict when the address is taken.
    """
    require_operator(actor)
    if User.objects.filter(email__iexact=email).exists():
        raise Conflict("There is a user with this address.", code="email_taken")
    user = User.objects.create_user(
        email, password, name=name, is_operator=is_operator, is_staff=is_staff
    )
    record(
        kind="user.created",
        actor=actor,
        object_type="user",
        object_id=user.pk,
        details={"is_operator": is_operator},
    )
    return user


@service
def client_secret_renew(*, actor: Actor, client: Client) -> str:
    """Give a service client a new secret, shown this once; the old one ends at once."""
    require_operator(actor)
    secret = generate_client_secret()
    client.client_secret = secret
    client.save()
    record(
        kind="client.secret_renewed",
        actor=actor,
        object_type="client",
        object_id=client.pk,
        details={"client_id": client.client_id},
    )
    return str(secret)
