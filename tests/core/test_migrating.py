"""SQL of several operations that is run at once."""

import pytest
from django.db.migrations import RunSQL

from platform_api.core.migrating import run_at_once


def test_what_is_run_at_once_is_taken_back_from_the_last_operation_to_the_first() -> None:
    (operation,) = run_at_once(
        RunSQL(["CREATE TABLE a ()", "CREATE TABLE b ()"], ["DROP TABLE b", "DROP TABLE a"]),
        RunSQL("CREATE VIEW c AS TABLE a", "DROP VIEW c"),
    )
    assert isinstance(operation, RunSQL)
    assert operation.sql == "CREATE TABLE a ();\nCREATE TABLE b ();\nCREATE VIEW c AS TABLE a"
    assert operation.reverse_sql == "DROP VIEW c;\nDROP TABLE b;\nDROP TABLE a"


def test_what_cannot_be_taken_back_is_not_run_at_once_with_other_sql() -> None:
    with pytest.raises(ValueError, match="cannot be taken back"):
        run_at_once(RunSQL("CREATE TABLE a ()", "DROP TABLE a"), RunSQL("CREATE TABLE b ()"))
