"""POST and GET /api/v1/invitations, GET /invitations/{id}, POST /invitations/{id}/withdraw"""

import smtplib
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from forums.membership.invitations.models import Invitation
from forums.membership.services import delegation_end
from platform_api.core.ids import new_id
from platform_api.core.transaction import acting
from platform_api.identity.models import User
from platform_api.ledger.models import Entry
from tests.api import ApiClient, api, assert_hidden_as_absent, codes, refused, rfc3339
from tests.factories import UserFactory, delegate, operator
from tests.fixtures import Table

pytestmark = pytest.mark.django_db


def _body(table: Table, **given: Any) -> dict[str, Any]:
    base = {"delegation": str(table.serbia.pk), "email": "Ana@MOD.example", "role": "drafter"}
    return {**base, **given}


def _invited(client: ApiClient, table: Table, **given: Any) -> Any:
    response = client.post("invitations", _body(table, **given))
    assert response.status_code == 201, response.content
    return response


def test_the_access_manager_invites_an_address(table: Table, access_manager: User, settings: Any):
    settings.INVITATION_URL = "https://front.example/join"

    response = _invited(api(access_manager), table)

    made = Invitation.objects.get()
    assert response.json() == {
        "id": str(made.pk),
        "delegation": str(table.serbia.pk),
        "email": "ana@mod.example",
        "role": "drafter",
        "guest": False,
        "valid_until": None,
        "created_at": rfc3339(made.created_at),
        "expires_at": rfc3339(made.expires_at),
        "withdrawn_at": None,
        "accepted_at": None,
        "delegate": None,
        "abilities": {"withdraw": True},
    }
    assert abs(made.expires_at - timezone.now() - timedelta(days=14)) < timedelta(minutes=1)
    assert response.headers["Location"].endswith(f"/api/v1/invitations/{made.pk}")
    assert Entry.objects.filter(kind="invitation.made", object_id=str(made.pk)).count() == 1
    (sent,) = mail.outbox
    link = sent.body.splitlines()[2]
    assert (sent.to, sent.subject) == (["ana@mod.example"], "[seemic] invitation")
    assert link.startswith("https://front.example/join#")


def test_the_token_goes_to_the_address_alone(table: Table, access_manager: User):
    response = _invited(api(access_manager), table)

    token = mail.outbox[0].body.split("#")[1].strip()
    assert len(token) >= 43
    assert token not in response.content.decode()
    assert token not in str(Invitation.objects.values())
    assert token not in str(list(Entry.objects.values_list("detail__payload", flat=True)))
    read = api(access_manager).get(f"invitations/{response.json()['id']}")
    assert read.json() == response.json()


def test_the_answer_does_not_hang_on_whether_the_address_has_an_account(
    table: Table, access_manager: User
):
    addresses = {
        "nobody's": "new@mod.example",
        "of another seat": delegate(table.albania, "reader").user.email,
        "locked out": UserFactory(is_active=False).email,
        "operator": operator_email(),
    }
    answers = {}
    for title, address in addresses.items():
        told = _invited(api(access_manager), table, email=address).json()
        for each in ("id", "email", "created_at", "expires_at"):
            told.pop(each)
        answers[title] = told

    assert len({str(answer) for answer in answers.values()}) == 1
    assert len(mail.outbox) == len(addresses)


def operator_email() -> str:
    return User.objects.get(pk=operator().user_id).email


def test_nobody_invites_themselves(table: Table, access_manager: User, operator_user: User):
    for caller in (access_manager, operator_user):
        body = _body(table, email=caller.email.upper(), role="head")
        assert refused(api(caller).post("invitations", body)) == (403, "own_role")
    assert not mail.outbox


def test_an_operator_invites_heads_and_access_managers_only(table: Table, operator_user: User):
    client = api(operator_user)
    for role in ("reader", "drafter"):
        body = _body(table, role=role)
        assert refused(client.post("invitations", body)) == (403, "seat_decides")
    for role in ("head", "access_manager"):
        _invited(client, table, role=role)


@pytest.mark.parametrize("role", ["reader", "drafter", "head"])
def test_other_roles_invite_nobody(table: Table, role: str):
    response = api(delegate(table.serbia, role)).post("invitations", _body(table))

    assert refused(response) == (403, "access_manager_required")


def test_another_seat_is_not_invited_to_and_a_hidden_one_is_unknown(
    table: Table, access_manager: User
):
    client = api(access_manager)
    at_albania = client.post("invitations", _body(table, delegation=str(table.albania.pk)))
    hidden = client.post("invitations", _body(table, delegation=str(table.montenegro.pk)))
    absent = client.post("invitations", _body(table, delegation=str(new_id())))

    assert refused(at_albania) == (403, "not_seat")
    assert codes(hidden) == codes(absent) == [("/delegation", "unknown")]


