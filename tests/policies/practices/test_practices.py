"""Writing, publishing and withdrawing practices, and who reads them meanwhile."""

import pytest

from policies.practices.models import MANDATORY, CostBand, Practice
from tests.api import api, assert_hidden_as_absent, codes, queries_of, refused, rfc3339
from tests.factories import PracticeFactory, delegate, publish, share
from tests.factories.policies import CONTENT

ABSENT = "practices/01900000-0000-7000-8000-00000000dead"
FULL = {
    **CONTENT,
    "context": "A small army.",
    "stakeholders": "",
    "period_end": "2020-06",
    "cost_band": "under_50000",
    "success_factors": "",
    "limiting_factors": "",
    "transfer_conditions": "",
    "sustainability": "",
}


def ids(answer):
    assert answer.status_code == 200, answer.content
    return [item["id"] for item in answer.json()["items"]]


def path(practice, tail=""):
    return f"practices/{practice.pk}{tail}"


def test_a_practice_begins_as_a_draft_that_its_seat_alone_sees(region, drafter, reader, macedonian):
    answer = drafter.post("practices", {"delegation": str(region.montenegro.pk), **FULL})

    assert answer.status_code == 201, answer.content
    practice = Practice.objects.get()
    assert answer.json() == {
        "id": str(practice.pk),
        "owner_delegation": {
            "id": str(region.montenegro.pk),
            "country": "ME",
            "organisation": None,
        },
        "audience": "owner",
        "forum": None,
        "state": "draft",
        "country": "ME",
        "title": FULL["title"],
        "summary": FULL["summary"],
        "evidence_level": 2,
        "languages": ["en"],
        "version": None,
        "created_at": rfc3339(practice.created_at),
        "published_version": None,
        "abilities": {
            "withdraw": False,
            "list_shares": True,
            "share": False,
            "add_source": True,
            "manage_access": False,
        },
    }
    draft = reader.get(path(practice, "/draft"))
    assert draft.json() == {
        "practice": str(practice.pk),
        **FULL,
        "updated_at": rfc3339(practice.draft.updated_at),
        "missing": [],
        "abilities": {"revise": False, "publish": False},
    }
    assert draft.headers["ETag"].startswith('"d1.')
    for tail in ("", "/draft", "/versions", "/shares", "/adaptations", "/lineage"):
        assert_hidden_as_absent(macedonian, path(practice, tail), ABSENT + tail)
    assert ids(macedonian.get("practices")) == []


def test_a_published_version_is_read_and_later_edits_are_not(region, drafter, head, macedonian):
    practice = PracticeFactory(delegation=region.montenegro, published="forum")
    before = macedonian.get(path(practice))
    draft = drafter.get(path(practice, "/draft"))

    edited = drafter.patch(path(practice, "/draft"), {"title": "Coaching"}, if_match=draft)

    assert edited.status_code == 200
    assert macedonian.get(path(practice)).content == before.content
    assert macedonian.get(path(practice)).headers["ETag"] == before.headers["ETag"]
    assert_hidden_as_absent(macedonian, path(practice, "/draft"), ABSENT + "/draft")
    published = head.post(path(practice, "/publish"), {"audience": "forum"}, if_match=edited)
    assert (published.json()["version"], published.json()["title"]) == (2, "Coaching")
    assert macedonian.get(path(practice)).json()["title"] == "Coaching"
    versions = macedonian.get(path(practice, "/versions")).json()["items"]
    assert [(each["number"], each["title"]) for each in versions] == [
        (2, "Coaching"),
        (1, "Gender Coach Programme"),
    ]
    old = macedonian.get(f"practice-versions/{versions[1]['id']}").json()
    assert old["title"] == "Gender Coach Programme"
    assert before.json()["published_version"] == {
        name: value for name, value in old.items() if name != "abilities"
    }


def test_publishing_needs_the_draft_that_was_read(region, drafter, head):
    practice = PracticeFactory(delegation=region.montenegro)
    read = head.get(path(practice, "/draft"))
    drafter.patch(path(practice, "/draft"), {"title": "Other"}, if_match=read)
    to = {"audience": "owner"}

    assert refused(head.post(path(practice, "/publish"), to)) == (428, "precondition_required")
    stale = head.post(path(practice, "/publish"), to, if_match=read)
    assert refused(stale) == (412, "precondition_failed")
    assert stale.headers["ETag"] == '"d2"'
    of_the_practice = head.get(path(practice))
    assert head.post(path(practice, "/publish"), to, if_match=of_the_practice).status_code == 412
    assert head.post(path(practice, "/publish"), to, if_match="d2").status_code == 200


