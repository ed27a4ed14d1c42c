"""All models of an app by one operation of its first migration.

After every operation on a model Django renders anew whatever hangs together with it, by relations
of relations: here, nearly every model there is. Fifty operations would render each fifty times.
"""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import CreateModel
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState


class CreateModels(Operation):
    """Create models that may refer to one another in any order, rendering them once.

    operations: those of ``makemigrations``. Whatever they add to a model after its ``CreateModel``
    is part of its table from the beginning.
    """

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

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        """As the writer of migrations needs it."""
        return (self.__class__.__qualname__, [self.operations], {})
