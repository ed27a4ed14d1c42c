"""Sections cite provisions of instruments; what a reader does not see of them stays untold."""

from typing import Any
from uuid import uuid4

import pytest

from documents.citations.models import Citation
from platform_api.core.actor import Level
from platform_api.core.service import writing
from platform_api.identity.scopes import SCOPES
from tests.api import api, assert_hidden_as_absent, codes, refused
from tests.documents.support import moment, party, queries_of
from tests.factories import InstrumentFactory, delegate, grant, release

_TITLES = {"en": {"title": "Law on Gender Equality", "is_official": False}}


@pytest.fixture
def law(desk: Any) -> Any:
    """An instrument that Serbia and Albania see."""
    return InstrumentFactory(
        delegation=desk.serbia,
        identifier="52/2021",
        titles=_TITLES,
        audience="forum",
        forum=desk.forum,
    )


@pytest.fixture
def own(desk: Any) -> Any:
    """One that Serbia's seat alone sees."""
    return InstrumentFactory(delegation=desk.serbia, identifier="7/2026", titles=_TITLES)


@pytest.fixture
def section(desk: Any) -> Any:
    return desk.section(released=True)


def cite(client: Any, section: Any, instrument: Any, **given: Any) -> Any:
    body = {"instrument": str(getattr(instrument, "pk", instrument)), **given}
    return client.post(f"sections/{section.pk}/citations", body)


def test_a_provision_is_cited_as_of_a_day_and_read_with_what_it_is_of(
    desk, drafting, abroad, section, law, ledger
):
    answer = cite(drafting, section, law, provision="art_12__para_3", as_of="2024-06-27")

    assert answer.status_code == 201, answer.content
    row = Citation.objects.get()
    plain = {
        "id": str(row.pk),
        "section": str(section.pk),
        "instrument": {
            "id": str(law.pk),
            "identifier": "52/2021",
            "titles": {"en": "Law on Gender Equality"},
            "url": f"http://127.0.0.1:8000/api/v1/instruments/{law.pk}",
        },
        "provision": "art_12__para_3",
        "as_of": "2024-06-27",
        "delegation": party(desk.serbia),
        "cited_at": moment(row.created_at),
    }
    assert answer.json() == {**plain, "abilities": {"delete": True}}
    assert answer.headers["Location"].endswith(f"/api/v1/citations/{row.pk}")
    listed = abroad.get(f"sections/{section.pk}/citations").json()["items"]
    assert listed == [{**plain, "etag": '"1"'}]
    shown = abroad.get(f"citations/{row.pk}").json()
    assert shown == {**plain, "abilities": {"delete": False}}
    (entry,) = ledger.new()
    assert (entry.kind, entry.object_id) == ("citation.added", str(section.pk))
    assert str(law.pk) not in str(entry.detail.payload)


def test_an_instrument_out_of_sight_is_shown_as_one_that_is_not_there(
    desk, drafting, abroad, section, own
):
    made = cite(drafting, section, own, provision="art_1").json()
    hidden = abroad.get(f"citations/{made['id']}")

    assert hidden.json() == {**made, "instrument": None, "abilities": {"delete": False}}
    assert str(own.pk) not in hidden.content.decode()
    with writing():
        Citation.objects.filter(pk=made["id"]).update(instrument=uuid4())
    absent = abroad.get(f"citations/{made['id']}")
    assert absent.content == hidden.content
    assert absent.headers["ETag"] == hidden.headers["ETag"]


def test_what_is_hidden_is_as_unknown_to_who_would_cite_it_as_what_is_not_there(
    desk, abroad, own, law
):
    theirs = desk.section(delegation=desk.albania)

    for instrument in (own, uuid4()):
        assert codes(cite(abroad, theirs, instrument)) == [("/instrument", "unknown")]
    assert cite(abroad, theirs, law).status_code == 201


