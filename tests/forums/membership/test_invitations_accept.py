"""POST /api/v1/invitations/accept"""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db.models import F
from django.utils import timezone

from forums.membership.invitations.models import Invitation
from forums.membership.models import Delegate
from forums.membership.services import delegation_end
from platform_api.core.actor import Role
from platform_api.core.service import writing
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from platform_api.identity.models import User
from platform_api.ledger.models import Entry
from tests.api import ApiClient, api, codes, refused, rfc3339
from tests.factories import OperatorFactory, UserFactory, delegate, operator
from tests.fixtures import Table

pytestmark = pytest.mark.django_db

PASSWORD = "a long sentence of mine"
ADDRESS = "ana@mod.example"


def _token(client: ApiClient, table: Table, **given: Any) -> str:
    body = {"delegation": str(table.serbia.pk), "email": ADDRESS, "role": "drafter", **given}
    response = client.post("invitations", body)
    assert response.status_code == 201, response.content
    return mail.outbox[-1].body.split("#")[1].strip()


def _accept(token: str, /, client: ApiClient | None = None, **given: Any) -> Any:
    body = {"token": token, "name": "Ana", "password": PASSWORD} | given
    return (client or ApiClient()).post(
        "invitations/accept", {name: value for name, value in body.items() if value is not None}
    )


@pytest.fixture
def token(table: Table, access_manager: User) -> str:
    """What was mailed to an address without an account, for a drafter's role."""
    return _token(api(access_manager), table)


def test_a_new_person_gets_an_account_and_the_role(table: Table, token: str):
    response = _accept(token)

    assert response.status_code == 201
    person = User.objects.get(email=ADDRESS)
    held = Delegate.objects.get(user=person)
    assert response.json() == {
        "delegate": str(held.pk),
        "delegation": str(table.serbia.pk),
        "user": {"id": str(person.pk), "name": "Ana", "email": ADDRESS},
        "role": "drafter",
        "guest": False,
        "valid_from": rfc3339(held.valid_from),
        "valid_until": None,
    }
    assert person.check_password(PASSWORD)
    assert not person.is_operator
    assert not person.is_staff
    assert actor_of(person).seats == {table.serbia.pk: {Role.DRAFTER, Role.READER}}
    made = Invitation.objects.get()
    assert (made.delegate_id, made.accepted_at) == (held.pk, held.valid_from)
    entry = Entry.objects.get(kind="delegate.added", object_id=str(held.pk))
    assert (entry.actor_id, entry.seat_id) == (person.pk, table.serbia.pk)
    assert entry.detail.payload["invited_by"] == str(made.invited_by_id)


def test_a_token_is_good_once(table: Table, token: str):
    assert _accept(token).status_code == 201

    assert refused(_accept(token)) == (404, "not_found")
    person = User.objects.get(email=ADDRESS)
    assert refused(_accept(token, api(person), name=None, password=None)) == (404, "not_found")
    assert Delegate.objects.filter(user=person).count() == 1


def _bad_tokens(table: Table, manager: User, operator_user: User) -> dict[str, str]:
    client = api(manager)
    tokens = {"unknown": "x" * 43, "empty of meaning": "č"}
    tokens["withdrawn"] = _token(client, table, email="w@mod.example")
    made = Invitation.objects.get(email="w@mod.example")
    client.post(f"invitations/{made.pk}/withdraw", if_match="1")
    tokens["expired"] = _token(client, table, email="e@mod.example")
    with writing():
        Invitation.objects.filter(email="e@mod.example").update(
            created_at=F("created_at") - timedelta(days=30),
            expires_at=F("expires_at") - timedelta(days=14, seconds=1),
        )
    tokens["used"] = _token(client, table, email="u@mod.example")
    assert _accept(tokens["used"]).status_code == 201
    locked = UserFactory(is_active=False).email
    tokens["of a locked account"] = _token(client, table, email=locked)
    tokens["of an operator"] = _token(client, table, email=OperatorFactory().email)
    gone = delegate(table.serbia, "access_manager")
    tokens["of an inviter who is no manager any more"] = _token(
        api(gone), table, email="g@mod.example"
    )
    client.post(f"delegates/{gone.pk}/end", if_match="1")
    albanian = delegate(table.albania, "access_manager").user
    tokens["of a suspended seat"] = _token(
        api(albanian), table, email="s@mod.example", delegation=str(table.albania.pk)
    )
    api(operator_user).post(
        f"delegations/{table.albania.pk}/suspend", {"reason": "Its keys were lost."}
    )
    return tokens


