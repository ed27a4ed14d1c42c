"""What holds on a day, from events by their two times."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platform_api.core.partial_dates import PartialDate
from policies.instruments.status import LegalStatus, StatusEvent, standings

START = datetime(2025, 1, 1, tzinfo=UTC)


def event(key, kind, effective_from, *, day=0, country=None, supersedes=None):
    """An event that was recorded so many days after the start."""
    return StatusEvent(
        key=key,
        kind=LegalStatus(kind),
        effective_from=PartialDate.parse(effective_from),
        recorded_at=START + timedelta(days=day),
        country=country,
        supersedes=supersedes,
    )


def state(events, on, recorded_by=None):
    """Kind of the deciding event and whether it is certain, of the instrument itself."""
    whole = standings(events, date.fromisoformat(on), recorded_by)[0]
    return (whole.deciding and str(whole.deciding.kind), whole.certain)


SERBIA = [
    event(1, "adopted", "2021-05-24"),
    event(2, "execution_suspended", "2024-06-27"),
]
MACEDONIA = [
    event(1, "annulled", "2020-05-14"),
    event(2, "readopted", "2020-10-27"),
    event(3, "in_force", "2020-10-30"),
]


@pytest.mark.parametrize(
    ("events", "on", "expected"),
    [
        (SERBIA, "2021-05-23", None),
        (SERBIA, "2021-05-24", "adopted"),
        (SERBIA, "2024-06-26", "adopted"),
        (SERBIA, "2024-06-27", "execution_suspended"),
        (MACEDONIA, "2020-05-13", None),
        (MACEDONIA, "2020-05-14", "annulled"),
        (MACEDONIA, "2020-10-29", "readopted"),
        (MACEDONIA, "2020-10-30", "in_force"),
    ],
)
def test_the_last_event_by_the_day_holds(events, on, expected):
    assert state(events, on) == (expected, True)


def test_a_year_alone_is_sure_only_when_it_is_over():
    events = [event(1, "adopted", "2009"), event(2, "repealed", "2015")]

    assert state(events, "2009-06-01") == (None, False)
    assert state(events, "2009-12-31") == ("adopted", True)
    assert state(events, "2015-06-01") == ("adopted", False)
    assert state(events, "2015-12-31") == ("repealed", True)


def test_events_that_may_have_come_are_told():
    (whole,) = standings([event(1, "adopted", "2009")], date(2009, 6, 1))

    assert [each.key for each in whole.possible] == [1]
    assert whole.deciding is None


def test_a_vague_adoption_does_not_put_an_entry_into_force_in_doubt():
    events = [event(1, "adopted", "2021"), event(2, "in_force", "2021-06-01")]

    assert state(events, "2021-07-01") == ("in_force", True)
    assert state(events, "2022-01-01") == ("in_force", True)


def test_two_ends_of_which_the_order_is_not_known_are_not_certain():
    events = [event(1, "annulled", "2020"), event(2, "readopted", "2020-10")]

    assert state(events, "2021-01-01")[1] is False


def test_a_correction_takes_the_place_of_what_it_corrects_from_its_own_record_on():
    wrong = event(1, "repealed", "2024-06-27", day=0)
    right = event(2, "execution_suspended", "2024-06-27", day=10, supersedes=1)
    events = [event(0, "adopted", "2021-05-24"), wrong, right]

    assert state(events, "2024-07-01") == ("execution_suspended", True)
    assert state(events, "2024-07-01", START + timedelta(days=9)) == ("repealed", True)
    assert state(events, "2024-07-01", START + timedelta(days=10)) == ("execution_suspended", True)
    assert state(events, "2024-07-01", START - timedelta(seconds=1)) == (None, True)


def test_a_party_that_leaves_a_convention_changes_nothing_for_the_others():
    events = [
        event(1, "in_force", "2014"),
        event(2, "ratified", "2012", country="TR"),
        event(3, "denounced", "2021-07-01", country="TR"),
        event(4, "ratified", "2013", country="RS"),
    ]

    told = {each.country: each.deciding.kind for each in standings(events, date(2021, 7, 1))}

    assert told == {None: "in_force", "RS": "ratified", "TR": "denounced"}
    assert [each.country for each in standings(events, date(2021, 7, 1))] == [None, "RS", "TR"]


EVENTS = st.lists(
    st.builds(
        lambda kind, day, precision, recorded, country: (kind, day, precision, recorded, country),
        st.sampled_from(list(LegalStatus)),
        st.dates(date(2018, 1, 1), date(2024, 12, 31)),
        st.integers(1, 3),
        st.integers(0, 20),
        st.sampled_from([None, None, "RS"]),
    ),
    max_size=8,
).map(
    lambda rows: [
        event(
            key,
            kind,
            str(PartialDate(*(day.year, day.month, day.day)[:precision])),
            day=recorded,
            country=country,
        )
        for key, (kind, day, precision, recorded, country) in enumerate(rows)
    ]
)
DAYS = st.dates(date(2017, 1, 1), date(2026, 1, 1))


def _corrected(events, data):
    """The events with some that correct earlier recorded ones, each at most once."""
    free = [each.key for each in events]
    out = []
    for each in events:
        older = [key for key in free if events[key].recorded_at < each.recorded_at]
        target = data.draw(st.sampled_from([None, *older]))
        if target is not None:
            free.remove(target)
        out.append(replace(each, supersedes=target))
    return out


@pytest.mark.properties
@given(EVENTS, DAYS, st.integers(0, 20), st.data())
def test_what_was_known_is_answered_the_same_whatever_is_recorded_later(events, on, by, data):
    events = _corrected(events, data)
    moment = START + timedelta(days=by)
    early = [each for each in events if each.recorded_at <= moment]

    assert standings(events, on, moment) == standings(early, on)


@pytest.mark.properties
@given(EVENTS, DAYS, st.data())
def test_the_order_of_the_events_is_of_no_account(events, on, data):
    events = _corrected(events, data)
    shuffled = data.draw(st.permutations(events))

    assert standings(shuffled, on) == standings(events, on)


@pytest.mark.properties
@given(EVENTS, DAYS)
def test_what_holds_has_come_and_nothing_surely_came_after_it(events, on):
    for standing in standings(events, on):
        own = [each for each in events if each.country == standing.country]
        came = [each for each in own if each.effective_from.surely_by(on)]
        if standing.deciding is None:
            assert came == []
            continue
        assert standing.deciding in came
        assert not any(
            standing.deciding.effective_from.surely_before(each.effective_from) for each in came
        )
        assert all(
            each.effective_from.possibly_by(on) and each not in came for each in standing.possible
        )


@pytest.mark.properties
@given(EVENTS.map(lambda events: [each for each in events if each.stage == 3]), DAYS)
def test_whichever_days_vague_dates_were_a_certain_answer_stands(events, on):
    """Each event is put at the first, then at the last day of its span.

    Of events after ratification: that adoption and the like precede them is taken for granted.
    """
    answered = {each.country: each for each in standings(events, on)}
    for pick in ("earliest", "latest"):
        exact = [
            replace(each, effective_from=_day(getattr(each.effective_from, pick)))
            for each in events
        ]
        for found in standings(exact, on):
            answer = answered[found.country]
            if answer.certain and found.certain:
                assert _kind(found) == _kind(answer)


def _day(day):
    return PartialDate(day.year, day.month, day.day)


def _kind(standing):
    return standing.deciding and standing.deciding.kind


@pytest.mark.properties
@given(EVENTS.map(lambda events: [replace(e, effective_from=_day(e.effective_from.earliest))
                                  for e in events]), DAYS)  # fmt: skip
def test_exact_days_leave_nothing_possible(events, on):
    assert all(each.possible == () for each in standings(events, on))
