"""The operators' pages: countries, organisations, forums, seats, delegates, clients, grants.

Every write goes through a service. Grants are shown by kind and holder: what a granted object
is called is not the operator's to know.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminSplitDateTime
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from platform_api.core.access import LEVEL_CODENAMES
from platform_api.core.actor import Actor, Role
from platform_api.core.registry import registry
from platform_api.identity.admin.models import ChangeForm, ServiceAdmin, ServiceForm
from platform_api.identity.models import RoleGroup, User
from platform_api.identity.scopes import SCOPES
from platform_api.identity.services import user_create

from .administration import PAGES
from .countries.models import ContentLanguage, Country
from .countries.services import country_create, country_revise
from .membership import services
from .membership.models import ClientBinding, Delegate, Delegation, Forum, Office
from .organisations.models import Organisation
from .organisations.services import organisation_create, organisation_revise

APPOINTED = [(role.value, role.value) for role in (Role.HEAD, Role.ACCESS_MANAGER)]
ROLES = [(role.value, role.value) for role in Role]


@admin.register(Country)
class CountryAdmin(ServiceAdmin):
    list_display = ("code", "alpha3", "english", "user_assigned")
    search_fields = ("code", "alpha3", "names")
    ordering = ("code",)
    create_fields = ("code", "alpha3", "names", "user_assigned")
    change_fields = ("names",)

    @admin.display(description="name")
    def english(self, country: Country) -> str:
        return str(country.names.get("en", ""))

    def create(self, actor: Actor, values: Mapping[str, Any]) -> Country:
        country = country_create(actor=actor, **values)
        services.home_seat_make(actor=actor, party=country)
        return country

    def change(self, actor: Actor, obj: Country, values: Mapping[str, Any]) -> Country:
        return country_revise(actor=actor, country=obj, **values)


@admin.register(ContentLanguage)
class ContentLanguageAdmin(ServiceAdmin):
    list_display = ("tag", "script", "search_config")
    search_fields = ("tag",)
    ordering = ("tag",)


@admin.register(Organisation)
class OrganisationAdmin(ServiceAdmin):
    list_display = ("key", "kind", "country", "english")
    list_filter = ("kind",)
    search_fields = ("key", "acronym", "names")
    ordering = ("key",)
    create_fields = ("key", "kind", "country", "names", "acronym")
    change_fields = ("names", "acronym")

    @admin.display(description="name")
    def english(self, organisation: Organisation) -> str:
        return str(organisation.names.get("en", ""))

    def create(self, actor: Actor, values: Mapping[str, Any]) -> Organisation:
        organisation = organisation_create(actor=actor, **values)
        services.home_seat_make(actor=actor, party=organisation)
        return organisation

    def change(self, actor: Actor, obj: Organisation, values: Mapping[str, Any]) -> Organisation:
        return organisation_revise(actor=actor, organisation=obj, **values)


@admin.register(Forum)
class ForumAdmin(ServiceAdmin):
    list_display = ("slug", "english", "decision_rule", "silence_hours", "four_eyes")
    search_fields = ("slug", "names")
    ordering = ("slug",)
    create_fields = (
        "slug",
        "names",
        "mandate",
        "working_languages",
        "decision_rule",
        "silence_hours",
        "number_pattern",
        "four_eyes",
    )
    change_fields = ("names", "mandate", "silence_hours", "four_eyes")

    @admin.display(description="name")
    def english(self, forum: Forum) -> str:
        return str(forum.names.get("en", ""))

    def create(self, actor: Actor, values: Mapping[str, Any]) -> Forum:
        return services.forum_create(actor=actor, **values)

    def change(self, actor: Actor, obj: Forum, values: Mapping[str, Any]) -> Forum:
        return services.forum_revise(actor=actor, forum=obj, **values)


@admin.register(Delegation)
class DelegationAdmin(ServiceAdmin):
    list_display = ("party", "forum", "status", "voting", "since", "until")
    list_filter = ("forum", "status")
    search_fields = ("country__code", "organisation__key")
    list_select_related = ("forum", "country", "organisation")
    ordering = ("forum__slug", "created_at")
    create_fields = (
        "forum",
        "country",
        "organisation",
        "represented_by",
        "status",
        "voting",
        "since",
        "time_zone",
        "designation",
        "designation_footnote",
    )
    change_fields = ("until",)

    def create(self, actor: Actor, values: Mapping[str, Any]) -> Delegation:
        given = dict(values)
        country, organisation = given.pop("country"), given.pop("organisation")
        return services.delegation_seat(actor=actor, party=country or organisation, **given)

    def change(self, actor: Actor, obj: Delegation, values: Mapping[str, Any]) -> Delegation:
        return services.delegation_end(actor=actor, delegation=obj, **values)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        kwargs["form"] = DelegationForm if obj is None else DelegationEndForm
        return super().get_form(request, obj, change=change, **kwargs)


class DelegationForm(ServiceForm):
    """A seat for one country or one organisation, in a forum."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["forum"].required = True

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if bool(values.get("country")) == bool(values.get("organisation")):
            raise forms.ValidationError("Name either a country or an organisation.")
        return values


class DelegationEndForm(ChangeForm):
    """The day from which a seat no longer stands."""

    until = forms.DateField(help_text="The first day without the seat. People lose access then.")


