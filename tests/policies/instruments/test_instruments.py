"""GET and POST /instruments, GET and PATCH /instruments/{id}."""

import pytest

from platform_api.identity.models import User
from policies.instruments.models import Instrument
from tests.api import api, assert_hidden_as_absent, codes, queries_of, refused, rfc3339
from tests.factories import InstrumentFactory, actor_at, delegate, service_client

LAW = {
    "kind": "law",
    "country": "ME",
    "identifier": "52/21",
    "titles": {"en": {"title": "Law on Gender Equality"}},
}


def body(region, **changes):
    return {"delegation": str(region.montenegro.pk), **LAW, **changes}


def ids(answer):
    assert answer.status_code == 200, answer.content
    return [item["id"] for item in answer.json()["items"]]


def test_a_drafter_keeps_an_instrument_that_its_seat_alone_sees(region, drafter, macedonian):
    answer = drafter.post(
        "instruments",
        body(
            region,
            date_publication="2021-05-24",
            date_document="2021-05",
            period_begin=2021,
            period_end=2030,
            titles={
                "en": {"title": "Law on Gender Equality"},
                "cnr": {"title": "Zakon o rodnoj ravnopravnosti", "is_official": True},
            },
        ),
    )

    assert answer.status_code == 201
    instrument = Instrument.objects.get()
    assert answer.json() == {
        "id": str(instrument.pk),
        "owner_delegation": {
            "id": str(region.montenegro.pk),
            "country": "ME",
            "organisation": None,
        },
        "audience": "owner",
        "forum": None,
        "kind": "law",
        "country": "ME",
        "identifier": "52/21",
        "titles": {
            "en": {"title": "Law on Gender Equality", "is_official": False},
            "cnr": {"title": "Zakon o rodnoj ravnopravnosti", "is_official": True},
        },
        "date_document": "2021-05",
        "date_publication": "2021-05-24",
        "date_applicability": None,
        "period_begin": 2021,
        "period_end": 2030,
        "created_at": rfc3339(instrument.created_at),
        "abilities": {"revise": True, "record_status": True, "manage_access": False},
    }
    assert answer.headers["Location"].endswith(f"/api/v1/instruments/{instrument.pk}")
    assert drafter.get(f"instruments/{instrument.pk}").json() == answer.json()
    assert_hidden_as_absent(
        macedonian,
        f"instruments/{instrument.pk}",
        "instruments/01900000-0000-7000-8000-00000000dead",
    )


@pytest.mark.parametrize(
    ("identifier", "other", "one"),
    [("52/21", "52/2021", True), ("52/2021", "52 / 21", True), ("52/21", "52/22", False)],
)
def test_a_seat_keeps_an_identifier_of_a_jurisdiction_once(region, drafter, identifier, other, one):
    assert drafter.post("instruments", body(region, identifier=identifier)).status_code == 201
    again = drafter.post("instruments", body(region, identifier=other))

    if one:
        assert refused(again) == (409, "identifier_taken")
    else:
        assert again.status_code == 201


def test_another_jurisdiction_or_seat_may_have_the_same_identifier(region, drafter, macedonian):
    answers = [
        drafter.post("instruments", body(region)),
        drafter.post("instruments", body(region, country="RS")),
        drafter.post("instruments", body(region, country=None, kind="resolution")),
        macedonian.post("instruments", body(region, delegation=str(region.macedonia.pk))),
    ]

    assert [answer.status_code for answer in answers] == [201] * 4
    international = body(region, country=None, kind="resolution", identifier="52/2021")
    assert refused(drafter.post("instruments", international)) == (409, "identifier_taken")