def test_an_invitation_stands_for_thirty_days_at_most(table: Table, access_manager: User):
    client, now = api(access_manager), timezone.now()
    for expires_at in (now - timedelta(seconds=1), now + timedelta(days=31)):
        body = _body(table, expires_at=expires_at.isoformat())
        assert codes(client.post("invitations", body)) == [("/expires_at", "out_of_range")]
    _invited(client, table, expires_at=(now + timedelta(days=29)).isoformat())


def test_a_guests_invitation_has_the_bounds_of_guests(table: Table, access_manager: User):
    client = api(access_manager)
    endless = client.post("invitations", _body(table, role="reader", guest=True))
    drafter = client.post("invitations", _body(table, guest=True))
    soon = timezone.now() + timedelta(days=2)
    made = _invited(client, table, role="reader", guest=True, valid_until=soon.isoformat())

    assert codes(endless) == [("/valid_until", "required")]
    assert codes(drafter) == [("/guest", "reader_only")]
    assert made.json()["expires_at"] == made.json()["valid_until"] == rfc3339(soon)


def test_a_suspended_or_ended_seat_invites_nobody(table: Table, operator_user: User):
    client = api(operator_user)
    client.post("countries/RS/suspend", {"reason": "Lost keys."})
    body = _body(table, role="head")
    assert refused(client.post("invitations", body)) == (409, "seat_suspended")
    client.post("countries/RS/resume", {"reason": "Found."})
    actor = operator()
    with acting(actor):
        today = timezone.now().date()
        delegation_end(actor=actor, delegation=table.serbia, until=today, if_match="1")

    assert refused(client.post("invitations", body)) == (409, "seat_ended")
    assert not mail.outbox


def test_an_address_has_one_open_invitation_to_a_role(table: Table, access_manager: User):
    client = api(access_manager)
    first = _invited(client, table)

    again = client.post("invitations", _body(table, email="ana@mod.EXAMPLE"))
    assert refused(again) == (409, "already_invited")
    _invited(client, table, role="reader")
    client.post(f"invitations/{first.json()['id']}/withdraw", if_match=first)
    _invited(client, table)


def test_nothing_is_kept_when_the_mail_server_fails(
    table: Table, access_manager: User, monkeypatch: pytest.MonkeyPatch
):
    def failing(*_: Any) -> None:
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", failing)

    response = api(access_manager).post("invitations", _body(table))

    assert refused(response) == (503, "service_unavailable")
    assert not Invitation.objects.exists()


def test_invitations_are_listed_to_their_managers_and_operators(
    table: Table, access_manager: User, operator_user: User, head: User, stranger: User
):
    _invited(api(access_manager), table)
    albanian = api(delegate(table.albania, "access_manager"))
    _invited(albanian, table, delegation=str(table.albania.pk), role="reader")

    def listed(client: ApiClient, **query: Any) -> list[str]:
        items = client.get("invitations", query).json()["items"]
        return [item["delegation"] for item in items]

    serbia, albania = str(table.serbia.pk), str(table.albania.pk)
    assert listed(api(access_manager)) == [serbia]
    assert listed(albanian) == [albania]
    assert listed(api(operator_user)) == [albania, serbia]
    assert listed(api(operator_user), delegation=serbia) == [serbia]
    assert listed(api(operator_user), role="reader") == [albania]
    assert listed(api(head)) == listed(api(stranger)) == []


def test_a_withdrawn_invitation_says_so_and_is_not_withdrawn_again(
    table: Table, access_manager: User
):
    client = api(access_manager)
    made = _invited(client, table)
    path = f"invitations/{made.json()['id']}/withdraw"
    assert refused(client.post(path)) == (428, "precondition_required")
    assert refused(client.post(path, if_match="7")) == (412, "precondition_failed")

    gone = client.post(path, if_match=made)

    held = Invitation.objects.get()
    assert held.withdrawn_at is not None
    assert gone.json() == made.json() | {"withdrawn_at": rfc3339(held.withdrawn_at)}
    assert refused(client.post(path, if_match=gone)) == (409, "already_withdrawn")


def test_an_invitation_of_another_seat_is_as_absent(table: Table, access_manager: User, head: User):
    made = _invited(api(access_manager), table).json()
    hidden, absent = f"/api/v1/invitations/{made['id']}", f"/api/v1/invitations/{new_id()}"

    for caller in (head, delegate(table.albania, "access_manager").user):
        assert_hidden_as_absent(api(caller), hidden, absent)
        assert_hidden_as_absent(
            api(caller), f"{hidden}/withdraw", f"{absent}/withdraw", method="post", if_match="1"
        )