@admin.register(Delegate)
class DelegateAdmin(ServiceAdmin):
    list_display = ("user", "delegation", "role", "valid_from", "valid_until")
    list_filter = ("role", "delegation__forum")
    search_fields = ("user__name", "user__email")
    list_select_related = ("user", "delegation__forum", "delegation__country")
    ordering = ("-created_at",)
    create_fields = ("delegation", "user", "role", "valid_until")
    change_fields = ()

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "role":
            kwargs["choices"] = [("", "---------"), *APPOINTED]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def create(self, actor: Actor, values: Mapping[str, Any]) -> Delegate:
        given = dict(values)
        return services.delegate_add(actor=actor, role=Role(given.pop("role")), **given)


@admin.register(ClientBinding)
class ClientBindingAdmin(ServiceAdmin):
    list_display = ("client", "delegation", "role", "created_at")
    list_filter = ("role", "delegation__forum")
    search_fields = ("client__name", "client__client_id")
    list_select_related = ("client", "delegation__forum", "delegation__country")
    ordering = ("-created_at",)
    create_fields = ("name", "delegation", "role", "scopes", "expires_at")

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        kwargs["form"] = ClientForm if obj is None else ServiceForm
        if obj is None:
            kwargs["fields"] = ("delegation", "role")
        return super().get_form(request, obj, change=change, **kwargs)

    def create(self, actor: Actor, values: Mapping[str, Any]) -> ClientBinding:
        given = dict(values)
        made = services.client_create(actor=actor, role=Role(given.pop("role")), **given)
        made.binding.shown_once = made  # type: ignore[attr-defined]  # for response_add alone
        return made.binding

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> Any:
        made = obj.shown_once
        messages.warning(
            request,
            f"Shown this once. Client id: {made.client_id} Secret: {made.client_secret}",
        )
        return super().response_add(request, obj, post_url_continue)


class ClientForm(ServiceForm):
    """A new service client."""

    name = forms.CharField(max_length=200)
    scopes = forms.MultipleChoiceField(
        choices=[(scope, f"{scope}: {text}") for scope, text in SCOPES.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    expires_at = forms.SplitDateTimeField(required=False, widget=AdminSplitDateTime)


@admin.register(Office)
class OfficeAdmin(ServiceAdmin):
    list_display = ("forum", "kind", "delegation", "organisation", "since", "until")
    list_filter = ("forum", "kind")
    list_select_related = ("forum", "delegation__country", "organisation")
    ordering = ("-since",)
    create_fields = ("forum", "kind", "delegation", "organisation", "since", "until")

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        kwargs["form"] = OfficeForm if obj is None else ServiceForm
        return super().get_form(request, obj, change=change, **kwargs)

    def create(self, actor: Actor, values: Mapping[str, Any]) -> Office:
        given = dict(values)
        delegation, organisation = given.pop("delegation"), given.pop("organisation")
        given["kind"] = Office.Kind(given["kind"])
        return services.office_assign(actor=actor, holder=delegation or organisation, **given)


class OfficeForm(ServiceForm):
    """An office for one seat, or for one organisation without a seat."""

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if bool(values.get("delegation")) == bool(values.get("organisation")):
            raise forms.ValidationError("Name either a delegation or an organisation.")
        return values


@admin.register(User)
class UserAdmin(ServiceAdmin):
    list_display = ("name", "email", "kind", "is_active", "is_operator", "second_factor")
    list_select_related = ("factor",)
    list_filter = ("kind", "is_operator")
    search_fields = ("name", "email")
    ordering = ("name",)
    create_fields = ("name", "email")

    @admin.display(description="second factor")
    def second_factor(self, user: User) -> str:
        factor = getattr(user, "factor", None)
        if factor is None or factor.confirmed_at is None:
            return "none"
        return format_html(
            '<a href="{}">remove</a>', reverse("admin:factor-removal", args=[user.pk])
        )

    def create(self, actor: Actor, values: Mapping[str, Any]) -> User:
        return user_create(actor=actor, **values)


class GrantAdmin(ServiceAdmin):
    """Grants of one kind of object: to whom, how far, until when."""

    list_display = ("content_object_id", "kind", "holder", "level", "expires_at", "created_at")
    list_filter = ("kind",)
    ordering = ("-created_at",)

    @admin.display(description="holder")
    def holder(self, grant: Any) -> str:
        held = RoleGroup.objects.filter(group_id=grant.group_id).first()
        return holder_name(held) if held else ""

    @admin.display(description="level")
    def level(self, grant: Any) -> str:
        words = {code: level.name.lower() for level, code in LEVEL_CODENAMES.items()}
        return words.get(grant.permission.codename.partition("_")[0], "")


def holder_name(group: RoleGroup) -> str:
    """Whom a role group stands for, in words."""
    models: tuple[Any, ...] = (Delegation, Country, Organisation)
    for model in models:
        found = model.objects.filter(pk=group.holder_id).first()
        if found is not None:
            return f"{found}, {group.role}s"
    return str(group.holder_id)


def register_grants() -> None:
    """A page for every grant table that an app has registered."""
    for protection in registry.protections:
        if protection.grants is not None and not admin.site.is_registered(protection.grants):
            admin.site.register(protection.grants, GrantAdmin)


register_grants()
for page in PAGES:
    admin.site.add_page(page)  # type: ignore[attr-defined]  # the platform's own site
