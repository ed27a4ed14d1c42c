"""The id of the request in hand, for log lines, ledger entries and problems."""

import re
from contextvars import ContextVar

from platform_api.core.ids import new_private_id

HEADER = "X-Request-ID"

_FORM = re.compile(r"[A-Za-z0-9._-]{1,64}")
_current: ContextVar[str] = ContextVar("request_id", default="")


def current_request_id() -> str:
    """The id of the request that this code runs for; empty outside one."""
    return _current.get()


def accept_request_id(sent: str) -> str:
    """The caller's own id where it has the right form, else a new one."""
    return sent if _FORM.fullmatch(sent) else new_private_id().hex


bind_request_id = _current.set
unbind_request_id = _current.reset
