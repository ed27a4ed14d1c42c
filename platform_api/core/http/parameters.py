"""The query parameters that the kit itself reads, and the refusal of every other."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.http import QueryDict

from platform_api.core.errors import FieldError, Invalid

ONE_PARAMETERS: Final = frozenset({"fields", "abilities"})
LIST_PARAMETERS: Final = ONE_PARAMETERS | {"limit", "cursor", "count", "ids"}


@dataclass(frozen=True, slots=True)
class Parameters:
    """What a caller asked of the kit.

    fields: the members wanted, None for all. ids: the objects wanted, None for all.
    reasons: tell why an ability is missing.
    """

    limit: int = 50
    cursor: str | None = None
    count: bool = False
    ids: tuple[Any, ...] | None = None
    fields: frozenset[str] | None = None
    reasons: bool = False


def name_errors(query: QueryDict, allowed: Collection[str]) -> list[FieldError]:
    """One error for every unknown, repeated or unstorable parameter."""
    errors = []
    for name, values in query.lists():
        if name not in allowed:
            errors.append(_error(_shown(name), "unknown_parameter", "There is no such parameter."))
        elif len(values) > 1:
            errors.append(_error(name, "repeated_parameter", "Send this parameter once."))
        elif "\x00" in values[0]:
            errors.append(_error(name, "unstorable_text", "Text may hold no NUL."))
    return errors


def read_parameters(
    query: QueryDict,
    *,
    default_limit: int = 50,
    max_limit: int = 200,
    max_ids: int = 200,
    id_type: Callable[[str], Any] = UUID,
    known_fields: Collection[str] | None = None,
) -> Parameters:
    """The kit's parameters of a query; raises Invalid with an error for each that is wrong.

    known_fields: what ``fields`` may name; None where anything goes.
    """
    errors: list[FieldError] = []
    limit = _limit(query.get("limit"), default_limit, max_limit, errors)
    ids = _ids(query.get("ids"), id_type, max_ids, errors)
    fields = _fields(query.get("fields"), known_fields, errors)
    count = _choice(query, "count", {"true": True, "false": False}, errors)
    reasons = _choice(query, "abilities", {"reasons": True}, errors)
    if errors:
        raise Invalid(errors)
    return Parameters(limit, query.get("cursor"), count, ids, fields, reasons)


def read_detail_parameters(
    query: QueryDict, *, known_fields: Collection[str] | None = None
) -> Parameters:
    """Those of a single object: ``fields`` and ``abilities``."""
    errors: list[FieldError] = []
    fields = _fields(query.get("fields"), known_fields, errors)
    reasons = _choice(query, "abilities", {"reasons": True}, errors)
    if errors:
        raise Invalid(errors)
    return Parameters(fields=fields, reasons=reasons)


def binding_of(path: str, query: QueryDict, order: object) -> str:
    """What a cursor is bound to: the path, the order, every parameter that shapes the list."""
    others = sorted((n, v) for n, v in query.items() if n not in ("cursor", "limit", "count"))
    return repr((path, order, others))


def _limit(text: str | None, default: int, largest: int, errors: list[FieldError]) -> int:
    if text is None:
        return default
    if text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= largest:
        return int(text)
    errors.append(_error("limit", "out_of_range", f"A number from 1 to {largest}."))
    return default


def _ids(
    text: str | None, id_type: Callable[[str], Any], most: int, errors: list[FieldError]
) -> tuple[Any, ...] | None:
    if text is None:
        return None
    wanted = text.split(",")
    if len(wanted) > most:
        errors.append(_error("ids", "too_many", f"At most {most} ids."))
        return None
    try:
        return tuple(dict.fromkeys(id_type(one) for one in wanted))
    except ValueError:
        errors.append(_error("ids", "invalid_id", "Ids, separated by commas."))
        return None


def _fields(
    text: str | None, known: Collection[str] | None, errors: list[FieldError]
) -> frozenset[str] | None:
    if text is None:
        return None
    wanted = frozenset(text.split(","))
    unknown: Iterable[str] = sorted(wanted - set(known)) if known is not None else ()
    errors.extend(
        _error("fields", "unknown_field", f"There is no field {_shown(name)!r}.")
        for name in unknown
    )
    return wanted


def _choice(
    query: QueryDict, name: str, choices: dict[str, bool], errors: list[FieldError]
) -> bool:
    text = query.get(name)
    if text is None:
        return False
    if text not in choices:
        errors.append(_error(name, "invalid_choice", f"One of: {', '.join(choices)}."))
    return choices.get(text, False)


def _shown(name: str) -> str:
    return name.replace("\x00", "�")[:100]


def _error(name: str, code: str, detail: str) -> FieldError:
    return FieldError(f"?{name}", code, detail)
