"""The instruments and practices of the world: Serbia's, each with what is granted on it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Model

from forums.membership.models import Delegation
from platform_api.core.transaction import acting
from policies.practices.lineage import ExternalSource
from policies.practices.models import PracticeDraft, PracticeVersion
from policies.practices.services import practice_withdraw
from tests.factories import (
    InstrumentFactory,
    PracticeFactory,
    actor_at,
    adapt,
    status_event,
)


def objects(
    seats: Mapping[str, Delegation],
    grant_to_all: Callable[[Any, Mapping[str, Delegation]], None],
) -> dict[str, Model]:
    """Them by ``type: state``. grant_to_all: gives the world's grants on an object."""
    serbia, montenegro = seats["Serbia"], seats["Montenegro"]
    instruments = {
        "at home": InstrumentFactory(delegation=serbia),
        "of the forum": InstrumentFactory(delegation=serbia, audience="forum"),
        "public": InstrumentFactory(delegation=serbia, audience="public"),
        "decoy": InstrumentFactory(delegation=montenegro, audience="forum"),
    }
    practices = {
        "draft": PracticeFactory(delegation=serbia),
        "published": PracticeFactory(delegation=serbia, published="owner"),
        "of the forum": PracticeFactory(delegation=serbia, published="forum"),
        "withdrawn": PracticeFactory(delegation=serbia, published="forum"),
        "decoy": PracticeFactory(delegation=montenegro, published="forum"),
    }
    hidden = PracticeFactory(delegation=serbia, published="owner")
    published = practices["published"]
    head = actor_at(serbia, "head")
    withdrawn = practices["withdrawn"]
    with acting(head):
        practice_withdraw(
            actor=head,
            practice=withdrawn,
            if_match=withdrawn.etag_revision,
            reason="It is of no use any more.",
        )
    for obj in (instruments["at home"], published):
        grant_to_all(obj, seats)
    return {
        **{f"instrument: {state}": obj for state, obj in instruments.items()},
        "legal_status_event: ": status_event(instruments["at home"], "adopted", "2021"),
        **{f"practice: {state}": obj for state, obj in practices.items()},
        "practice_draft: ": PracticeDraft.objects.get(practice=published),
        "practice_version: ": PracticeVersion.objects.get(practice=published),
        "adaptation: of a source elsewhere": adapt(published, ExternalSource("Army", "Coaches")),
        "adaptation: of a hidden practice": adapt(published, hidden),
    }


def bodies(serbia: Delegation) -> Mapping[str, Callable[[], dict[str, Any]]]:
    """Bodies that are right in every respect, by route and method."""
    seat = str(serbia.pk)
    return {
        "instruments POST": lambda: {
            "delegation": seat,
            "kind": "law",
            "country": "RS",
            "titles": {"en": {"title": "A law"}},
        },
        "instrument PATCH": lambda: {"identifier": "99/2024"},
        "instrument-status-events POST": lambda: {"kind": "repealed", "effective_from": "2024"},
        "practices POST": lambda: {"delegation": seat, "title": "A practice"},
        "practice-draft PATCH": lambda: {"title": "Another title"},
        "practice-publish POST": lambda: {"audience": "owner"},
        "practice-withdraw POST": lambda: {"reason": "It is of no use."},
        "practice-shares POST": lambda: {"country": "GR"},
        "practice-share-end POST": lambda: {"country": "GR"},
        "practice-adaptations POST": lambda: {
            "external_source": {"organisation": "An army", "title": "A programme"}
        },
    }
