"""Operations of migrations that cost little time: much at once.

After every operation on a model Django renders anew whatever hangs together with it, by relations
of relations: here, nearly every model there is. And every statement is a round trip to the server.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import CreateModel, RunSQL
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState


def create_at_once(*operations: Operation) -> list[Operation]:
    """The operations of an app's first migration, as ``makemigrations`` writes them, as one.

    Models may refer to one another in any order. Whatever is added to one after its
    ``CreateModel`` is part of its table from the beginning.
    """
    return [_CreateModels(operations)]


def run_at_once(*operations: RunSQL) -> list[Operation]:
    """SQL that the server is sent at once; taken back from the last operation to the first."""
    return [
        RunSQL(
            _script(sql for one in operations for sql in _statements(one.sql)),
            _script(sql for one in reversed(operations) for sql in _statements(one.reverse_sql)),
        )
    ]


class _CreateModels(Operation):
    """Renders the models once, when all of them are known."""

    category = OperationCategory.ADDITION

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations
        self._creations = [one for one in operations if isinstance(one, CreateModel)]

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Add all of them, then render what hangs together with any of them."""
        rendered = state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)
        if rendered is not None:
            state.__dict__["apps"] = rendered
            keys = [(app_label, creation.name_lower) for creation in self._creations]
            state.reload_models(keys, delay=False)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Create the tables as they are after all operations."""
        for creation in self._creations:
            creation.database_forwards(app_label, schema_editor, from_state, to_state)
        # Foreign keys and indexes: the larger part.
        schema_editor.execute(_script(str(one) for one in schema_editor.deferred_sql), params=None)
        schema_editor.deferred_sql.clear()

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Drop the tables."""
        for creation in reversed(self._creations):
            creation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """What ``migrate --plan`` says of it."""
        return f"Create {len(self._creations)} models"


def _statements(sql: Any) -> Sequence[str]:
    if sql is None:
        raise ValueError("an operation that cannot be taken back")
    return [sql] if isinstance(sql, str) else sql


def _script(statements: Iterator[str]) -> str:
    return ";\n".join(statements)