def test_instruments_without_an_identifier_do_not_meet(region, drafter):
    answers = [drafter.post("instruments", body(region, identifier="")) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [201, 201]


def of_both_forums(region):
    """An instrument of Montenegro's seat in one forum that the other forum reads; kept by a head
    who sits in both."""
    user = User.objects.get(pk=actor_at(region.montenegro, "head").user_id)
    delegate(region.montenegro_elsewhere, "reader", user=user)
    return InstrumentFactory(delegation=region.montenegro, audience="forum", forum=region.other)


def test_each_audience_has_its_readers(region, reader, macedonian, croatian, nobody):
    elsewhere = of_both_forums(region)
    kept = {
        audience: InstrumentFactory(delegation=region.montenegro, audience=audience)
        for audience in ("owner", "forum", "public")
    }

    def seen(client):
        found = set(ids(client.get("instruments")))
        shown = {
            name
            for name, instrument in [*kept.items(), ("elsewhere", elsewhere)]
            if client.get(f"instruments/{instrument.pk}").status_code == 200
        }
        assert {str(kept[name].pk if name in kept else elsewhere.pk) for name in shown} == found
        return shown

    assert seen(reader) == {"owner", "forum", "public", "elsewhere"}
    assert seen(macedonian) == {"forum", "public"}
    assert seen(croatian) == {"public", "elsewhere"}
    assert seen(nobody) == {"public"}


def test_the_forum_is_told_to_who_is_in_it_only(region, reader, macedonian):
    elsewhere = of_both_forums(region)
    at_home = InstrumentFactory(delegation=region.montenegro, audience="forum")

    assert macedonian.get(f"instruments/{at_home.pk}").json()["forum"] == "wb-mod"
    assert reader.get(f"instruments/{elsewhere.pk}").json()["forum"] is None
    at_seemic = api(delegate(region.montenegro_elsewhere, "reader"))
    assert at_seemic.get(f"instruments/{elsewhere.pk}").json()["forum"] == "seemic"


def test_the_lists_bytes_do_not_tell_of_hidden_instruments(region, macedonian):
    InstrumentFactory(delegation=region.montenegro, audience="forum")
    asked = [{}, {"country": "ME"}, {"identifier": "52/21"}, {"count": "true"}]
    before = [macedonian.get("instruments", query) for query in asked]

    InstrumentFactory(delegation=region.montenegro, identifier="52/21")
    InstrumentFactory(delegation=region.croatia, audience="forum")

    after = [macedonian.get("instruments", query) for query in asked]
    assert [answer.content for answer in before] == [answer.content for answer in after]
    assert [answer.headers["ETag"] for answer in before] == [
        answer.headers["ETag"] for answer in after
    ]


def test_the_list_is_filtered_by_kind_country_and_identifier(region, reader):
    me = region.montenegro.country
    law = InstrumentFactory(delegation=region.montenegro, identifier="52/21", country=me)
    plan = InstrumentFactory(delegation=region.montenegro, kind="action_plan", country=me)
    other = InstrumentFactory(delegation=region.montenegro, identifier="S/RES/1325 (2000)")

    def found(**query):
        return set(ids(reader.get("instruments", query)))

    assert found(kind="law") == {str(law.pk), str(other.pk)}
    assert found(country="ME") == {str(law.pk), str(plan.pk)}
    assert found(identifier="52/2021") == {str(law.pk)}
    assert found(identifier="s/res/1325(2000)") == {str(other.pk)}
    assert found(country="ME", kind="law") == {str(law.pk)}
    assert found(country="QQ") == set()


def test_ten_instruments_cost_as_many_queries_as_two(region, macedonian):
    def make(number):
        for _ in range(number):
            InstrumentFactory(delegation=region.montenegro, audience="forum")
            InstrumentFactory(delegation=region.montenegro, audience="public")

    make(1)
    macedonian.get("instruments")
    costs = [queries_of(lambda: macedonian.get("instruments"))]
    make(4)
    costs.append(queries_of(lambda: macedonian.get("instruments")))

    assert len(ids(macedonian.get("instruments"))) == 10
    assert costs[0] == costs[1]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"kind": "decree"}, ("/kind", "invalid_choice")),
        ({"country": "QQ"}, ("/country", "unknown")),
        ({"titles": {}}, ("/titles", "empty")),
        ({"titles": {"english": {"title": "x"}}}, ("/titles/english", "invalid_tag")),
        ({"titles": {"en": {"title": "x", "is": True}}}, ("/titles/en/is", "unknown_field")),
        ({"date_document": "2021-13"}, ("/date_document", "invalid_date")),
        ({"date_document": "24.5.2021"}, ("/date_document", "invalid_date")),
        ({"period_begin": 2030, "period_end": 2021}, ("/period_end", "before_begin")),
        ({"in_force": True}, ("/in_force", "unknown_field")),
        ({"forum": "wb-mod"}, ("/forum", "not_allowed_here")),
        ({"audience": "forum", "forum": "seemic"}, ("/forum", "unknown")),
        ({"audience": "forum", "forum": "nowhere"}, ("/forum", "unknown")),
        ({"delegation": "01900000-0000-7000-8000-00000000dead"}, ("/delegation", "unknown")),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_its_member(region, drafter, changes, error):
    assert codes(drafter.post("instruments", body(region, **changes))) == [error]
    assert Instrument.objects.count() == 0


