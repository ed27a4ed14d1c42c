"""Errors raised by Django, DRF and the database, as the refusals they mean."""

import logging
from collections.abc import Iterator, Mapping

from django.core.exceptions import (
    BadRequest,
    ObjectDoesNotExist,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import DatabaseError, InterfaceError
from django.http import Http404, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from rest_framework import exceptions as drf

from platform_api.core.errors import Conflict, FieldError, Forbidden, Invalid, NotVisible, Refusal

from . import conf
from .problems import Problem, pointer
from .refusals import ContentTooLarge, TooManyRequests, Unauthenticated, Unavailable
from .serializers import field_errors

_logger = logging.getLogger(__name__)

_CONCURRENT = frozenset({"40001", "40P01", "55P03"})
_DUPLICATE = frozenset({"23505", "23P01"})
_REFERENCE = "23503"
_NO_PRIVILEGE = "42501"
_CANCELLED = "57014"


def refusal_of(error: BaseException) -> Refusal | None:
    """What an exception means to the caller; None for a fault of ours, which is a 500."""
    if isinstance(error, Refusal):
        return error
    if isinstance(error, DatabaseError | InterfaceError):
        return _database_refusal(error)
    if isinstance(error, drf.APIException):
        return _drf_refusal(error)
    if isinstance(error, Http404 | ObjectDoesNotExist):
        return NotVisible()
    if isinstance(error, PermissionDenied):
        return Forbidden("You may not do this.")
    if isinstance(error, RequestDataTooBig):
        return ContentTooLarge(conf.number("MAX_BODY_BYTES"))
    if isinstance(error, DjangoValidationError):
        return Invalid(list(_model_errors(error)))
    if isinstance(error, SuspiciousOperation | BadRequest | MultiPartParserError):
        return Invalid(code="malformed_request")
    if isinstance(error, UnreadablePostError):
        return Invalid([FieldError("", "incomplete_body", "The body ended early.")])
    if isinstance(error, UnicodeEncodeError):
        return Invalid(code="unstorable_text")
    return None


def _drf_refusal(error: drf.APIException) -> Refusal:
    if isinstance(error, drf.ValidationError):
        return Invalid(field_errors(error.detail))
    if isinstance(error, drf.NotAuthenticated):
        return Unauthenticated()
    if isinstance(error, drf.AuthenticationFailed):
        return Unauthenticated(code="invalid_token", challenge='Bearer error="invalid_token"')
    if isinstance(error, drf.ParseError):
        return Invalid([FieldError("", "malformed_body", "The body can't be read.")])
    if isinstance(error, drf.NotFound):
        return NotVisible()
    if isinstance(error, drf.PermissionDenied):
        return Forbidden("You may not do this.")
    if isinstance(error, drf.Throttled):
        return TooManyRequests(max(int(getattr(error, "wait", None) or 1), 1))
    return Problem(error.status_code)


def _database_refusal(error: DatabaseError | InterfaceError) -> Refusal | None:
    """By SQLSTATE (PostgreSQL, appendix A); the database's own words stay inside."""
    state = _sqlstate(error)
    if state.startswith(("22", "54")) or type(error).__name__ == "DataError":
        return Invalid(code="value_out_of_range", detail="A value can't be stored.")
    if state in _CONCURRENT:
        return Conflict(
            "Another request changes the same things now. Nothing was written; try again.",
            code="concurrent_change",
            headers={"Retry-After": "1"},
        )
    if state in _DUPLICATE:
        return Conflict("Something like it is there already.", code="duplicate")
    if state == _REFERENCE:
        return Conflict("Something that this refers to has gone.", code="reference_gone")
    if state == _NO_PRIVILEGE:
        _logger.error("the database refused what the application had allowed", exc_info=error)
        return Forbidden("You may not do this.")
    if state == _CANCELLED or state[:2] in ("08", "53", "57", "58"):
        _logger.error("the database can't answer", exc_info=error)
        return Unavailable()
    if not state and type(error).__name__ in ("OperationalError", "InterfaceError"):
        _logger.error("the database can't be reached", exc_info=error)
        return Unavailable()
    return None


def _sqlstate(error: BaseException | None) -> str:
    while error is not None:
        state = getattr(error, "sqlstate", None)
        if isinstance(state, str):
            return state
        error = error.__cause__
    return ""


def _model_errors(error: DjangoValidationError) -> Iterator[FieldError]:
    by_field: Mapping[str, list[DjangoValidationError]] = (
        error.error_dict if hasattr(error, "error_dict") else {"__all__": error.error_list}
    )
    for name, errors in by_field.items():
        where = "" if name == "__all__" else pointer(name)
        for one in errors:
            yield FieldError(where, one.code or "invalid", " ".join(one.messages))
