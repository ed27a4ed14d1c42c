"""Every write to users and clients' secrets."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from oauth2_provider.generators import generate_client_secret

from platform_api.core.access import require_operator
from platform_api.core.actor import Actor, ActorKind
from platform_api.core.errors import Conflict, FieldError, Forbidden, Invalid
from platform_api.core.service import service
from platform_api.ledger.services import record

from .accounts import is_unused
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
        raise _email_taken()
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
def account_take_up(*, actor: Actor, email: str, name: str, password: str) -> User:
    """Make the account of a person who proved to hold an address, or let it take up an unused one.

    The platform's own act, for a caller without an account. Raises Invalid for a bad name or
    password, and Conflict (``email_taken``) when the account is in use.
    """
    if actor.kind is not ActorKind.SYSTEM:
        raise Forbidden("Accounts are taken up by invitation.", code="invitation_required")
    _require_account(name, password, email)
    user = User.objects.select_for_update().filter(email=email.lower()).first()
    if user is None:
        try:
            with transaction.atomic():
                user = User.objects.create_user(email, password, name=name)
        except IntegrityError:
            raise _email_taken() from None
    elif is_unused(user):
        user.name = name
        user.set_password(password)
        user.save(update_fields=["name", "password"])
    else:
        raise _email_taken()
    record(kind="user.taken_up", actor=actor, object_type="user", object_id=user.pk)
    return user


def _email_taken() -> Conflict:
    return Conflict("There is a user with this address.", code="email_taken")


def _require_account(name: str, password: str, email: str) -> None:
    errors = []
    if not name.strip():
        errors.append(FieldError("/name", "required", "A name is needed."))
    try:
        validate_password(password, User(email=email, name=name))
    except ValidationError as refused:
        errors += [FieldError("/password", str(e.code), e.messages[0]) for e in refused.error_list]
    if errors:
        raise Invalid(errors)


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