def test_tokens_that_are_not_good_answer_alike(
    table: Table, access_manager: User, operator_user: User
):
    answers = {}
    before = User.objects.count()
    tokens = _bad_tokens(table, access_manager, operator_user)
    made = User.objects.count()
    for title, token in tokens.items():
        response = ApiClient().post(
            "invitations/accept",
            {"token": token, "name": "Ana", "password": PASSWORD},
            headers={"X-Request-ID": "the-same"},
        )
        answers[title] = (response.status_code, response.content)

    assert set(answers.values()) == {answers["unknown"]}
    assert answers["unknown"][0] == 404
    assert made > before
    assert User.objects.count() == made


def test_the_end_of_the_seat_ends_its_invitations(table: Table, token: str):
    actor = operator()
    with acting(actor):
        today = timezone.now().date()
        delegation_end(actor=actor, delegation=table.serbia, until=today, if_match="1")

    assert refused(_accept(token)) == (404, "not_found")


def test_an_account_that_nobody_has_used_is_taken_up(table: Table, access_manager: User):
    held = User.objects.create_user(ADDRESS, None, name="As the ministry wrote it")
    token = _token(api(access_manager), table)

    assert _accept(token).status_code == 201
    held.refresh_from_db()
    assert (held.name, held.check_password(PASSWORD)) == ("Ana", True)


def test_an_account_in_use_has_to_sign_in(table: Table, access_manager: User):
    person = delegate(table.montenegro, "reader").user
    token = _token(api(access_manager), table, email=person.email, role="head")

    assert refused(_accept(token)) == (401, "not_authenticated")
    assert refused(_accept(token, name=None, password=None)) == (401, "not_authenticated")
    person.refresh_from_db()
    assert not person.check_password(PASSWORD)
    signed_in = _accept(token, api(person), name=None, password=None)

    assert signed_in.status_code == 201
    assert set(actor_of(person).seats) == {table.serbia.pk, table.montenegro.pk}


def test_somebody_elses_token_is_as_unknown_to_who_signed_in(
    table: Table, access_manager: User, token: str
):
    person = delegate(table.montenegro, "reader").user
    other = _token(api(access_manager), table, email=person.email)
    delegates = Delegate.objects.filter(delegation=table.serbia).count()

    for caller in (access_manager, delegate(table.albania, "head").user):
        for each in (token, other):
            response = _accept(each, api(caller), name=None, password=None)
            assert refused(response) == (404, "not_found")
    assert Delegate.objects.filter(delegation=table.serbia).count() == delegates


def test_an_account_is_not_rewritten_by_accepting(table: Table, access_manager: User):
    person = delegate(table.montenegro, "reader").user
    token = _token(api(access_manager), table, email=person.email)

    response = _accept(token, api(person))

    assert codes(response) == [("/name", "not_taken"), ("/password", "not_taken")]
    assert Invitation.objects.get().accepted_at is None


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"password": "short"}, ("/password", "password_too_short")),
        ({"password": None}, ("/password", "password_too_short")),
        ({"name": None}, ("/name", "required")),
        ({"name": " "}, ("/name", "required")),
        ({"role": "head"}, ("/role", "unknown_field")),
        ({"token": None}, ("/token", "required")),
    ],
)
def test_a_new_person_says_who_it_is(token: str, given: Any, code: tuple[str, str]):
    response = _accept(token, **given)

    assert codes(response) == [code]
    assert not User.objects.filter(email=ADDRESS).exists()
    assert _accept(token).status_code == 201


def test_what_was_offered_is_what_is_given(table: Table, access_manager: User):
    until = timezone.now() + timedelta(days=40)
    token = _token(
        api(access_manager), table, role="reader", guest=True, valid_until=until.isoformat()
    )

    told = _accept(token).json()

    assert (told["role"], told["guest"], told["valid_until"]) == ("reader", True, rfc3339(until))
    assert Delegate.objects.get(guest=True).valid_until == until


def test_it_answers_where_public_access_is_off(token: str, settings: Any):
    settings.PUBLIC_ACCESS = False

    assert _accept(token).status_code == 201


def test_guessing_is_throttled_by_address(table: Table, settings: Any):
    settings.THROTTLE_UNAUTHENTICATED_PER_MINUTE = 1
    settings.THROTTLE_UNAUTHENTICATED_BURST = 3

    answers = [_accept(f"guess-{n}").status_code for n in range(5)]

    assert answers == [404, 404, 404, 429, 429]
