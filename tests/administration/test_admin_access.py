"""Operators get into the admin site, and nobody else."""

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.test import Client
from oauth2_provider.models import AccessToken

from tests.factories import UserFactory, delegate


@pytest.mark.parametrize("person", ["head", "staff"])
def test_neither_a_head_nor_somebody_with_is_staff_gets_in(table, person):
    user = delegate(table.serbia, "head").user if person == "head" else UserFactory(is_staff=True)
    client = Client()
    client.force_login(user)

    answer = client.get("/admin/forums/delegation/")

    assert answer.status_code == 302
    assert answer.url.startswith("/admin/login/")


def test_an_operator_who_was_locked_out_loses_the_site_at_the_next_click(operator_session, table):
    assert operator_session.get("/admin/").status_code == 200
    user_id = operator_session.session["_auth_user_id"]
    type(table.serbia)._meta.apps.get_model("identity.User").objects.filter(pk=user_id).update(
        is_active=False
    )

    assert operator_session.get("/admin/").status_code == 302


@pytest.mark.parametrize("model", [Group, Permission, AccessToken])
def test_pages_that_would_write_past_the_services_are_not_there(model):
    assert not admin.site.is_registered(model)


def test_every_page_opens(operator_session, table):
    for model in admin.site._registry:
        url = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        assert operator_session.get(url).status_code == 200, url


def test_nothing_can_be_deleted_and_there_is_no_history_of_titles(operator_session, table):
    url = f"/admin/forums/delegation/{table.serbia.pk}"

    assert operator_session.post(f"{url}/delete/", {"post": "yes"}).status_code == 403
    assert operator_session.get(f"{url}/history/").status_code == 403
    assert LogEntry.objects.count() == 0
