"""Who gets into the admin site, and to which pages."""

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.test import Client
from oauth2_provider.models import AccessToken

from platform_api.identity.admin.signin import ATTEMPTS_AT_ONCE
from platform_api.identity.models import Membership
from tests.factories import OperatorFactory, UserFactory, delegate

from .sessions import PASSWORD, sign_in, signed_in

NOBODY = ["reader", "drafter", "staff", "stranger"]


def person(table, kind):
    if kind == "staff":
        return UserFactory(is_staff=True)
    if kind == "stranger":
        return UserFactory()
    return delegate(table.serbia, kind).user


@pytest.mark.parametrize("kind", NOBODY)
def test_readers_drafters_and_people_with_is_staff_stay_outside(table, kind):
    session = signed_in(person(table, kind))

    for url in ("/admin/", "/admin/factor/", "/admin/forums/delegation/"):
        answer = session.get(url)
        assert answer.status_code == 302
        assert answer.url.startswith("/admin/login/")


@pytest.mark.parametrize("kind", NOBODY)
def test_the_right_password_alone_opens_the_site_to_none_of_them(table, kind):
    user = person(table, kind)
    user.set_password(PASSWORD)
    user.save()

    told = sign_in(user.email, PASSWORD).content.decode()

    assert "Address and password do not fit" in told
    assert told.count("Address and password") == sign_in(
        user.email, "wrong"
    ).content.decode().count("Address and password")


@pytest.mark.parametrize("role", ["head", "access_manager"])
def test_heads_and_access_managers_come_in_and_reach_no_page_of_an_operator(table, role):
    session = signed_in(delegate(table.serbia, role).user)

    assert session.get("/admin/").status_code == 200
    for model in admin.site._registry:
        url = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        assert session.get(url).status_code == 403, url
        assert session.get(f"{url}add/").status_code == 403, url
        assert session.get(f"/admin/{model._meta.app_label}/").status_code == 403, url
    assert str(table.albania) not in session.get("/admin/").content.decode()


def test_a_role_that_ends_takes_the_site_with_it(table):
    appointed = delegate(table.serbia, "head")
    session = signed_in(appointed.user)
    assert session.get("/admin/").status_code == 200

    Membership.objects.filter(user=appointed.user).delete()

    assert session.get("/admin/").url.startswith("/admin/login/")


def test_passwords_at_one_address_are_throttled_whoever_tries(table):
    operator = OperatorFactory()
    operator.set_password(PASSWORD)
    operator.save()
    for _ in range(ATTEMPTS_AT_ONCE):
        assert "Too many attempts" not in sign_in(operator.email, "wrong").content.decode()

    refused = sign_in(operator.email.upper(), PASSWORD)

    assert refused.status_code == 200
    assert "Too many attempts" in refused.content.decode()


def test_every_page_forbids_scripts_and_styles_from_elsewhere(operator_session, table):
    for session, url in (
        (operator_session, "/admin/"),
        (operator_session, "/admin/forums/delegation/add/"),
        (operator_session, "/admin/factor/"),
        (Client(), "/admin/login/"),
        (signed_in(OperatorFactory(), verified=False), "/admin/factor/"),
    ):
        policy = session.get(url)["Content-Security-Policy"]
        assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy


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
