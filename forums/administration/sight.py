"""What does this person see: by type how much, which objects, and by which ways."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase

from forums.granting.rules import KEPT, managed_seats
from forums.granting.seats import HolderName, holder_names
from forums.membership.models import Delegate
from platform_api.core.access_explained import Explanation, explain
from platform_api.core.access_paths import Reached
from platform_api.core.actor import Actor
from platform_api.core.registry import registry
from platform_api.core.transaction import acting
from platform_api.identity.actors import LIVE, actor_of
from platform_api.identity.admin.pages import Page, page_answer
from platform_api.identity.models import Scope, User, UserKind

LISTED = 25
"""Objects of the chosen type on a page."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An object that the person sees. title: only of what the asking seat owns."""

    id: UUID
    title: str
    ways: tuple[str, ...]
    abilities: tuple[str, ...]


class SightForm(forms.Form):
    """Which person, and of which type to list the objects."""

    person = forms.ModelChoiceField(queryset=User.objects.none())
    type = forms.ChoiceField(required=False)
    after = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, people: "QuerySet[User]", *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]  # a ModelChoiceField
        choices = [("", "counts only"), *((name, name.replace("_", " ")) for name in sorted(KEPT))]
        self.fields["type"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


def people_asked_about(actor: Actor) -> "QuerySet[User]":
    """Everybody for an operator; for a manager whoever acts for one of its seats now."""
    people = User.objects.filter(is_active=True).exclude(kind=UserKind.SYSTEM).order_by("name")
    if actor.is_operator:
        return people
    delegates = Delegate.objects.visible_to(actor).filter(LIVE, delegation__in=managed_seats(actor))
    return people.filter(pk__in=delegates.values("user"))


def sight(request: HttpRequest) -> HttpResponseBase:
    """The page."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by the site
    form = SightForm(people_asked_about(actor), request.GET or None)
    context: dict[str, Any] = {"title": "What does this person see", "form": form}
    if form.is_valid():
        person, type_name = form.cleaned_data["person"], form.cleaned_data["type"]
        seats = set() if actor.is_operator else set(managed_seats(actor))
        viewer = actor_of(person)
        with acting(viewer):
            counts = {name: _rows(viewer, name).count() for name in sorted(KEPT)}
            seen = list(_seen(viewer, type_name, form.cleaned_data["after"], seats))
        context |= {
            "person": person,
            "counts": [(name, name.replace("_", " "), count) for name, count in counts.items()],
            "type": type_name,
            "seen": seen[:LISTED],
            "next": seen[LISTED - 1].id if len(seen) > LISTED else None,
        }
    return page_answer(request, "admin/sight.html", context)


def _rows(viewer: Actor, type_name: str) -> "QuerySet[Any]":
    protection = registry.protection_named(type_name)
    model: Any = protection.model
    if not viewer.is_authenticated:
        return model._default_manager.none()
    rows: QuerySet[Any] = model._default_manager.visible_to(viewer)
    return rows.select_related(*KEPT[type_name].related)


def _seen(viewer: Actor, type_name: str, after: UUID | None, seats: set[UUID]) -> Iterator[Seen]:
    if not type_name:
        return
    rows = _rows(viewer, type_name).order_by("-pk")
    if after is not None:
        rows = rows.filter(pk__lt=after)
    found = [(obj, explain(viewer, obj)) for obj in rows[: LISTED + 1]]
    reached = [each for _, explanation in found for each in explanation.sight]
    groups = holder_names({each.group for each in reached if each.group is not None})
    scopes = dict(
        Scope.objects.filter(pk__in={each.scope for each in reached}).values_list("pk", "kind")
    )
    for obj, explanation in found:
        own = KEPT[type_name].owner_of(obj) in seats
        yield Seen(
            obj.pk,
            KEPT[type_name].title(obj) if own else "",
            tuple(_in_words(explanation, groups, scopes)),
            tuple(each.ability for each in explanation.abilities if each.decision.allowed),
        )


def _in_words(
    explanation: Explanation, groups: dict[int, HolderName], scopes: dict[int, str]
) -> Iterator[str]:
    """Each way that leads to sight, as people say it."""
    told = set()
    for each in explanation.sight:
        told.add(each.way)
        words = _way(each, groups, scopes)
        for type_name, key in each.inherited_from:
            told.add("parent")
            words += f", through {type_name.replace('_', ' ')} {key}"
        yield words
    for way in explanation.ways:
        if way not in told:
            yield {"also": "by a rule of its type", "parent": "through what it belongs to"}.get(
                way, way
            )


def _way(each: Reached, groups: dict[int, HolderName], scopes: dict[int, str]) -> str:
    if each.group is None:
        kind = scopes.get(each.scope or 0, "")
        return f"reader scope: {kind.replace('_', ' ')}"
    holder = groups.get(each.group)
    party = (holder.country or holder.organisation or "") if holder else ""
    place = f" in {holder.forum}" if holder and holder.forum else ""
    until = f" until {each.until:%Y-%m-%d %H:%M} UTC" if each.until else ""
    return f"grant to {party}{place}: {each.level.name.lower()}{until}"


PAGES = (
    Page(
        route="sight/",
        name="sight",
        title="What does this person see",
        view=sight,
        open_to=lambda actor: actor.is_operator or bool(managed_seats(actor)),
        about="How much of each type, which objects, and by which scopes and grants.",
    ),
)