def test_a_credential_that_reads_no_instruments_is_told_of_none(desk, drafting, section, law):
    cite(drafting, section, law)
    narrow = api(desk.drafter, sorted(set(SCOPES) - {"policies:read"}))

    (item,) = narrow.get(f"sections/{section.pk}/citations").json()["items"]

    assert item["instrument"] is None
    assert codes(cite(narrow, section, law, provision="art_2")) == [("/instrument", "unknown")]


def test_what_is_cited_at_home_is_absent_for_others_and_comes_with_the_release(
    desk, drafting, abroad, outside, law
):
    home = desk.section()
    made = cite(drafting, home, law).json()
    for client in (abroad, outside):
        assert_hidden_as_absent(client, f"citations/{made['id']}", f"citations/{uuid4()}")
        assert_hidden_as_absent(
            client, f"sections/{home.pk}/citations", f"sections/{uuid4()}/citations"
        )

    home.refresh_from_db()
    released = release(home)

    (item,) = abroad.get(f"sections/{home.pk}/citations").json()["items"]
    assert item["cited_at"] == moment(released.released_at)


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"provision": "Article 12"}, ("/provision", "invalid")),
        ({"provision": "12"}, ("/provision", "invalid")),
        ({"provision": "a" * 201}, ("/provision", "max_length")),
        ({"as_of": "yesterday"}, ("/as_of", "invalid_type")),
        ({"text": "x"}, ("/text", "unknown_field")),
    ],
)
def test_what_can_t_be_cited_is_refused(desk, drafting, section, law, given, error):
    assert codes(cite(drafting, section, law, **given)) == [error]


def test_the_same_is_cited_once(desk, drafting, section, law):
    assert cite(drafting, section, law, provision="art_1").status_code == 201
    assert refused(cite(drafting, section, law, provision="art_1")) == (409, "duplicate")
    other = cite(drafting, section, law, provision="art_1", as_of="2020-01-01")
    assert other.status_code == 201


def test_whoever_may_revise_the_section_cites_and_takes_out(
    desk, drafting, reading, abroad, section, law, ledger
):
    made = cite(drafting, section, law)
    path = f"citations/{made.json()['id']}"
    ledger.new()

    assert refused(cite(reading, section, law)) == (403, "drafter_required")
    assert refused(cite(abroad, section, law)) == (403, "not_owner")
    assert refused(abroad.delete(path, if_match="1")) == (403, "not_writer")
    assert refused(reading.delete(path, if_match="1")) == (403, "drafter_required")
    assert refused(drafting.delete(path)) == (428, "precondition_required")
    assert refused(drafting.delete(path, if_match="2")) == (412, "precondition_failed")
    assert drafting.delete(path, if_match=made).status_code == 204

    assert drafting.get(path).status_code == 404
    assert "citation.deleted" in [entry.kind for entry in ledger.new()]


def test_who_was_granted_to_draft_a_section_cites_in_it(desk, outside, law):
    home = desk.section()
    grant(home, desk.montenegro, Level.DRAFT)
    drafter = api(delegate(desk.montenegro, "drafter"))
    theirs = InstrumentFactory(delegation=desk.montenegro, titles=_TITLES)

    made = cite(drafter, home, theirs)

    assert made.status_code == 201, made.content
    assert drafter.delete(f"citations/{made.json()['id']}", if_match="1").status_code == 204


def test_everybody_of_the_drafting_group_cites_in_a_common_section(desk, abroad, drafting, law):
    common = desk.section(common=True)

    made = cite(abroad, common, law)

    assert made.json()["delegation"]["country"] == "AL"
    assert drafting.delete(f"citations/{made.json()['id']}", if_match="1").status_code == 204


def test_a_list_costs_as_many_statements_however_long_it_is(desk, drafting, section, law):
    path = f"sections/{section.pk}/citations"
    cite(drafting, section, law)
    few = queries_of(lambda: drafting.get(path))
    for number in range(4):
        cite(drafting, section, law, provision=f"art_{number}")

    assert queries_of(lambda: drafting.get(path)) == few
