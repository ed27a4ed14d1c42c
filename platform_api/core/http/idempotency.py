"""Repeating a POST safely: the port that platform_api.ledger implements, and its use.

Rule: draft-ietf-httpapi-idempotency-key-header, with the narrowing of API.md: only 2xx
answers are kept, for 24 hours, for each caller apart.
"""

import re
from dataclasses import dataclass
from typing import Final, Protocol

from django.http import HttpResponse, HttpResponseBase

from platform_api.core.access import visible_condition
from platform_api.core.actor import Actor
from platform_api.core.errors import Conflict, FieldError, Invalid, NotVisible
from platform_api.core.registry import registry

HEADER: Final = "Idempotency-Key"
REPLAYED: Final = "Idempotency-Replayed"

_FORM = re.compile(r"[\x21-\x7e]{1,255}")
_KEPT_HEADERS = (
    "Content-Type",
    "Content-Language",
    "ETag",
    "Location",
    "Preference-Applied",
)


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """A 2xx answer as it was sent.

    resource: type name and id of what the answer shows; the caller must still see it.
    secret: the answer held a secret; its body is empty here and is never replayed.
    """

    status: int
    headers: dict[str, str]
    body: bytes
    resource: tuple[str, str] | None
    secret: bool


class IdempotencyStore(Protocol):
    """Answers by caller and key, used inside the request's transaction."""

    def claim(self, *, caller: str, key: str, request_sha256: bytes) -> StoredAnswer | None:
        """Lock the key until the transaction ends; the kept answer if there is one.

        Raises Conflict ``request_in_progress`` when another request holds the key, and a
        Refusal with status 422 and code ``idempotency_key_reused`` for another request.
        """
        ...

    def keep(self, *, caller: str, key: str, request_sha256: bytes, answer: StoredAnswer) -> None:
        """Store the answer; it is there for others when the transaction commits."""
        ...


@dataclass(frozen=True, slots=True)
class KeyedRequest:
    """A request that carries an Idempotency-Key."""

    store: IdempotencyStore
    caller: str
    key: str
    request_sha256: bytes

    def claim(self, actor: Actor) -> HttpResponse | None:
        """The answer to replay, None when the request is to be carried out.

        Raises what the store raises; Conflict ``secret_already_shown``; NotVisible when the
        caller no longer sees what the answer shows.
        """
        answer = self.store.claim(
            caller=self.caller, key=self.key, request_sha256=self.request_sha256
        )
        if answer is None:
            return None
        if answer.resource is not None and not _still_visible(answer.resource, actor):
            raise NotVisible
        if answer.secret:
            raise Conflict(
                "The request was carried out; its secret was shown then and is not kept.",
                code="secret_already_shown",
            )
        headers = {**answer.headers, REPLAYED: "true"}
        return HttpResponse(answer.body, status=answer.status, headers=headers)

    def keep(
        self, response: HttpResponseBase, *, resource: tuple[str, str] | None, secret: bool
    ) -> None:
        """Keep a 2xx answer for replay; anything else, or a streamed one, is not kept."""
        if not isinstance(response, HttpResponse) or not 200 <= response.status_code < 300:
            return
        headers = {name: response[name] for name in _KEPT_HEADERS if name in response}
        body = b"" if secret else response.content
        answer = StoredAnswer(response.status_code, headers, body, resource, secret)
        self.store.keep(
            caller=self.caller, key=self.key, request_sha256=self.request_sha256, answer=answer
        )


def valid_key(sent: str) -> str:
    """An Idempotency-Key as sent, with or without quotes; raises Invalid for another form."""
    key = sent[1:-1] if len(sent) > 1 and sent[0] == sent[-1] == '"' else sent
    if not _FORM.fullmatch(key):
        raise Invalid(
            [
                FieldError(
                    "",
                    "malformed_idempotency_key",
                    "Idempotency-Key is 1 to 255 visible ASCII characters.",
                )
            ]
        )
    return key


def _still_visible(resource: tuple[str, str], actor: Actor) -> bool:
    type_name, object_id = resource
    model = registry.protection_named(type_name).model
    rows = model._default_manager.filter(visible_condition(model, actor), pk=object_id)
    return rows.exists()
