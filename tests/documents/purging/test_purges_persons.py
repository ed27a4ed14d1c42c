"""Two persons, and of which seat."""

import pytest
from django.db import ProgrammingError, connection

from platform_api.core.actor import Level
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from tests.api import api
from tests.documents.support import alike, invalid, refusal, unknown_id
from tests.factories import delegate, grant, service_client

from .asking import PASSAGE, REASON, ask, carry_out, traces


def test_whoever_asked_does_not_carry_it_out(desk, heading, confirming, section):
    asked = ask(heading, section)

    assert refusal(carry_out(heading, asked)) == (403, "two_persons")
    assert traces()
    assert carry_out(confirming, asked).status_code == 200
    assert traces() == set()


def test_a_drafter_asks_and_a_head_carries_out(desk, drafting, reading, section):
    asked = ask(drafting, section)
    other = api(delegate(desk.serbia, "drafter"))

    assert refusal(ask(reading, section)) == (403, "drafter_required")
    assert refusal(carry_out(other, asked)) == (403, "head_required")


def test_service_clients_are_no_persons(desk, drafting, section):
    client = api(service_client(desk.serbia, "head"))

    assert refusal(ask(client, section)) == (403, "person_required")
    assert refusal(carry_out(client, ask(drafting, section))) == (403, "person_required")


def test_who_reads_or_drafts_another_seats_section_does_not_purge_it(desk, abroad, section):
    grant(section, desk.albania, Level.MANAGE)

    assert refusal(ask(abroad, section)) == (403, "not_keeper")


def test_a_common_section_is_its_documents_owners(desk, drafting, heading, abroad):
    common = desk.section(common=True, delegation=desk.albania, body=PASSAGE)

    assert refusal(ask(abroad, common)) == (403, "not_keeper")
    assert carry_out(heading, ask(drafting, common)).status_code == 200
    assert traces() == set()


def test_a_hidden_section_is_an_unknown_one(desk, abroad, section):
    draft = desk.section(body=PASSAGE)
    unknown = abroad.post(
        "purges", {"section": str(unknown_id()), "passage": PASSAGE, "reason": REASON}
    )

    assert refusal(unknown) == invalid(("/section", "unknown"))
    assert alike(unknown, ask(abroad, draft))


def test_the_database_itself_asks_for_the_second_person(desk, drafting, section):
    """Whatever the services do: neither the one who asked nor another seat's head gets through."""
    purge = ask(drafting, section).json()["id"]
    for user in (desk.drafter, desk.reader, desk.albanian_head, desk.stranger):
        with (
            pytest.raises(ProgrammingError, match="only another person"),
            acting(actor_of(user)),
            connection.cursor() as cursor,
        ):
            cursor.execute("SELECT documents_purge_carry_out(%s)", [purge])
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        acting(actor_of(desk.head)),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT FROM documents_purgedrow")
    assert traces()
