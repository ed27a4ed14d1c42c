"""Every write to countries and content languages; an operator's."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from platform_api.core.access import require_operator
from platform_api.core.actor import Actor
from platform_api.core.errors import FieldError, Invalid
from platform_api.core.service import check_revision, locked_row, service
from platform_api.ledger.services import record

from .models import ContentLanguage, Country, CountryAlias


@service
def country_create(
    *, actor: Actor, code: str, alpha3: str, names: Mapping[str, str], user_assigned: bool = False
) -> Country:
    """Add a country by its ISO 3166-1 codes, or by user-assigned ones."""
    require_operator(actor)
    country = Country(code=code, alpha3=alpha3, names=dict(names), user_assigned=user_assigned)
    country.save(force_insert=True)
    _record("country.created", actor, "country", country.pk, {"code": code})
    return country


@service
def country_revise(
    *, actor: Actor, country: Country, if_match: str, names: Mapping[str, str]
) -> Country:
    """Replace a country's short names; an English one is needed. Raises PreconditionFailed."""
    require_operator(actor)
    locked = locked_row(Country.objects.all(), country.pk)
    check_revision(locked.etag_revision, if_match)
    require_english(names)
    before, locked.names = locked.names, dict(names)
    if before == locked.names:
        return locked
    locked.revision += 1
    locked.save(update_fields=["names", "revision"])
    details = {"before": before, "after": locked.names}
    _record("country.revised", actor, "country", locked.pk, details)
    return locked


def require_english(names: Mapping[str, str]) -> None:
    """Raise Invalid unless there is a name in English, which every reader falls back on."""
    if not str(names.get("en", "")).strip():
        raise Invalid([FieldError("/names", "english_required", "A name in English is needed.")])


@service
def country_alias_add(
    *,
    actor: Actor,
    country: Country,
    name: str,
    language: str = "",
    valid_until: date | None = None,
) -> CountryAlias:
    """Add another or a former name of a country."""
    require_operator(actor)
    alias = CountryAlias(country=country, name=name, language=language, valid_until=valid_until)
    alias.save(force_insert=True)
    _record("country.alias_added", actor, "country", country.pk, {"name": name})
    return alias


@service
def language_create(
    *,
    actor: Actor,
    tag: str,
    names: Mapping[str, str],
    script: str,
    search_config: str,
    alphabet: Sequence[str],
) -> ContentLanguage:
    """Add a content language by its BCP 47 tag."""
    require_operator(actor)
    language = ContentLanguage(
        tag=tag,
        names=dict(names),
        script=script,
        search_config=search_config,
        alphabet=list(alphabet),
    )
    language.save(force_insert=True)
    _record("language.created", actor, "language", language.pk, {"tag": tag})
    return language


def _record(
    kind: str, actor: Actor, object_type: str, object_id: UUID, details: Mapping[str, object]
) -> None:
    record(kind=kind, actor=actor, object_type=object_type, object_id=object_id, details=details)
