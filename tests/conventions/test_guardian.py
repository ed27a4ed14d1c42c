"""guardian keeps the grant tables and decides nothing."""

import ast

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import IntegrityError, connection, transaction
from guardian.models import GroupObjectPermission, UserObjectPermission
from guardian.shortcuts import assign_perm
from guardian.utils import get_group_obj_perms_model, get_user_obj_perms_model

from platform_api.core.registry import Protection, registry
from platform_api.identity.grants import UserGrant
from tests.factories import DocumentFactory, SectionFactory, UserFactory, delegate, grant, seat

from .source import modules, own_models

pytestmark = pytest.mark.conventions

GRANTED = [each for each in registry.protections if each.grants]
USER_TABLES = [model for model in own_models() if issubclass(model, UserGrant)]


def test_its_own_ways_to_a_right_are_switched_off() -> None:
    assert settings.ANONYMOUS_USER_NAME is None
    assert getattr(settings, "GUARDIAN_AUTO_PREFETCH", False) is False
    assert not any("guardian" in backend for backend in settings.AUTHENTICATION_BACKENDS)


def test_nothing_imports_its_shortcuts() -> None:
    """``get_objects_for_user`` and its like know no end, no scope and no seat."""
    found = [
        f"{path}:{node.lineno}"
        for path, module in modules().items()
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("guardian")
        and node.module != "guardian.models"
    ]
    assert found == []


@pytest.mark.django_db
@pytest.mark.parametrize("protection", GRANTED, ids=lambda each: each.type_name)
def test_it_knows_the_direct_tables_so_that_the_generic_ones_are_never_used(
    protection: Protection,
) -> None:
    assert get_group_obj_perms_model(protection.model) is protection.grants
    assert issubclass(get_user_obj_perms_model(protection.model), UserGrant)


@pytest.mark.django_db
def test_the_generic_tables_stay_empty() -> None:
    document = DocumentFactory()
    grant(document, seat(document.forum, "RS"))
    with pytest.raises(IntegrityError), transaction.atomic():
        assign_perm("documents.view_document", UserFactory(), document)
    group = delegate(document.owner_delegation).user.groups.all()[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        assign_perm("documents.view_document", group, document)

    assert not GroupObjectPermission.objects.exists()
    assert not UserObjectPermission.objects.exists()


_NEGATIVE = pytest.mark.xfail(reason="the check refuses ids from 0 upwards only", strict=True)


@pytest.mark.django_db
@pytest.mark.parametrize("key", [1, 0, pytest.param(-1, marks=_NEGATIVE)])
@pytest.mark.parametrize("model", USER_TABLES, ids=lambda model: model._meta.label)
def test_a_table_of_grants_to_persons_refuses_every_row(model: type[UserGrant], key: int) -> None:
    section = SectionFactory()
    target = model._meta.get_field("content_object").related_model
    obj = section if isinstance(section, target) else section.document
    permission = Permission.objects.get(codename=f"view_{obj._meta.model_name}")
    insert = (
        f"INSERT INTO {model._meta.db_table} (id, user_id, permission_id, content_object_id)"
        " VALUES (%s, %s, %s, %s)"
    )
    with (
        pytest.raises(IntegrityError, match="violates check constraint"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(insert, [key, UserFactory().pk, permission.pk, obj.pk])


def test_every_table_of_grants_has_one_for_persons_beside_it() -> None:
    targets = {model._meta.get_field("content_object").related_model for model in USER_TABLES}
    assert targets == {each.model for each in GRANTED}
