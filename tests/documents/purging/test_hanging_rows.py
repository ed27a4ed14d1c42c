"""What a purge takes out of rows that hang on a section, whoever may read those."""

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import ProgrammingError, connection

from documents.purging import erasing
from documents.purging.models import PurgedRow
from documents.purging.services import purge_request
from documents.purging.sql import purgeable
from documents.texts.purgeable import Purgeable
from platform_api.core.rls import POLICY_ROLE
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from platform_api.ledger.models import Detail
from platform_api.ledger.services import record
from tests.api import api

PASSAGE = "Ana Marić was heard"


@pytest.fixture
def notes(desk: Any) -> Iterator[Any]:
    """A table of remarks on sections as another slice would have it, registered by one line."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE remark (id uuid, section_id uuid, body text, told jsonb,"
            " revision int DEFAULT 1)"
        )
        cursor.execute(f"GRANT ALL ON remark TO {POLICY_ROLE}")
        for statement in purgeable("remark", "remark", "body", "told", revisioned=True).sql:
            cursor.execute(statement)
        yield cursor


def add(cursor: Any, section: Any, body: str, told: str = "{}") -> UUID:
    key = uuid4()
    cursor.execute("INSERT INTO remark VALUES (%s, %s, %s, %s)", [key, section.pk, body, told])
    return key


def purge(desk: Any, cursor: Any, section: Any) -> list[UUID]:
    asking, head = actor_of(desk.drafter), actor_of(desk.head)
    with acting(asking):
        asked = purge_request(actor=asking, of=section, passage=PASSAGE, reason="Privacy.")
    with acting(head):
        cursor.execute("SELECT remark_purge(%s)", [asked.pk])
        (told,) = cursor.fetchone()
    return told


def test_the_passage_leaves_texts_and_json_and_nothing_else_does(desk, notes):
    section, other = desk.section(body=PASSAGE), desk.section(body=PASSAGE)
    whole = add(notes, section, f"Before {PASSAGE}, after.")
    spaced = add(notes, section, "Ana \n\tMarić was\nheard\n\nand Ana\nMarić was heard")
    told = add(notes, section, "kept", f'{{"a": ["{PASSAGE}!", 7, null], "b": "\\nAna Marić"}}')
    clean = add(notes, section, "Ana was heard")
    add(notes, other, PASSAGE)

    keys = purge(desk, notes, section)

    assert set(keys) == {whole, spaced, told, clean}
    notes.execute("SELECT id, revision, body, told FROM remark WHERE section_id = %s", [section.pk])
    assert {key: (*row, json.loads(told)) for key, *row, told in notes.fetchall()} == {
        whole: (2, "Before , after.", {}),
        spaced: (2, "\n\nand ", {}),
        told: (2, "kept", {"a": ["!", 7, None], "b": "\nAna Marić"}),
        clean: (1, "Ana was heard", {}),
    }
    notes.execute("SELECT body FROM remark WHERE section_id = %s", [other.pk])
    assert notes.fetchall() == [(PASSAGE,)]
    rows = PurgedRow.objects.filter(table_name="remark").values_list("row_id", flat=True)
    assert set(rows) == {whole, spaced, told}


def test_the_ledgers_details_of_such_rows_lose_it_too(desk, notes, monkeypatch):
    """Whatever the rows hold today: what was said before stands in the ledger alone."""

    class Remark:
        _meta = SimpleNamespace(db_table="remark")

    named = SimpleNamespace(protection_of=lambda model: SimpleNamespace(type_name="remark"))
    monkeypatch.setattr(erasing, "PURGEABLE", {Remark: Purgeable(("body", "told"))})
    monkeypatch.setattr(erasing, "registry", named)
    section, other = desk.section(body="x"), desk.section(body="x")
    api(desk.drafter).patch(f"sections/{section.pk}", {"body": PASSAGE}, if_match="h1")
    writer = actor_of(desk.albanian)
    places = {"edited": section, "clean": section, "elsewhere": other}
    rows = {name: add(notes, place, "Nothing.") for name, place in places.items()}
    entries = {}
    with acting(writer):
        for name, row in rows.items():
            before = "Nobody was heard" if name == "clean" else f"{PASSAGE}!"
            entries[name] = record(
                kind="remark.edited",
                actor=writer,
                object_type="remark",
                object_id=row,
                details={"before": {"body": before}},
            )
    asked = api(desk.drafter).post(
        "purges", {"section": str(section.pk), "passage": PASSAGE, "reason": "Privacy."}
    )

    answer = api(desk.head).post(f"purges/{asked.json()['id']}/carry-out", if_match=asked)

    assert answer.status_code == 200
    kept = Detail.objects.filter(entry__in=[entry.pk for entry in entries.values()])
    assert set(kept.values_list("entry", flat=True)) == {
        entries["clean"].pk,
        entries["elsewhere"].pk,
    }


def test_whoever_may_not_carry_it_out_reaches_no_row(desk, notes):
    section = desk.section(body=PASSAGE)
    add(notes, section, PASSAGE)
    asking = actor_of(desk.drafter)
    with acting(asking):
        asked = purge_request(actor=asking, of=section, passage=PASSAGE, reason="Privacy.")

    for user in (desk.drafter, desk.reader, desk.albanian_head):
        with (
            pytest.raises(ProgrammingError, match="only another person"),
            acting(actor_of(user)),
        ):
            notes.execute("SELECT remark_purge(%s)", [asked.pk])
    notes.execute("SELECT body FROM remark")
    assert notes.fetchall() == [(PASSAGE,)]


@pytest.mark.parametrize(
    ("text", "passage", "left"),
    [
        ("abc def", "b", "ac def"),
        ("  a  b  c  ", "a b", "    c  "),
        ("a\n\nb c a b", "a b", " c "),
        ("(x.*) y", "(x.*)", " y"),
        ("один   два три", "один два", " три"),
        ("😀 a  b 😀", "a b", "😀  😀"),
        ("aabb", "ab", ""),
        ("nothing", "else", "nothing"),
        ("nothing", "", "nothing"),
    ],
)
def test_a_passage_is_cut_with_the_white_space_that_is_in_it(desk, text, passage, left):
    with connection.cursor() as cursor:
        cursor.execute("SELECT documents_without(%s::text, %s)", [text, passage])
        assert cursor.fetchone() == (left,)
