"""Where a practice comes from: sources, the graph, and cycles that are refused."""

import threading

import pytest
from django.db import connection

from platform_api.core.errors import Conflict
from policies.practices.lineage import ExternalSource
from policies.practices.models import Adaptation, Practice
from tests.api import assert_hidden_as_absent, codes, refused
from tests.factories import ForumFactory, PracticeFactory, adapt, seat, share

SWEDISH = {"organisation": "Swedish Armed Forces", "title": "Gender Coach Programme"}


def path(practice, tail):
    return f"practices/{practice.pk}{tail}"


def titles(client, practice):
    """The titles of the nodes and, as pairs of them, the edges of a practice's lineage."""
    answer = client.get(path(practice, "/lineage"))
    assert answer.status_code == 200, answer.content
    names = {
        node["id"]: node["title"] + ("*" if node["kind"] == "external" else "")
        for node in answer.json()["nodes"]
    }
    edges = {(names[e["source"]], names[e["target"]]) for e in answer.json()["edges"]}
    return set(names.values()), edges


def chain(region, *names):
    """Practices of Serbia, Montenegro, Serbia …, published to the forum, each after the last."""
    seats = [region.serbia, region.montenegro]
    made = []
    for index, name in enumerate(names):
        practice = PracticeFactory(delegation=seats[index % 2], published="forum", title=name)
        if made:
            adapt(practice, made[-1])
        made.append(practice)
    return made


def test_a_source_elsewhere_is_named_and_unverified(region, head, macedonian):
    practice = PracticeFactory(delegation=region.montenegro, published="forum")

    answer = head.post(
        path(practice, "/adaptations"),
        {
            "external_source": SWEDISH | {"url": "https://www.forsvarsmakten.se/"},
            "kept": "Pairs.",
            "changed": "Shorter.",
        },
    )

    assert answer.status_code == 201, answer.content
    row = Adaptation.objects.get()
    assert answer.json() == {
        "id": str(row.pk),
        "practice": str(practice.pk),
        "source_version": None,
        "source_practice": None,
        "external_source": {
            **SWEDISH,
            "citation": "",
            "url": "https://www.forsvarsmakten.se/",
            "verified": False,
        },
        "by_way_of": None,
        "kept": "Pairs.",
        "changed": "Shorter.",
        "dropped": "",
        "created_at": answer.json()["created_at"],
        "abilities": {},
    }
    assert macedonian.get(path(practice, "/adaptations")).json()["items"] == [
        {name: value for name, value in answer.json().items() if name != "abilities"}
    ]


def test_a_source_may_have_come_by_way_of_another(region, head, macedonian):
    practice = PracticeFactory(delegation=region.montenegro, published="forum", title="ME")
    way = head.post(
        path(practice, "/adaptations"),
        {"external_source": {"organisation": "Region", "title": "WB"}},
    ).json()["id"]
    answer = head.post(
        path(practice, "/adaptations"), {"external_source": SWEDISH, "by_way_of": way}
    )

    assert answer.json()["by_way_of"] == way
    assert titles(macedonian, practice) == (
        {"ME", "WB*", "Gender Coach Programme*"},
        {("Gender Coach Programme*", "WB*"), ("WB*", "ME")},
    )


def test_the_lineage_goes_back_to_the_first_and_on_to_the_last(region, macedonian):
    first, second, third = chain(region, "first", "second", "third")
    PracticeFactory(delegation=region.serbia, published="forum", title="unrelated")

    answer = macedonian.get(path(second, "/lineage")).json()

    assert titles(macedonian, second) == (
        {"first", "second", "third"},
        {("first", "second"), ("second", "third")},
    )
    assert answer["edges"][0] == {
        "source": str(first.pk),
        "source_version": 1,
        "target": str(second.pk),
        "kept": "",
        "changed": "",
        "dropped": "",
    }
    node = next(node for node in answer["nodes"] if node["id"] == str(third.pk))
    assert node == {
        "id": str(third.pk),
        "kind": "practice",
        "title": "third",
        "country": "RS",
        "organisation": None,
        "citation": "",
        "url": "",
        "verified": None,
    }


def test_a_hidden_source_is_nothing_at_all(region, macedonian, head):
    hidden = PracticeFactory(delegation=region.serbia, published="owner", title="hidden")
    share(hidden, region.montenegro.country)
    plain, made = (
        PracticeFactory(delegation=region.montenegro, published="forum", title="made")
        for _ in range(2)
    )
    adapt(made, hidden)

    assert titles(head, made) == ({"made", "hidden"}, {("hidden", "made")})
    for tail in ("/lineage", "/adaptations"):
        told = [
            macedonian.get(path(each, tail)).content.replace(str(each.pk).encode(), b"*")
            for each in (made, plain)
        ]
        assert told[0] == told[1]


