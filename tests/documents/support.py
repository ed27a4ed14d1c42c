"""What the tests of documents share: expected answers, new ledger entries, chains by hand."""

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from django.test.utils import CaptureQueriesContext

from forums.membership.models import Delegation
from platform_api.core.registry import registry
from platform_api.identity.models import User
from platform_api.ledger.models import Entry

REQUEST = {"X-Request-ID": "request-of-this-test"}
"""Headers that name the request."""

_UUID = re.compile(rb"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_OF_THE_REQUEST = re.compile(rb'"request_id":"[^"]*"')
_VOLATILE = {"X-Request-ID", "RateLimit-Remaining", "RateLimit-Reset"}


def party(seat: Delegation) -> dict[str, Any]:
    """A seat as answers show it."""
    return {
        "id": str(seat.pk),
        "country": seat.country.code if seat.country else None,
        "organisation": seat.organisation.key if seat.organisation else None,
    }


def moment(value: Any) -> Any:
    """A time as answers show it."""
    return None if value is None else value.isoformat().replace("+00:00", "Z")


def refusal(answer: Any) -> tuple[Any, ...]:
    """(status, code) of a problem, and then its (pointer, code) pairs if it has errors."""
    assert answer.headers["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == answer.status_code
    assert body["request_id"] == answer.headers["X-Request-ID"]
    errors = [(error["pointer"], error["code"]) for error in body["errors"]]
    return (answer.status_code, body["code"], *errors)


def invalid(*errors: tuple[str, str]) -> tuple[Any, ...]:
    """The refusal of an invalid request with these (pointer, code) pairs."""
    return (400, "invalid", *errors)


def alike(*answers: Any) -> bool:
    """Whether answers tell the same: status, headers and body, ids of the request aside."""

    def told(answer: Any) -> Any:
        body = _OF_THE_REQUEST.sub(b"", _UUID.sub(b"ID", answer.content))
        headers = {n: v for n, v in answer.headers.items() if n not in _VOLATILE}
        headers.pop("Content-Length", None)
        return answer.status_code, headers, body

    return all(told(answer) == told(answers[0]) for answer in answers[1:])


def items(answer: Any, member: str = "id") -> list[Any]:
    """One member of each item of a list."""
    assert answer.status_code == 200, answer.content
    return [item[member] for item in answer.json()["items"]]


def queries_of(call: Callable[[], Any]) -> int:
    """How many SQL statements a call costs once caches are warm."""
    call()
    with CaptureQueriesContext(connection) as captured:
        assert call().status_code == 200
    return len(captured)


class Ledger:
    """Entries that were written since this was made or last asked."""

    def __init__(self) -> None:
        self._known = set(Entry.objects.values_list("pk", flat=True))

    def new(self) -> list[Entry]:
        """Them, in the order of writing."""
        entries = list(Entry.objects.exclude(pk__in=self._known).order_by("id"))
        self._known |= {entry.pk for entry in entries}
        return entries

    def told(self) -> list[dict[str, Any]]:
        """Them as ``entry`` makes what is expected."""
        return [
            {
                "kind": row.kind,
                "actor": row.actor_id,
                "seat": row.seat_id,
                "object": (row.object_type, row.object_id),
                "owner": row.owner_seat_id,
                "scope": row.effective_scope_id,
                "request": row.request_id,
                "details": row.detail.payload,
            }
            for row in self.new()
        ]


def entry(
    kind: str,
    user: User,
    obj: Any,
    *,
    seat: Delegation | None,
    owner: Delegation | None,
    scope: int | None,
    details: dict[str, Any],
) -> dict[str, Any]:
    """An expected ledger entry of a request sent with ``REQUEST``."""
    return {
        "kind": kind,
        "actor": user.pk,
        "seat": seat.pk if seat else None,
        "object": (type(obj).__name__.lower(), str(obj.pk)),
        "owner": owner.pk if owner else None,
        "scope": scope,
        "request": REQUEST["X-Request-ID"],
        "details": details,
    }


def denial(user: User, obj: Any, action: str, reason: str) -> dict[str, Any]:
    """The expected entry of a refused attempt."""
    details = {"action": action, "reason": reason}
    return entry("access.denied", user, obj, seat=None, owner=None, scope=None, details=details)


def content_digest(title: str, body: str, language: str) -> bytes:
    """The digest of a revision's content, by hand."""
    members = {"body": body, "language": language, "title": title}
    text = json.dumps(members, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(b"rcp section content 1\n" + text.encode()).digest()


def chain_link(before: bytes, content: bytes, worked_on: bytes | None = None) -> bytes:
    """A link of a chain, by hand. worked_on: the link of a merge's second parent."""
    if worked_on is None:
        return hashlib.sha256(b"rcp section link 1\n" + before + content).digest()
    return hashlib.sha256(b"rcp section merge link 1\n" + before + worked_on + content).digest()


def verify_chain(revisions: Sequence[dict[str, Any]], *, before: bytes = bytes(32)) -> bytes:
    """Recompute a chain from the texts of its revisions, oldest first; its last link."""
    links: dict[str, bytes] = {}
    for number, revision in enumerate(revisions, 1):
        content = content_digest(revision["title"], revision["body"], revision["language"])
        worked_on = revision["worked_on"]
        before = chain_link(before, content, links[worked_on] if worked_on else None)
        links[revision["id"]] = before
        assert revision["number"] == number
        assert revision["content_sha256"] == content.hex()
        assert revision["chain_hash"] == before.hex()
    return before


def unknown_id() -> UUID:
    """An id of nothing."""
    return UUID("01900000-0000-7000-8000-00000000dead")


def release_commitment(salt: bytes, home_link: bytes) -> bytes:
    """What a public chain begins with, by hand."""
    return hashlib.sha256(b"rcp release commitment 1\n" + salt + home_link).digest()


def document_abilities(*allowed: str) -> dict[str, bool]:
    """The abilities on a document as answers tell them: these and no others."""
    return _abilities("document", allowed)


def section_abilities(*allowed: str) -> dict[str, bool]:
    """The abilities on a section as answers tell them: these and no others."""
    return _abilities("section", allowed)


def _abilities(type_name: str, allowed: Sequence[str]) -> dict[str, bool]:
    rules = registry.protection_named(type_name).rules
    assert set(allowed) <= set(rules)
    return {name: name in allowed for name in rules}
