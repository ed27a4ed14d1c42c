"""Validation of a request's form: headers, query parameters and body, told of at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.serializers import BaseSerializer

from platform_api.core.errors import FieldError, Invalid

from . import conf
from .acts import JSON, MERGE_PATCH, MULTIPART, Act
from .answers import SAFE_METHODS
from .body import Received, parse_json
from .etags import if_match_revisions
from .idempotency import HEADER as KEY_HEADER
from .idempotency import valid_key
from .pages import PageSpec
from .parameters import (
    LIST_PARAMETERS,
    ONE_PARAMETERS,
    Parameters,
    name_errors,
    read_detail_parameters,
)
from .representation import known_members
from .serializers import TEXTUAL, StrictSerializer, field_errors

_PARSED_TYPES = frozenset({JSON, MERGE_PATCH, MULTIPART})


@dataclass(slots=True)
class Inputs:
    """What a request says, validated.

    revisions: those that If-Match names, none without it.
    """

    body: Any
    query: dict[str, Any]
    parameters: Parameters
    revisions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InputReader:
    """Reads the inputs of one request to an act.

    shape: of the answer, whose members ``?fields=`` may name. page: of a list, None elsewhere.
    rows: an empty queryset for the act's filterset to be validated on.
    """

    act: Act
    request: Request
    received: Received
    context: Mapping[str, Any]
    shape: type[BaseSerializer[Any]] | None
    page: PageSpec | None
    rows: QuerySet[Any] | None

    def read(self) -> Inputs:
        """Everything, or the refusal: 415, then 413, then one 400 with all that is wrong."""
        if self.received.refusal is not None and not isinstance(self.received.refusal, Invalid):
            raise self.received.refusal
        inputs = Inputs(body={}, query={}, parameters=Parameters())
        steps: tuple[Callable[[Inputs], None], ...] = (
            self._read_headers,
            self._read_names,
            self._read_parameters,
            self._read_filters,
            self._read_query,
            self._read_body,
        )
        found: list[Invalid] = []
        for step in steps:
            try:
                step(inputs)
            except Invalid as invalid:
                found.append(invalid)
        if found:
            raise Invalid([error for invalid in found for error in invalid.errors])
        return inputs

    def _read_headers(self, inputs: Inputs) -> None:
        method = str(self.request.method)
        header = self.request.headers.get("If-Match")
        if header is not None and method not in SAFE_METHODS and header.strip() != "*":
            inputs.revisions = if_match_revisions(header)
        key = self.request.headers.get(KEY_HEADER)
        if key is None or method != "POST":
            return
        if not self.act.takes_key(method):
            detail = "This act takes no Idempotency-Key."
            raise Invalid([FieldError("", "idempotency_not_supported", detail)])
        valid_key(key)

    def _read_names(self, inputs: Inputs) -> None:
        allowed = ONE_PARAMETERS if self.page is None else LIST_PARAMETERS
        if self.page is not None and not self.page.max_ids:
            allowed -= {"ids"}
        if self.shape is None:
            allowed -= {"fields"}
        errors = name_errors(self.request.query_params, allowed | declared_query(self.act))
        if errors:
            raise Invalid(errors)

    def _read_parameters(self, inputs: Inputs) -> None:
        sent = self.request.query_params
        known = known_members(self.shape) if "fields" in sent else None
        read = read_detail_parameters if self.page is None else self.page.parameters
        inputs.parameters = read(sent, known_fields=known)

    def _read_filters(self, inputs: Inputs) -> None:
        if self.act.filterset is None:
            return
        filterset = self.act.filterset(
            data=self.request.query_params, queryset=self.rows, request=self.request
        )
        if not filterset.is_valid():
            raise Invalid(
                [
                    FieldError(f"?{name}", error.code or "invalid", " ".join(error.messages))
                    for name, errors in filterset.form.errors.as_data().items()
                    for error in errors
                ]
            )

    def _read_query(self, inputs: Inputs) -> None:
        if self.act.query is None:
            return
        names = _members_of(self.act.query)
        sent = {n: value for n, value in self.request.query_params.items() if n in names}
        serializer = self.act.query(data=sent, context={**self.context, TEXTUAL: True})
        if not serializer.is_valid():
            raise Invalid(field_errors(serializer.errors, prefix="?"))
        inputs.query = dict(serializer.validated_data)

    def _read_body(self, inputs: Inputs) -> None:
        method = str(self.request.method)
        if self.received.refusal is not None:
            raise self.received.refusal
        if not _PARSED_TYPES.issuperset(self.act.media_types(method)):
            return
        sent = self._parsed()
        if self.act.input is None and (sent is None or sent == {}):
            return
        if sent is None:
            if not _may_be_absent(self.act, method):
                raise _invalid("body_missing", "A body is expected here.")
            sent = {}
        if not isinstance(sent, list if self.act.input_many else dict):
            name = "array" if self.act.input_many else "object"
            raise _invalid(f"{name}_expected", f"The body is to be an {name}.")
        shape: type[BaseSerializer[Any]] = self.act.input or StrictSerializer
        serializer = shape(
            data=sent,
            partial=method == "PATCH",
            many=self.act.input_many,
            context={**self.context, TEXTUAL: self.received.form is not None},
        )
        if not serializer.is_valid():
            raise Invalid(field_errors(serializer.errors))
        inputs.body = serializer.validated_data

    def _parsed(self) -> Any:
        if self.received.form is not None:
            return dict(self.received.form)
        if not self.received.raw:
            return None
        return parse_json(self.received.raw, max_depth=conf.number("MAX_JSON_DEPTH"))


@cache
def declared_query(act: Act) -> frozenset[str]:
    """The names of an act's own query parameters."""
    names = set(_members_of(act.query)) if act.query is not None else set()
    if act.filterset is not None:
        for name, declared in act.filterset.base_filters.items():
            suffixes = getattr(declared.field.widget, "suffixes", None)
            names |= {f"{name}_{suffix}" for suffix in suffixes} if suffixes else {name}
    return frozenset(names)


def _may_be_absent(act: Act, method: str) -> bool:
    """Whether no body means an empty one: an act of which every member is optional."""
    fields = getattr(act.input() if act.input else None, "fields", {})
    optional = not any(field.required for field in fields.values())
    return method == "POST" and not act.input_many and optional


def _members_of(shape: type[BaseSerializer[Any]]) -> frozenset[str]:
    return frozenset(getattr(shape(), "fields", ()))


def _invalid(code: str, detail: str) -> Invalid:
    return Invalid([FieldError("", code, detail)])