def test_a_forum_in_which_the_owner_does_not_sit_cannot_be_its_audience(region):
    person = delegate(region.macedonia, "drafter").user
    delegate(region.croatia, "reader", user=person)
    given = body(region, delegation=str(region.macedonia.pk), audience="forum", forum="seemic")

    assert codes(api(person).post("instruments", given)) == [("/forum", "not_seated")]


def test_only_drafters_of_a_seat_keep_instruments_there(region, reader, macedonian):
    client = api(service_client(region.montenegro, "drafter", ["policies:read"]))

    assert refused(reader.post("instruments", body(region))) == (403, "drafter_required")
    assert refused(macedonian.post("instruments", body(region))) == (403, "drafter_required")
    assert refused(client.post("instruments", body(region))) == (403, "insufficient_scope")
    assert refused(api().post("instruments", body(region))) == (401, "not_authenticated")


def test_an_internal_policy_is_opened_to_others_by_the_head_only(region, drafter, head):
    given = body(region, kind="internal_policy", identifier="")

    assert refused(drafter.post("instruments", given | {"audience": "forum"})) == (
        403,
        "head_required",
    )
    made = drafter.post("instruments", given)
    path = f"instruments/{made.json()['id']}"
    wider = {"audience": "forum"}
    assert refused(drafter.patch(path, wider, if_match=made)) == (403, "head_required")
    assert head.patch(path, wider, if_match=made).json()["audience"] == "forum"
    assert drafter.post("instruments", body(region, audience="forum")).status_code == 201


def test_a_change_merges_and_needs_the_revision_that_was_read(region, drafter):
    made = drafter.post("instruments", body(region, date_document="2021"))
    path = f"instruments/{made.json()['id']}"
    titles = {"cnr": {"title": "Zakon", "is_official": True}}

    assert refused(drafter.patch(path, {"titles": titles})) == (428, "precondition_required")
    changed = drafter.patch(path, {"titles": titles, "date_document": None}, if_match=made)

    assert changed.status_code == 200
    assert changed.json()["titles"] == {
        "en": {"title": "Law on Gender Equality", "is_official": False},
        **titles,
    }
    assert changed.json()["date_document"] is None
    assert changed.headers["ETag"].startswith('"2.')
    assert refused(drafter.patch(path, {"titles": titles}, if_match=made)) == (
        412,
        "precondition_failed",
    )
    less = drafter.patch(path, {"titles": {"en": None}}, if_match=changed)
    assert less.json()["titles"] == titles
    assert codes(drafter.patch(path, {"titles": {"cnr": None}}, if_match=less)) == [
        ("/titles", "required")
    ]
    assert codes(drafter.patch(path, {"titles": {"sq": {"is_official": True}}}, if_match=less)) == [
        ("/titles/sq/title", "required")
    ]


def test_a_change_that_changes_nothing_moves_nothing(region, drafter):
    made = drafter.post("instruments", body(region))
    path = f"instruments/{made.json()['id']}"

    same = drafter.patch(path, {"identifier": "52/21"}, if_match=made)

    assert same.headers["ETag"] == made.headers["ETag"]


def test_others_see_and_do_not_change(region, macedonian, reader):
    instrument = InstrumentFactory(delegation=region.montenegro, audience="forum")
    path = f"instruments/{instrument.pk}"
    seen = macedonian.get(path)

    assert seen.json()["abilities"] == {
        "revise": False,
        "record_status": False,
        "manage_access": False,
    }
    assert refused(macedonian.patch(path, {"identifier": "1"}, if_match=seen)) == (403, "not_owner")
    assert refused(reader.patch(path, {"identifier": "1"}, if_match=seen)) == (
        403,
        "drafter_required",
    )
