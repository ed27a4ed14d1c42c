"""The one transaction of a request or job, with its actor told to the database.

PostgreSQL's row-level security reads the actor from a local setting that only this process
can sign: ``<user id>|<expiry>|<mac>``, where mac is the HMAC-SHA-256 (hex) of
``<user id>|<expiry>`` under ``settings.ACTOR_KEY``. The database checks it in a definer
function. The setting ends with the transaction, so a pooled connection carries nothing over.
"""

import hashlib
import hmac
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.db import connection, transaction

from .actor import Actor

ACTOR_SETTING = "rcp.actor"
LIFETIME_SECONDS = 900
"""How long a signed actor is good for: longer than any request or batch may run."""

# What was in force is read before it is changed: a materialised part is computed first.
_BEFORE = f"""
    WITH before AS MATERIALIZED (
        SELECT coalesce(current_setting('{ACTOR_SETTING}', true), '') AS actor,
               current_setting('role') AS role
    )
    SELECT actor, role, set_config('{ACTOR_SETTING}', %s, true)"""
_ENTER = f"{_BEFORE} FROM before"
_ENTER_AS_ROLE = f"{_BEFORE}, set_config('role', %s, true) FROM before"

_current: ContextVar[Actor | None] = ContextVar("acting_actor", default=None)
_undoing: ContextVar[list[Callable[[], None]] | None] = ContextVar("undoing", default=None)


def signed_actor(actor: Actor, *, now: float | None = None) -> str:
    """The value of the local setting for an actor; the anonymous caller is ``public``."""
    expiry = int(time.time() if now is None else now) + LIFETIME_SECONDS
    message = f"{actor.user_id or 'public'}|{expiry}"
    mac = hmac.new(settings.ACTOR_KEY, message.encode(), hashlib.sha256).hexdigest()
    return f"{message}|{mac}"


def current_actor() -> Actor | None:
    """The actor whose transaction this is, or None outside of any."""
    return _current.get()


def on_rollback(undo: Callable[[], None]) -> None:
    """Run a callback when the open block of ``acting``, or one around it, does not commit.

    For what is outside the database and would be left behind, such as a file. A process that dies
    runs nothing. Raises RuntimeError outside of a block.
    """
    pending = _undoing.get()
    if pending is None:
        raise RuntimeError("there is no transaction to be rolled back")
    pending.append(undo)


@contextmanager
def acting(actor: Actor) -> Iterator[None]:
    """Run a block in one transaction as an actor, under the runtime database role.

    Inside another transaction it takes part as a savepoint and gives the outer actor and
    role back at the end; an exception rolls the savepoint, and the settings with it, back.
    """
    nested = connection.in_atomic_block
    role = [settings.DATABASE_RUNTIME_ROLE] if settings.DATABASE_RUNTIME_ROLE else []
    outer = _undoing.get()
    undo: list[Callable[[], None]] = []
    token, undoing = _current.set(actor), _undoing.set(undo)
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(_ENTER_AS_ROLE if role else _ENTER, [signed_actor(actor), *role])
                before = cursor.fetchone()[:2]
            yield
            if nested and not connection.needs_rollback:
                with connection.cursor() as cursor:
                    cursor.execute(
                        "SELECT set_config(%s, %s, true), set_config('role', %s, true)",
                        [ACTOR_SETTING, *before],
                    )
    except BaseException:
        for callback in reversed(undo):
            callback()
        raise
    else:
        if outer is not None:
            outer.extend(undo)
    finally:
        _undoing.reset(undoing)
        _current.reset(token)
