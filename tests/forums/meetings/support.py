"""What the tests of meetings share."""

from typing import Any

from forums.membership.models import Delegation


def party(seat: Delegation) -> dict[str, Any]:
    """A seat as answers show it."""
    return {
        "id": str(seat.pk),
        "country": seat.country.code if seat.country else None,
        "organisation": seat.organisation.key if seat.organisation else None,
    }


def plan(client: Any, seat: Delegation, **body: Any) -> Any:
    """The answer to planning a seminar of a seat."""
    body = {
        "delegation": str(seat.pk),
        "titles": {"en": "Seminar"},
        "kind": "seminar",
        "mode": "onsite",
    } | body
    return client.post("meetings", body)
