"""What answers tell of marks: parties by their names, holders as what they are."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from forums.countries.models import Country
from forums.organisations.models import Organisation
from platform_api.core.actor import Actor
from platform_api.core.errors import FieldError, Invalid
from platform_api.core.http.references import referred
from platform_api.core.registry import registry

from .kinds import markable_of
from .models import Marked


def object_named(actor: Actor, given: Mapping[str, Any]) -> Any:
    """The visible object that a type and an id name; of a type that carries marks.

    Raises Invalid. One that is hidden is as unknown as one that there is not.
    """
    try:
        model = registry.protection_named(given["type"]).model
    except LookupError:
        model = None
    if model is None or markable_of(model) is None:
        raise Invalid([FieldError("/object/type", "unknown", "No such type carries marks.")])
    return referred(actor, "/object/id", model, pk=given["id"])


def parties_named(
    countries: Iterable[str], organisations: Iterable[str]
) -> list[Country | Organisation]:
    """The countries and organisations of codes and keys. Raises Invalid at each unknown one."""
    found: list[Country | Organisation] = []
    errors: list[FieldError] = []
    lists: tuple[tuple[str, Any, str, list[str]], ...] = (
        ("countries", Country, "code", list(countries)),
        ("organisations", Organisation, "key", list(organisations)),
    )
    for name, model, field, wanted in lists:
        rows = {
            getattr(row, field): row for row in model.objects.filter(**{f"{field}__in": wanted})
        }
        for index, key in enumerate(wanted):
            if key in rows:
                found.append(rows[key])
            else:
                pointer = f"/releasable_to/{name}/{index}"
                errors.append(FieldError(pointer, "unknown", "There is no such party."))
    if errors:
        raise Invalid(errors)
    return found


def told_marks(obj: Marked) -> dict[str, Any]:
    """An object's own marks, with parties by code and key."""
    named = obj.releasable_to
    return {
        "object": {"type": registry.protection_of(type(obj)).type_name, "id": obj.pk},
        "tlp": obj.tlp,
        "releasable_to": None
        if named is None
        else {
            "countries": sorted(
                Country.objects.filter(pk__in=named).values_list("code", flat=True)
            ),
            "organisations": sorted(
                Organisation.objects.filter(pk__in=named).values_list("key", flat=True)
            ),
        },
        "restricted": obj.restricted,
    }


def told_holders(ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    """Holders of access by id: a country, an organisation, or else a delegation."""
    wanted = list(ids)
    countries = dict(Country.objects.filter(pk__in=wanted).values_list("pk", "code"))
    organisations = dict(Organisation.objects.filter(pk__in=wanted).values_list("pk", "key"))
    return {
        id_: {
            "country": countries.get(id_),
            "organisation": organisations.get(id_),
            "delegation": None if id_ in countries or id_ in organisations else id_,
        }
        for id_ in wanted
    }
