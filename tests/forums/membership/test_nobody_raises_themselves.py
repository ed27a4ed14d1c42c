"""No route lets anybody gain a role or right by their own act.

Each person asks every writing route that names a seat, a person, an invitation or a review, with
bodies that would raise it; afterwards it has what it had.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from platform_api.core.actor import Role
from platform_api.identity.actors import actor_of
from platform_api.identity.models import User
from tests.access.routes import API_ROUTES
from tests.api import ApiClient, api, refused
from tests.factories import DocumentFactory, OperatorFactory, delegate, service_client
from tests.fixtures import Table

pytestmark = [pytest.mark.access, pytest.mark.django_db, pytest.mark.slow]


def _held(user: User) -> Any:
    actor = actor_of(User.objects.get(pk=user.pk))
    account = User.objects.get(pk=user.pk)
    return actor.groups, actor.scopes, actor.seats, actor.parties, account.is_operator


def _bodies(user: User, table: Table) -> list[dict[str, Any]]:
    """Bodies in which somebody would raise themselves, for whatever route takes them."""
    until = (timezone.now() + timedelta(days=9)).isoformat()
    seats = (str(table.serbia.pk), str(table.albania.pk))
    return [
        *[{"user": user.email, "role": role.value} for role in Role],
        *[
            {"delegation": seat, "email": user.email, "role": role.value}
            for seat in seats
            for role in Role
        ],
        *[{"delegation": seat, "due_at": until} for seat in seats],
        {"reason": "Because."},
        {"token": "guessed"},
        {},
    ]


def _ask_everything(caller: ApiClient, user: User, table: Table, known: dict[str, Any]) -> int:
    """Send each route that writes every body of a shape that it takes; how many there were."""
    asked = 0
    for route in API_ROUTES:
        for method in set(route.actions) - {"GET"}:
            act = route.act(method)
            assert act is not None
            # What only takes away is another matter.
            if route.name.endswith(("-end", "-withdraw", "-suspend")):
                continue
            names = {
                name: known.get(route.subject, known.get(name, table.serbia.pk))
                for name in route.kwargs
            }
            taken = set(act.input().fields) if act.input else set()
            for body in _bodies(user, table):
                if set(body) <= taken:
                    caller._send(method, route.url(**names), body, if_match="1")
                    asked += 1
    return asked


@pytest.fixture(autouse=True)
def unthrottled(settings: Any) -> None:
    """Let callers ask as often as the test needs."""
    for name in ("", "UNAUTHENTICATED_"):
        setattr(settings, f"THROTTLE_{name}PER_MINUTE", 1_000_000)
        setattr(settings, f"THROTTLE_{name}BURST", 1_000_000)


def _known(table: Table, user: User) -> dict[str, Any]:
    held = table.serbia.delegates.filter(user=user).first()
    return {
        "delegation": table.serbia.pk,
        "delegate": held.pk if held else table.serbia.pk,
        "document": DocumentFactory(delegation=table.serbia).pk,
        "code": "RS",
        "key": "none",
        "slug": "seemic",
        "forum_slug": "seemic",
        "tag": "en",
    }


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_a_person_in_any_role_has_afterwards_what_it_had(table: Table, role: str):
    user = delegate(table.serbia, role).user
    known = _known(table, user)
    before = _held(user)

    asked = _ask_everything(api(user), user, table, known)

    assert asked > 50
    assert _held(user) == before
    assert not [sent for sent in mail.outbox if user.email in sent.to]


@pytest.mark.parametrize("kind", ["operator", "manager client"])
def test_an_operator_and_a_managing_client_have_afterwards_what_they_had(table: Table, kind: str):
    client = service_client(table.serbia, "access_manager")
    user = OperatorFactory() if kind == "operator" else client.user
    assert user is not None
    caller = api(user if kind == "operator" else client)
    before = _held(user)

    _ask_everything(caller, user, table, _known(table, user))

    assert _held(user) == before


def test_the_manager_is_told_so_where_it_names_itself(table: Table, access_manager: User):
    client = api(access_manager)
    seat = str(table.serbia.pk)
    for role in Role:
        appointed = client.post(
            f"delegations/{seat}/delegates", {"user": access_manager.email, "role": role.value}
        )
        invited = client.post(
            "invitations", {"delegation": seat, "email": access_manager.email, "role": role.value}
        )
        assert refused(appointed) == refused(invited) == (403, "own_role")


def test_an_inviter_cannot_take_up_what_it_sent_to_another_address(
    table: Table, access_manager: User
):
    body = {"delegation": str(table.serbia.pk), "email": "friend@mod.example", "role": "head"}
    made = api(access_manager).post("invitations", body)
    token = mail.outbox[0].body.split("#")[1].strip()
    before = _held(access_manager)

    assert token not in made.content.decode()
    # Even with a token that was intercepted, the inviter itself gains nothing.
    taken = api(access_manager).post("invitations/accept", {"token": token})
    assert refused(taken) == (404, "not_found")
    assert _held(access_manager) == before