def test_the_head_approves_what_leaves_the_house(region, drafter, head, macedonian):
    practice = PracticeFactory(delegation=region.montenegro)
    to = {"audience": "public"}

    assert refused(drafter.post(path(practice, "/publish"), to, if_match="d1")) == (
        403,
        "head_required",
    )
    assert head.post(path(practice, "/publish"), to, if_match="d1").status_code == 200
    # The draft is hidden from those who read what is published of it.
    assert refused(macedonian.post(path(practice, "/publish"), to, if_match="d1")) == (
        404,
        "not_found",
    )


@pytest.mark.parametrize("name", MANDATORY)
def test_each_mandatory_member_is_needed_to_publish(region, head, drafter, name):
    empty = {"languages": [], "evidence_level": None}.get(name, "")
    practice = PracticeFactory(delegation=region.montenegro)
    revised = drafter.patch(path(practice, "/draft"), {name: empty}, if_match="d1")

    answer = head.post(path(practice, "/publish"), {"audience": "owner"}, if_match="d2")

    assert revised.json()["missing"] == [name]
    assert refused(answer) == (409, "incomplete")
    assert answer.json()["missing"] == [name]


def test_an_evidence_level_of_nought_is_stated(region, head, drafter):
    practice = PracticeFactory(delegation=region.montenegro, evidence_level=0)

    assert drafter.get(path(practice, "/draft")).json()["missing"] == []
    assert (
        head.post(path(practice, "/publish"), {"audience": "owner"}, if_match="d1").json()[
            "evidence_level"
        ]
        == 0
    )


def test_publishing_the_same_text_to_others_makes_no_version(region, head, nobody, macedonian):
    practice = PracticeFactory(delegation=region.montenegro, published="owner")
    assert macedonian.get(path(practice)).status_code == 404

    wider = head.post(path(practice, "/publish"), {"audience": "public"}, if_match="d1")
    same = head.post(path(practice, "/publish"), {"audience": "public"}, if_match="d1")

    assert (wider.json()["version"], wider.json()["audience"]) == (1, "public")
    assert wider.headers["ETag"] == same.headers["ETag"]
    assert nobody.get(path(practice)).status_code == 200


def test_each_audience_has_its_readers(region, reader, macedonian, croatian, nobody):
    kept = {
        audience: PracticeFactory(delegation=region.montenegro, published=audience)
        for audience in ("owner", "forum", "public")
    }
    kept["draft"] = PracticeFactory(delegation=region.montenegro)
    kept["foreign"] = PracticeFactory(delegation=region.croatia, published="forum")

    def seen(client):
        found = set(ids(client.get("practices")))
        names = {n for n, each in kept.items() if client.get(path(each)).status_code == 200}
        assert {str(kept[name].pk) for name in names} == found
        return names

    assert seen(reader) == {"owner", "forum", "public", "draft"}
    assert seen(macedonian) == {"forum", "public"}
    assert seen(croatian) == {"public", "foreign"}
    assert seen(nobody) == {"public"}


def test_a_withdrawn_practice_is_its_owners_alone_and_its_shares_have_ended(
    region, head, reader, macedonian, croatian
):
    practice = PracticeFactory(delegation=region.montenegro, published="forum")
    share(practice, region.croatia.country)
    assert croatian.get(path(practice)).status_code == 200
    read = head.get(path(practice))

    answer = head.post(path(practice, "/withdraw"), {"reason": "It did harm."}, if_match=read)

    assert (answer.json()["state"], answer.json()["audience"]) == ("withdrawn", "owner")
    for client in (macedonian, croatian):
        assert_hidden_as_absent(client, path(practice), ABSENT)
    assert reader.get(path(practice)).json()["title"] == CONTENT["title"]
    assert head.get(path(practice, "/shares")).json()["items"] == []
    again = head.post(path(practice, "/withdraw"), {"reason": "Again."}, if_match=answer)
    assert refused(again) == (409, "wrong_state")
    publish(practice, "forum")
    assert macedonian.get(path(practice)).status_code == 200
    assert_hidden_as_absent(croatian, path(practice), ABSENT)


def test_bytes_do_not_tell_of_hidden_practices(region, macedonian):
    PracticeFactory(delegation=region.montenegro, published="forum")
    asked = [{}, {"state": "published"}, {"country": "ME"}, {"evidence_level": "2"},
             {"count": "true"}, {"abilities": "reasons"}]  # fmt: skip
    before = [macedonian.get("practices", query) for query in asked]

    PracticeFactory(delegation=region.montenegro)
    PracticeFactory(delegation=region.montenegro, published="owner")
    PracticeFactory(delegation=region.croatia, published="forum")

    after = [macedonian.get("practices", query) for query in asked]
    assert [answer.content for answer in before] == [answer.content for answer in after]
    assert [answer.headers["ETag"] for answer in before] == [
        answer.headers["ETag"] for answer in after
    ]


