"""What `make mutants` breaks is there to be broken, and is whole again afterwards."""

from collections import Counter

import pytest
from django.db import connection

from platform_api.core.registry import registry
from tools.mutants.catalogue import of_the_database, of_the_rules, of_the_sources
from tools.mutants.mutant import Mutant
from tools.mutants.patching import broken_source
from tools.mutants.policies import conjuncts
from tools.mutants.rules import broken_rule

pytestmark = pytest.mark.conventions


def test_every_fragment_of_the_application_stands_once_and_can_be_replaced() -> None:
    for mutant in of_the_sources():
        with broken_source(mutant.path, mutant.old, mutant.new):
            pass


def test_a_broken_function_runs_otherwise_and_is_mended_afterwards() -> None:
    from documents.texts.release import four_eyes

    code = four_eyes.__code__
    with broken_source("documents/texts/release.py", 'return "four_eyes"', "return None"):
        assert "four_eyes" not in four_eyes.__code__.co_consts[1:]
    assert four_eyes.__code__ is code


def test_every_policy_trigger_and_function_can_be_broken_and_mended(db: None) -> None:
    connection.ensure_connection()
    mutants = list(of_the_database(connection.connection))
    assert _kinds(mutants) >= {"policy", "trigger", "rcp_groups():", "…grant_end():"}

    # One of a kind: each fragment was looked up above, and PostgreSQL takes its time for all.
    one_each = {mutant.name.partition(" ")[0]: mutant for mutant in mutants}
    with connection.cursor() as cursor:
        for mutant in one_each.values():
            cursor.execute(mutant.sql)
            cursor.execute(mutant.undo)


def test_every_line_of_the_rules_can_be_weakened_and_mended() -> None:
    before = registry.protections
    for mutant in of_the_rules():
        with broken_rule(mutant.rule):
            assert registry.protections != before, mutant.name
    assert registry.protections == before


def test_no_two_have_one_name(db: None) -> None:
    connection.ensure_connection()
    mutants = [*of_the_database(connection.connection), *of_the_rules(), *of_the_sources()]
    assert [name for name, n in Counter(each.name for each in mutants).items() if n > 1] == []


def test_a_condition_is_taken_apart_where_and_joins_it() -> None:
    expression = "((a = b) OR (c AND (EXISTS ( SELECT\n FROM t\n WHERE ((t.x = 1) AND t.y)))))"

    assert dict(conjuncts(expression)) == {
        "t.x = 1": expression.replace("(t.x = 1)", "true"),
        "t.y": expression.replace("t.y", "true"),
        "c": expression.replace("(c AND", "(true AND"),
        "EXISTS ( SELECT FROM t WHERE ((t.x = 1) AND t.y": "((a = b) OR (c AND true))",
    }


def _kinds(mutants: list[Mutant]) -> set[str]:
    return {mutant.name.partition(" ")[0] for mutant in mutants}
