"""What a view declares about each thing that can be done through it."""

from dataclasses import dataclass
from typing import Any

from rest_framework.serializers import BaseSerializer

JSON = "application/json"
MERGE_PATCH = "application/merge-patch+json"
MULTIPART = "multipart/form-data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act of a view: what it needs, what it takes and what it answers.

    ability: ``view`` for reads; None where being authenticated is enough.
    token_scope: the OAuth scope (``documents:read``); empty where every credential will do.
    input: shape of the body; None where there is none (an empty object is accepted).
    input_many: the body is an array of ``input`` (imports only).
    query: shape of the declared query parameters besides the kit's own.
    filterset: a django-filter FilterSet whose parameters are declared too.
    precondition: If-Match must be sent.
    status: of the answer, where the handler sets no other.
    public: answered without credentials too, on an instance that allows it.
    invited: answered without credentials on every instance, since the body proves who may; every
        attempt counts against its address like one that ends with 401.
    idempotent_key: whether Idempotency-Key is accepted; None: for POST.
    output: shape of the answer where it is not the view's ``representation``.
    many: the answer is a list.
    conflict: shape of further members that its 409 may have.
    secret: the answer holds a secret, so it is never replayed.
    own_act: a seat's own act, which has a bucket of at least one a second for itself.
    consumes: media types of the body; JSON in its usual forms when empty.
    produces: media types of the answer, the preferred first.
    max_bytes: of the body; None for the setting.
    """

    ability: str | None
    token_scope: str
    input: type[BaseSerializer[Any]] | None = None
    input_many: bool = False
    query: type[BaseSerializer[Any]] | None = None
    filterset: type[Any] | None = None
    precondition: bool = False
    status: int = 200
    public: bool = False
    invited: bool = False
    idempotent_key: bool | None = None
    output: type[BaseSerializer[Any]] | None = None
    many: bool = False
    conflict: type[BaseSerializer[Any]] | None = None
    secret: bool = False
    own_act: bool = False
    consumes: tuple[str, ...] = ()
    produces: tuple[str, ...] = (JSON,)
    max_bytes: int | None = None

    def media_types(self, method: str) -> tuple[str, ...]:
        """The media types a body may have; PATCH is JSON Merge Patch (RFC 7396)."""
        if self.consumes:
            return self.consumes
        return (MERGE_PATCH, JSON) if method == "PATCH" else (JSON,)

    def takes_key(self, method: str) -> bool:
        """Whether Idempotency-Key means something here."""
        return method == "POST" if self.idempotent_key is None else self.idempotent_key