def test_the_list_is_filtered_among_what_is_seen(region, reader):
    me = region.montenegro
    draft = PracticeFactory(delegation=me)
    two = PracticeFactory(delegation=me, published="owner")
    four = PracticeFactory(
        delegation=me, published="forum", evidence_level=4, country=region.serbia.country
    )
    PracticeFactory(delegation=region.serbia, evidence_level=4)

    def found(**query):
        return ids(reader.get("practices", query))

    assert found() == [str(four.pk), str(two.pk), str(draft.pk)]
    assert found(state="published") == [str(four.pk), str(two.pk)]
    assert found(state="draft") == [str(draft.pk)]
    assert found(evidence_level="4") == [str(four.pk)]
    assert found(country="RS") == [str(four.pk)]
    assert found(country="ME", evidence_level="2") == [str(two.pk)]


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ({"evidence_level": "5"}, ("?evidence_level", "max_value")),
        ({"state": "reviewed"}, ("?state", "invalid_choice")),
        ({"theme": "x"}, ("?theme", "unknown_parameter")),
    ],
)
def test_what_is_no_filter_is_refused(reader, query, error):
    assert codes(reader.get("practices", query)) == [error]


def test_ten_practices_cost_as_many_queries_as_two(region, reader):
    def make(number):
        for _ in range(number):
            PracticeFactory(delegation=region.montenegro, published="forum")
            PracticeFactory(delegation=region.montenegro)

    make(1)
    reader.get("practices")
    costs = [queries_of(lambda: reader.get("practices"))]
    make(4)
    costs.append(queries_of(lambda: reader.get("practices")))

    assert len(ids(reader.get("practices"))) == 10
    assert costs[0] == costs[1]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"title": None}, ("/title", "null")),
        ({"evidence_level": 5}, ("/evidence_level", "max_value")),
        ({"evidence_level": "2"}, ("/evidence_level", "invalid_type")),
        ({"cost_band": "cheap"}, ("/cost_band", "invalid_choice")),
        ({"period_begin": "spring 2018"}, ("/period_begin", "invalid_date")),
        ({"period_begin": "2020", "period_end": "2019-12"}, ("/period_end", "before_begin")),
        ({"languages": ["english"]}, ("/languages/0", "invalid_tag")),
        ({"country": "QQ"}, ("/country", "unknown")),
        ({"state": "published"}, ("/state", "unknown_field")),
    ],
)
def test_what_cannot_be_is_refused_at_its_member(region, drafter, changes, error):
    body = {"delegation": str(region.montenegro.pk), **FULL, **changes}

    assert codes(drafter.post("practices", body)) == [error]
    assert Practice.objects.count() == 0


def test_a_period_may_end_in_the_year_it_begins(region, drafter):
    body = {"delegation": str(region.montenegro.pk), **FULL}

    answer = drafter.post("practices", body | {"period_begin": "2020-05", "period_end": "2020"})

    assert answer.status_code == 201


@pytest.mark.parametrize("band", [*CostBand.values, None])
def test_what_it_cost_is_told_by_a_band_or_not_known(region, drafter, band):
    practice = PracticeFactory(delegation=region.montenegro)

    answer = drafter.patch(path(practice, "/draft"), {"cost_band": band}, if_match="d1")

    assert answer.json()["cost_band"] == band


def test_only_drafters_of_a_seat_write_for_it(region, reader, macedonian):
    practice = PracticeFactory(delegation=region.montenegro)
    body = {"delegation": str(region.montenegro.pk), **FULL}

    assert refused(reader.post("practices", body)) == (403, "drafter_required")
    assert refused(macedonian.post("practices", body)) == (403, "drafter_required")
    assert refused(reader.patch(path(practice, "/draft"), {"title": "x"}, if_match="d1")) == (
        403,
        "drafter_required",
    )


def test_the_owner_reads_what_it_gave_to_another_forum(region):
    person = delegate(region.montenegro, "head").user
    delegate(region.montenegro_elsewhere, "reader", user=person)
    practice = PracticeFactory(delegation=region.montenegro, published="forum", forum=region.other)
    colleague = api(delegate(region.montenegro, "reader"))

    assert ids(colleague.get("practices")) == [str(practice.pk)]
