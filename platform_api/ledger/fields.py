"""Column types and defaults of PostgreSQL that Django has no name for."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.expressions import Func

if TYPE_CHECKING:
    _Field = models.Field[int, int]
else:
    _Field = models.Field


class ClockTimestamp(Func):
    """The database's clock at this statement; ``now()`` is the transaction's start."""

    function = "clock_timestamp"
    output_field = models.DateTimeField()


class TransactionIdField(_Field):
    """A PostgreSQL ``xid8``, an int in Python; never wraps round."""

    def db_type(self, connection: Any) -> str:
        return "xid8"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> int | None:
        return None if value is None else int(value)

    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> str:
        return "%s::text::xid8"


class CurrentTransaction(Func):
    """The 64-bit number of the running top-level transaction."""

    function = "pg_current_xact_id"
    output_field = TransactionIdField()
