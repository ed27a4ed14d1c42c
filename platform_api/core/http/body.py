"""Reading a request's body within its limits, and JSON without its ambiguities.

Anything a hostile sender can put there ends as a refusal: nesting is bounded before parsing,
and what JSON parsers disagree about (RFC 8259, section 4; RFC 7493) is refused.
"""

import hashlib
import json
import math
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.http import parse_header_parameters

from platform_api.core.errors import FieldError, Invalid, Refusal

from .acts import MULTIPART
from .problems import Problem, pointer
from .refusals import ContentTooLarge, UnsupportedMediaType

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""NUL and unpaired surrogates: text that neither UTF-8 nor PostgreSQL can hold."""

_STRING_OR_BRACKET = re.compile(rb'"(?:[^"\\]++|\\.?)*+"?|[\[{]|[\]}]', re.DOTALL)
_END_BYTES = 512
_INTEGERS = range(-(2**63), 2**63)


@dataclass(frozen=True, slots=True)
class Received:
    """A body as it came in; what is wrong with it is told when its turn comes.

    form: the parts of a multipart body. refusal: why it could not be read.
    """

    raw: bytes = b""
    form: Mapping[str, Any] | None = None
    refusal: Refusal | None = None

    def sha256(self, *context: str) -> bytes:
        """A digest of the body and its context, equal for equal requests."""
        digest = hashlib.sha256()
        for part in (*context, *self._parts()):
            encoded = part.encode() if isinstance(part, str) else part
            digest.update(len(encoded).to_bytes(8, "big") + encoded)
        return digest.digest()

    def _parts(self) -> Iterator[str | bytes]:
        yield self.raw
        for name, value in sorted((self.form or {}).items()):
            yield name
            if isinstance(value, UploadedFile):
                yield from value.chunks()
                value.seek(0)
            else:
                yield str(value)


def receive(request: HttpRequest, accepted: Collection[str], limit: int) -> Received:
    """Read the body of a request up to a limit in bytes; never raises a Refusal itself."""
    try:
        declared = _declared_length(request)
        if declared != 0:
            check_media_type(request, accepted)
        if declared is not None and declared > limit:
            raise ContentTooLarge(limit)
        if _media_type(request)[0] == MULTIPART and MULTIPART in accepted:
            return Received(form=_read_form(request, declared))
        return Received(raw=_read_raw(request, declared, limit))
    except Refusal as refusal:
        return Received(refusal=refusal)


def check_media_type(request: HttpRequest, accepted: Collection[str]) -> None:
    """Raise UnsupportedMediaType unless the body is of an accepted type, UTF-8 and uncoded."""
    media_type, parameters = _media_type(request)
    charset = parameters.get("charset", "utf-8").lower()
    coding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if media_type not in accepted or charset not in ("utf-8", "utf8") or coding != "identity":
        raise UnsupportedMediaType(accepted)


def _media_type(request: HttpRequest) -> tuple[str, dict[str, str]]:
    try:
        media_type, parameters = parse_header_parameters(request.META.get("CONTENT_TYPE", ""))
    except ValueError:
        return "", {}
    return media_type, {name: str(value) for name, value in parameters.items()}


def _declared_length(request: HttpRequest) -> int | None:
    """Content-Length; None where the body is chunked, 0 where there is none.

    A WSGI server that does not tell the end of a chunked body leaves no safe way to read it.
    """
    if "chunked" in request.headers.get("Transfer-Encoding", "").lower():
        if "wsgi.input" in request.META and not request.META.get("wsgi.input_terminated"):
            raise Problem(411, "Send Content-Length.")
        return None
    declared = request.META.get("CONTENT_LENGTH") or "0"
    if not (declared.isascii() and declared.isdigit() and len(declared) < 19):
        raise _invalid("malformed_content_length", "Content-Length is not a number of bytes.")
    return int(declared)


def _read_raw(request: HttpRequest, declared: int | None, limit: int) -> bytes:
    try:
        if declared is None:
            raw: bytes = request.META.get("wsgi.input", request).read(limit + 1)
        else:
            raw = request.read(limit + 1) if declared else b""
    except (OSError, UnreadablePostError):
        raise _invalid("incomplete_body", "The body ended early.") from None
    if len(raw) > limit:
        raise ContentTooLarge(limit)
    if declared is not None and len(raw) < declared:
        raise _invalid("incomplete_body", "The body ended early.")
    return raw


class _Measured:
    """A body that is read by its parser, with how much there was of it and how it ended."""

    def __init__(self, body: Any) -> None:
        self._body = body
        self.length = 0
        self.end = b""

    def read(self, *size: int) -> bytes:
        piece: bytes = self._body.read(*size)
        self.length += len(piece)
        self.end = (self.end + piece)[-_END_BYTES:]
        return piece


def _read_form(request: HttpRequest, declared: int | None) -> dict[str, Any]:
    """The parts of a multipart body, whatever the method; request.POST knows POST only.

    Django takes one that ends early for a whole one, so that its length and its last boundary are
    looked at here.
    """
    body = _Measured(request)
    try:
        fields, files = request.parse_file_upload(request.META, body)  # type: ignore[arg-type]
    except (MultiPartParserError, SuspiciousOperation, OSError, ValueError):
        raise _invalid("malformed_form", "The multipart body can't be read.") from None
    boundary = _media_type(request)[1].get("boundary", "")
    whole = body.end.rstrip(b"\r\n \t").endswith(f"--{boundary}--".encode())
    if (declared is not None and body.length < declared) or not whole:
        raise _invalid("incomplete_body", "The body ended early.")
    parts: list[tuple[str, list[Any]]] = [*fields.lists(), *files.lists()]
    repeated = [name for name, values in parts if len(values) > 1]
    names = [name for name, _ in parts]
    repeated += [name for name in files if names.count(name) > 1]
    if repeated:
        raise Invalid(
            [FieldError(pointer(name), "repeated", "Send this once.") for name in repeated]
        )
    form = {name: values[0] for name, values in parts}
    _refuse_unstorable({name: v for name, v in form.items() if isinstance(v, str)})
    return form


def parse_json(raw: bytes, *, max_depth: int) -> Any:
    """The value of a JSON body.

    Raises Invalid for what is not JSON in UTF-8, is nested deeper than ``max_depth``, names a
    member twice, or holds a number or a text that can't be stored.
    """
    _refuse_deep(raw, max_depth)
    try:
        value = _DECODER.decode(raw.decode("utf-8"))
    except UnicodeDecodeError:
        raise _invalid("invalid_utf8", "The body is not UTF-8.") from None
    except json.JSONDecodeError as error:
        raise _invalid(
            "malformed_json", f"{error.msg} (line {error.lineno}, column {error.colno})."
        ) from None
    if b"\\u" in raw:
        _refuse_unstorable(value)
    return value


def merge_patch(target: Any, patch: Any) -> Any:
    """The result of JSON Merge Patch (RFC 7396, section 2); the arguments stay as they are."""
    if not isinstance(patch, Mapping):
        return patch
    merged = dict(target) if isinstance(target, Mapping) else {}
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = merge_patch(merged.get(name), value)
    return merged


def _refuse_deep(raw: bytes, max_depth: int) -> None:
    if raw.count(b"[") + raw.count(b"{") <= max_depth:
        return
    depth = 0
    for match in _STRING_OR_BRACKET.finditer(raw):
        first = match.group()[:1]
        if first in b"[{":
            depth += 1
            if depth > max_depth:
                raise _invalid("too_deep", f"Nested deeper than {max_depth} levels.")
        elif first in b"]}":
            depth -= 1


def _refuse_unstorable(value: Any) -> None:
    errors = [
        FieldError(where, "unstorable_text", "Text may hold no NUL and no unpaired surrogate.")
        for where in _unstorable(value, ())
    ]
    if errors:
        raise Invalid(errors)


def _unstorable(value: Any, path: tuple[str | int, ...]) -> Iterator[str]:
    if isinstance(value, str):
        if UNSTORABLE.search(value):
            yield pointer(*path)
    elif isinstance(value, dict):
        for name, member in value.items():
            if UNSTORABLE.search(name):
                yield pointer(*path)
            yield from _unstorable(member, (*path, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _unstorable(item, (*path, index))


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _invalid("duplicate_member", "An object names a member twice.")
    return members


def _integer(text: str) -> int:
    if len(text) > 20 or (value := int(text)) not in _INTEGERS:
        raise _invalid("number_out_of_range", "A whole number does not fit 64 bits.")
    return value


def _float(text: str) -> float:
    if math.isinf(value := float(text)):
        raise _invalid("number_out_of_range", "A number is too large.")
    return value


def _constant(text: str) -> float:
    raise _invalid("malformed_json", f"{text} is not JSON.")


def _invalid(code: str, detail: str) -> Invalid:
    return Invalid([FieldError("", code, detail)])


_DECODER = json.JSONDecoder(
    object_pairs_hook=_members,
    parse_int=_integer,
    parse_float=_float,
    parse_constant=_constant,
)
