"""Transactions: reported, listed, corrected and taken out; two that are alike are two."""

from decimal import Decimal
from typing import Any

import pytest

from forums.funding.models import Transaction
from tests.api import api, codes, refused
from tests.documents.support import Ledger
from tests.factories import service_client

GIVEN = {
    "type": "1",
    "amount": "0012.50",
    "currency": "EUR",
    "transaction_date": "2024-05-01",
}


def path_of(purse: Any) -> str:
    return f"projects/{purse.project.pk}/transactions"


def test_a_drafter_reports_a_transaction_and_its_text_is_kept(purse: Any, owning: Any) -> None:
    ledger = Ledger()
    answer = owning.post(
        path_of(purse),
        {
            **GIVEN,
            "provider": "gov-no",
            "receiver": "undp-seesac",
            "recipient_country": "RS",
            "descriptions": {"en": "First instalment"},
            "ref": "A-1",
        },
    )

    assert answer.status_code == 201
    assert answer.headers["Location"].endswith(f"/transactions/{answer.json()['id']}")
    assert answer.json() == {
        "id": answer.json()["id"],
        "project": str(purse.project.pk),
        "type": "1",
        "amount": "12.50",
        "amount_text": "0012.50",
        "currency": "EUR",
        "transaction_date": "2024-05-01",
        "value_date": "2024-05-01",
        "provider": "gov-no",
        "receiver": "undp-seesac",
        "recipient_country": "RS",
        "descriptions": {"en": "First instalment"},
        "ref": "A-1",
        "ordinal": 1,
        "abilities": {"revise": True, "remove": True},
    }
    (entry,) = ledger.new()
    assert (entry.kind, entry.owner_seat_id) == ("transaction.created", purse.secretariat.pk)
    assert entry.effective_scope_id is None, "the project's readers may not read of it"


def test_two_alike_are_two_and_are_told_apart(purse: Any, owning: Any) -> None:
    spelt = [{**GIVEN, "amount": text} for text in ("5", "5.00", "5.0")]

    made = [owning.post(path_of(purse), each).json() for each in spelt]
    other = owning.post(path_of(purse), {**GIVEN, "amount": "5", "ref": "B"}).json()

    assert [each["ordinal"] for each in made] == [1, 2, 3]
    assert other["ordinal"] == 1
    joined = owning.patch(f"transactions/{other['id']}", {"ref": ""}, if_match='"1"')
    assert joined.json()["ordinal"] == 4
    assert Transaction.objects.get(pk=other["id"]).amount == Decimal(5)


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("-3", "-3.00"),
        ("0", "0.00"),
        ("0.0000000001", "0.0000000001"),
        ("9" * 28 + "." + "9" * 10, "9" * 28 + "." + "9" * 10),
        ("-" + "1" * 28, "-" + "1" * 28 + ".00"),
    ],
)
def test_an_amount_is_kept_to_the_last_digit(
    purse: Any, owning: Any, amount: str, shown: str
) -> None:
    answer = owning.post(path_of(purse), {**GIVEN, "amount": amount})

    assert (answer.json()["amount"], answer.json()["amount_text"]) == (shown, amount)


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"amount": 5}, ("/amount", "invalid_type")),
        ({"amount": "1e3"}, ("/amount", "invalid")),
        ({"amount": "1,5"}, ("/amount", "invalid")),
        ({"amount": "1.00000000001"}, ("/amount", "invalid")),
        ({"amount": "1" * 29}, ("/amount", "invalid")),
        ({"amount": "NaN"}, ("/amount", "invalid")),
        ({"currency": "QQQ"}, ("/currency", "unknown")),
        ({"currency": "eur"}, ("/currency", "invalid")),
        ({"type": "14"}, ("/type", "invalid_choice")),
        ({"transaction_date": "2024"}, ("/transaction_date", "invalid_type")),
        ({"provider": "nobody"}, ("/provider", "unknown")),
        ({"recipient_country": "QQ"}, ("/recipient_country", "unknown")),
        ({"ordinal": 2}, ("/ordinal", "unknown_field")),
    ],
)
def test_what_is_wrong_is_told_where_it_is(
    purse: Any, owning: Any, given: dict[str, Any], error: Any
) -> None:
    assert codes(owning.post(path_of(purse), {**GIVEN, **given})) == [error]


def test_the_list_is_by_date_in_pages_and_filtered(purse: Any, owning: Any) -> None:
    latest = owning.post(path_of(purse), GIVEN).json()["id"]
    first = owning.get(path_of(purse), {"limit": 2, "count": "true"}).json()
    rest = owning.get(first["next"]).json()

    assert first["items"][0]["id"] == latest
    assert first["items"][0]["etag"] == '"1"'
    assert first["count"] == {"value": 6, "capped": False}
    assert len(rest["items"]) == 2
    for query, found in (({"type": "1"}, 2), ({"country": "BA"}, 1), ({"currency": "NOK"}, 1)):
        assert len(owning.get(path_of(purse), query).json()["items"]) == found


def test_a_correction_names_what_was_read(purse: Any, owning: Any) -> None:
    made = owning.post(path_of(purse), {**GIVEN, "provider": "gov-no", "descriptions": {"en": "A"}})
    path = f"transactions/{made.json()['id']}"
    ledger = Ledger()
    changes = {"amount": "13", "provider": None, "descriptions": {"en": None, "bs": "B"}}

    assert refused(owning.patch(path, changes)) == (428, "precondition_required")
    answer = owning.patch(path, changes, if_match=made)

    assert answer.status_code == 200
    told = answer.json()
    assert (told["amount"], told["provider"], told["descriptions"]) == ("13.00", None, {"bs": "B"})
    assert refused(owning.patch(path, changes, if_match=made)) == (412, "precondition_failed")
    assert owning.patch(path, changes, if_match='"2"').headers["ETag"] == answer.headers["ETag"]
    (entry,) = ledger.new()
    assert entry.kind == "transaction.revised"
    assert entry.detail.payload["before"]["amount"] == "0012.50"
    assert entry.effective_scope_id == purse.project.effective_scope_id


def test_what_is_taken_out_stays_in_the_ledger(purse: Any, owning: Any, bosnian: Any) -> None:
    path = f"transactions/{purse.national.pk}"
    ledger = Ledger()

    assert refused(bosnian.delete(path, if_match='"1"')) == (403, "not_owner")
    assert refused(owning.delete(path)) == (428, "precondition_required")
    assert refused(owning.delete(path, if_match='"7"')) == (412, "precondition_failed")
    assert owning.delete(path, if_match='"1"').status_code == 204

    assert owning.get(path).status_code == 404
    (entry,) = [each for each in ledger.new() if each.kind == "transaction.removed"]
    assert entry.detail.payload["amount"] == "7"
    assert entry.effective_scope_id is None
    assert owning.get(f"projects/{purse.project.pk}").headers["ETag"].startswith('"1.')


def test_a_service_client_reads_with_funding_read_only(purse: Any) -> None:
    client = api(service_client(purse.secretariat, "drafter", ["funding:read"]))

    assert client.get(path_of(purse)).status_code == 200
    assert refused(client.post(path_of(purse), GIVEN)) == (403, "insufficient_scope")
