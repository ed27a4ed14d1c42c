"""Every write to service clients and the seats they act for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from oauth2_provider.generators import generate_client_id, generate_client_secret

from forums.membership.derivation import binding_memberships
from forums.membership.models import ClientBinding, Delegation
from forums.membership.recording import record_at_seat
from platform_api.core import access
from platform_api.core.actor import Actor, Role
from platform_api.core.errors import FieldError, Invalid
from platform_api.core.service import service
from platform_api.identity.models import Client, User
from platform_api.identity.scopes import SCOPES


@dataclass(frozen=True, slots=True)
class NewClient:
    """A service client with its secret, which is shown this once."""

    binding: ClientBinding
    client_id: str
    client_secret: str


@service
def client_create(
    *,
    actor: Actor,
    delegation: Delegation,
    name: str,
    role: Role,
    scopes: Sequence[str],
    expires_at: datetime | None = None,
) -> NewClient:
    """Make a service client that acts for one seat in one role."""
    access.require_operator(actor)
    unknown = sorted(set(scopes) - set(SCOPES))
    if unknown:
        raise Invalid([FieldError("/scopes", "unknown", f"Unknown scopes: {', '.join(unknown)}.")])
    client_id, secret = generate_client_id(), generate_client_secret()
    account = User.objects.create_user(
        f"{client_id.lower()}@client.invalid", name=name, kind="client"
    )
    client = Client(
        client_id=client_id,
        client_secret=secret,
        name=name,
        user=account,
        client_type=Client.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Client.GRANT_CLIENT_CREDENTIALS,
        scopes=sorted(scopes),
        expires_at=expires_at,
    )
    client.save()
    binding = ClientBinding(client=client, delegation=delegation, role=role.value)
    binding.save(force_insert=True)
    binding_memberships(binding, delegation)
    record_at_seat(
        "client.created",
        actor,
        "client_binding",
        binding.pk,
        delegation,
        {"client_id": client_id, "role": role.value, "scopes": sorted(scopes)},
    )
    return NewClient(binding, client_id, secret)