def test_an_adapter_that_is_hidden_is_nothing_to_the_source(region, macedonian):
    source = PracticeFactory(delegation=region.montenegro, published="forum", title="source")
    adapt(PracticeFactory(delegation=region.serbia, published="owner"), source)

    assert titles(macedonian, source) == ({"source"}, set())


def test_a_cycle_is_refused_also_one_that_is_not_wholly_seen(region, head):
    first, _, third = chain(region, "first", "second", "third")
    mine = PracticeFactory(delegation=region.montenegro, published="forum")
    version = str(third.published_version_id)

    back = head.post(path(mine, "/adaptations"), {"source_version": str(mine.published_version_id)})

    assert refused(back) == (409, "cycle")
    with pytest.raises(Conflict, match="after this practice"):
        adapt(first, third)
    assert head.post(path(mine, "/adaptations"), {"source_version": version}).status_code == 201
    with pytest.raises(Conflict, match="after this practice"):
        adapt(first, mine)
    assert Adaptation.objects.filter(practice=first).count() == 0


def test_a_cycle_through_a_practice_of_others_is_refused(region):
    first = PracticeFactory(delegation=region.montenegro, published="forum")
    between = PracticeFactory(delegation=region.serbia, published="owner")
    adapt(between, first)
    last = PracticeFactory(delegation=region.serbia, published="forum")
    adapt(last, between)

    with pytest.raises(Conflict, match="after this practice"):
        adapt(first, last)


def test_one_source_is_named_once(region, head):
    source = PracticeFactory(delegation=region.serbia, published="forum")
    mine = PracticeFactory(delegation=region.montenegro, published="forum")
    body = {"source_version": str(source.published_version_id)}

    assert head.post(path(mine, "/adaptations"), body).status_code == 201
    assert refused(head.post(path(mine, "/adaptations"), body)) == (409, "already_adapted")


def test_what_is_read_at_once_is_the_heads_to_add(region, drafter, reader, macedonian):
    draft = PracticeFactory(delegation=region.montenegro)
    published = PracticeFactory(delegation=region.montenegro, published="forum")
    body = {"external_source": SWEDISH}

    assert drafter.post(path(draft, "/adaptations"), body).status_code == 201
    assert refused(drafter.post(path(published, "/adaptations"), body)) == (403, "head_required")
    assert refused(reader.post(path(draft, "/adaptations"), body)) == (403, "drafter_required")
    assert refused(macedonian.post(path(published, "/adaptations"), body)) == (403, "not_owner")


def test_one_source_is_named_by_what_the_caller_sees(region, head, croatian):
    mine = PracticeFactory(delegation=region.montenegro, published="forum")
    other = PracticeFactory(delegation=region.montenegro, published="forum")
    hidden = PracticeFactory(delegation=region.serbia, published="owner")
    elsewhere = adapt(other, ExternalSource("Region", "WB"))
    at = path(mine, "/adaptations")
    both = {"external_source": SWEDISH, "source_version": str(other.published_version_id)}

    assert codes(head.post(at, {})) == [("", "one_source")]
    assert codes(head.post(at, both)) == [("", "one_source")]
    unseen = {"source_version": str(hidden.published_version_id)}
    absent = {"source_version": "01900000-0000-7000-8000-00000000dead"}
    assert (
        codes(head.post(at, unseen))
        == codes(head.post(at, absent))
        == [("/source_version", "unknown")]
    )
    foreign = {"external_source": SWEDISH, "by_way_of": str(elsewhere.pk)}
    assert codes(head.post(at, foreign)) == [("/by_way_of", "unknown")]
    bad = {"external_source": SWEDISH | {"url": "javascript:alert(1)"}}
    assert codes(head.post(at, bad)) == [("/external_source/url", "invalid")]
    assert_hidden_as_absent(
        croatian, at, "practices/01900000-0000-7000-8000-00000000dead/adaptations"
    )


@pytest.mark.concurrency
def test_two_that_name_each_other_at_a_time_make_no_cycle(cloned_db):
    forum = ForumFactory()
    serbia, montenegro = seat(forum, "RS"), seat(forum, "ME")
    one = PracticeFactory(delegation=serbia, published="forum")
    two = PracticeFactory(delegation=montenegro, published="forum")
    # Heads are there before the threads begin.
    assert Practice.objects.count() == 2
    start = threading.Barrier(2)
    outcomes = []

    def name(target, source):
        try:
            start.wait(30)
            adapt(target, source)
            outcomes.append("added")
        except Conflict as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=name, args=pair) for pair in ((one, two), (two, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert sorted(outcomes) == ["added", "cycle"]
    assert Adaptation.objects.count() == 1
