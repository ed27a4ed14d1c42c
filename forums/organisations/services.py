"""Every write to organisations; an operator's."""

from collections.abc import Iterable, Mapping

from forums.countries.models import Country
from forums.countries.services import require_english
from platform_api.core.access import require_operator
from platform_api.core.actor import Actor
from platform_api.core.service import check_revision, locked_row, service
from platform_api.ledger.services import record

from .models import Organisation, OrganisationAlias, OrganisationIdentifier


@service
def organisation_create(
    *,
    actor: Actor,
    key: str,
    kind: str,
    names: Mapping[str, str],
    acronym: str = "",
    country: Country | None = None,
    identifiers: Iterable[tuple[str, str]] = (),
    aliases: Iterable[str] = (),
) -> Organisation:
    """Add an organisation with its identifiers, each a scheme and a value, and other names."""
    require_operator(actor)
    organisation = Organisation(
        key=key, kind=kind, names=dict(names), acronym=acronym, country=country
    )
    organisation.save(force_insert=True)
    for scheme, value in identifiers:
        OrganisationIdentifier(organisation=organisation, scheme=scheme, value=value).save(
            force_insert=True
        )
    for name in aliases:
        OrganisationAlias(organisation=organisation, name=name).save(force_insert=True)
    record(
        kind="organisation.created",
        actor=actor,
        object_type="organisation",
        object_id=organisation.pk,
        details={"key": key, "kind": kind},
    )
    return organisation


@service
def organisation_revise(
    *,
    actor: Actor,
    organisation: Organisation,
    if_match: str,
    names: Mapping[str, str],
    acronym: str,
) -> Organisation:
    """Replace an organisation's names and acronym. Raises PreconditionFailed, Invalid."""
    require_operator(actor)
    locked = locked_row(Organisation.objects.all(), organisation.pk)
    check_revision(locked.etag_revision, if_match)
    require_english(names)
    before = {"names": locked.names, "acronym": locked.acronym}
    after = {"names": dict(names), "acronym": acronym}
    if before == after:
        return locked
    locked.names, locked.acronym = dict(names), acronym
    locked.revision += 1
    locked.save(update_fields=["names", "acronym", "revision"])
    record(
        kind="organisation.revised",
        actor=actor,
        object_type="organisation",
        object_id=locked.pk,
        details={"before": before, "after": after},
    )
    return locked
