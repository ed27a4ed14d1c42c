"""Every concrete model has readers, or a reason for having none; and services alone write it."""

from collections import Counter
from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import async_to_sync
from django.db.models import Model, QuerySet

from platform_api.core.models import Guarded, GuardedQuerySet, Protected, ProtectedQuerySet
from platform_api.core.registry import Protection, registry
from platform_api.core.service import WriteOutsideService
from platform_api.identity.grants import GroupGrant, UserGrant

from .source import own_models

pytestmark = pytest.mark.conventions

_REFERENCE = "reference data that everybody who signed in reads"
_WHO_CALLS = "who calls: outside row-level security, reached through identity alone"
_WHAT_HAPPENED = "what happened: append-only, no route reads it yet"
_MACHINERY = "the machinery of requests; no route reads it"
_INDEX = "the search index, closed to the runtime role; its functions judge readers"
UNPROTECTED = {
    "documents.PurgedRow": "what was purged, for the owner's role; closed to the runtime role",
    "events.GrantEnd": "until when grants run, for the worker alone; closed to the runtime role",
    "ledger.Event": "the change feed, read through the events' own condition",
    "forums.ContentLanguage": _REFERENCE,
    "forums.Country": _REFERENCE,
    "forums.CountryAlias": _REFERENCE,
    "forums.NarrowedScope": _WHO_CALLS,
    "forums.Organisation": _REFERENCE,
    "forums.Opening": "break-glass; walled to operators and the owner's seat, no route reads it",
    "forums.OrganisationAlias": _REFERENCE,
    "forums.OrganisationIdentifier": _REFERENCE,
    "identity.ActorKey": "the key by which the database knows a caller; closed to the runtime role",
    "identity.Client": _WHO_CALLS,
    "identity.Factor": _WHO_CALLS,
    "identity.Membership": _WHO_CALLS,
    "identity.RecoveryCode": _WHO_CALLS,
    "identity.RoleGroup": _WHO_CALLS,
    "identity.Scope": _WHO_CALLS,
    "identity.ScopeReader": _WHO_CALLS,
    "identity.User": _WHO_CALLS,
    "ledger.Bucket": _MACHINERY,
    "ledger.DenialCount": _WHAT_HAPPENED,
    "ledger.Detail": _WHAT_HAPPENED,
    "ledger.Entry": _WHAT_HAPPENED,
    "ledger.IdempotentAnswer": _MACHINERY,
    "ledger.Seal": _WHAT_HAPPENED,
    "ledger.Unsealed": _WHAT_HAPPENED,
    "search.SearchEntry": _INDEX,
    "search.SearchKind": _INDEX,
}

MODELS = sorted(own_models(), key=lambda model: model._meta.label)
GRANTS = {each.grants for each in registry.protections if each.grants}
GUARDED = [model for model in MODELS if issubclass(model, Guarded)]


def _label(model: Any) -> str:
    return str(model._meta.label)


def test_every_model_is_protected_a_grant_table_or_listed_with_a_reason() -> None:
    unaccounted = [
        _label(model)
        for model in MODELS
        if not registry.is_protected(model)
        and model not in GRANTS
        and not issubclass(model, UserGrant)
        and _label(model) not in UNPROTECTED
    ]
    assert unaccounted == []


def test_the_list_of_unprotected_models_names_nothing_else() -> None:
    unprotected = {_label(model) for model in MODELS if not registry.is_protected(model)}
    assert set(UNPROTECTED) <= unprotected


@pytest.mark.parametrize("protection", registry.protections, ids=lambda each: each.type_name)
def test_protected_models_are_written_by_services_and_read_through_visible_to(
    protection: Protection,
) -> None:
    model = protection.model
    assert issubclass(model, Guarded)
    assert issubclass(model, Protected)
    assert isinstance(model._default_manager.all(), ProtectedQuerySet)


@pytest.mark.parametrize("protection", registry.protections, ids=lambda each: each.type_name)
def test_what_a_protection_names_is_there(protection: Protection) -> None:
    fields = {field.name for field in protection.model._meta.get_fields()}
    named = (
        protection.scope_field,
        protection.parent_field,
        protection.inherits_field,
        protection.state_field,
    )
    assert {name for name in named if name} <= fields
    if protection.parent_field:
        parent = protection.model._meta.get_field(protection.parent_field).related_model
        assert registry.is_protected(parent)  # type: ignore[arg-type]
    if protection.grants:
        assert issubclass(protection.grants, GroupGrant)
        target = protection.grants._meta.get_field("content_object").related_model
        assert target is protection.model


_MASS_WRITES = {
    "update": lambda rows: rows.update(pk=None),
    "aupdate": lambda rows: async_to_sync(rows.aupdate)(pk=None),
    "delete": lambda rows: rows.delete(),
    "adelete": lambda rows: async_to_sync(rows.adelete)(),
    "bulk_create": lambda rows: rows.bulk_create([rows.model(pk=uuid4())]),
    "bulk_update": lambda rows: rows.bulk_update([rows.model(pk=uuid4())], ["pk"]),
    "create": lambda rows: rows.create(pk=uuid4()),
}


@pytest.mark.parametrize("write", _MASS_WRITES.values(), ids=_MASS_WRITES.keys())
@pytest.mark.parametrize("model", GUARDED, ids=_label)
def test_a_guarded_model_refuses_mass_writes_outside_a_service(model: Any, write: Any) -> None:
    for rows in (model._default_manager.all(), model.objects.none(), model.objects.filter(pk=None)):
        assert isinstance(rows, GuardedQuerySet)
        with pytest.raises(WriteOutsideService):
            write(rows)


@pytest.mark.parametrize("model", GUARDED, ids=_label)
def test_a_row_of_a_guarded_model_refuses_writes_outside_a_service(model: Any) -> None:
    for write in ("save", "delete"):
        with pytest.raises(WriteOutsideService):
            getattr(model(pk=uuid4()), write)()


@pytest.mark.parametrize("model", GUARDED, ids=_label)
def test_children_reached_through_a_guarded_row_are_guarded_too(model: type[Model]) -> None:
    """A related manager of another class would write around the services."""
    for relation in model._meta.related_objects:
        accessor = relation.get_accessor_name()
        child = relation.related_model
        if relation.hidden or not accessor or relation.one_to_one:
            continue
        if not isinstance(child, type) or not issubclass(child, Guarded):
            continue
        rows: QuerySet[Any] = getattr(model(pk=uuid4()), accessor).all()
        assert isinstance(rows, GuardedQuerySet), accessor


def test_no_two_models_of_one_app_share_a_name() -> None:
    """Nor do their tables; names are compared as people read them, without case."""
    names = Counter((model._meta.app_label, model.__name__.lower()) for model in MODELS)
    tables = Counter(model._meta.db_table.lower() for model in MODELS)

    assert [name for name, count in (names + tables).items() if count > 1] == []
