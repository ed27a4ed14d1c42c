"""Model pages that read through ``visible_to`` and write through services."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import ForeignKey, Model, QuerySet
from django.http import HttpRequest

from platform_api.core.access import visible_condition
from platform_api.core.actor import Actor
from platform_api.core.errors import Invalid, Refusal
from platform_api.core.registry import registry
from platform_api.core.transaction import acting

from .standing import is_for_operator

Perform = Callable[[Actor, Model | None, Mapping[str, Any]], Model]
"""Carries a form's values out by a service: (actor, object or None when adding, values)."""


def seen(model: type[Model], actor: Actor) -> QuerySet[Any]:
    """The rows of a model that an actor may see; all of reference data."""
    rows = model._default_manager.all()
    if registry.is_protected(model):
        return rows.filter(visible_condition(model, actor))
    return rows


def choice_label(obj: Any) -> str:
    """A row as a choice: its English name beside its code, where it has names."""
    name = getattr(obj, "names", {}).get("en", "")
    return f"{name} ({obj})" if name else str(obj)


class ServiceForm(forms.ModelForm):
    """A form whose values a service carries out while it is validated.

    What the service refuses is told at the form, with everything that was typed still there.
    """

    actor: Actor
    perform: Perform

    def _post_clean(self) -> None:
        if self.errors:
            return
        given = self.instance if not self.instance._state.adding else None
        try:
            with acting(self.actor):
                self.instance = type(self).perform(self.actor, given, self.cleaned_data)
        except Refusal as refusal:
            self._tell(refusal)

    def _tell(self, refusal: Refusal) -> None:
        told = refusal.errors if isinstance(refusal, Invalid) else []
        for error in told:
            field = error.pointer.strip("/").partition("/")[0]
            self.add_error(field if field in self.fields else None, error.detail)
        if not told:
            self.add_error(None, refusal.detail)

    def save(self, commit: bool = True) -> Model:
        return self.instance

    def save_m2m(self) -> None:
        """Services have written everything."""


class ChangeForm(ServiceForm):
    """A form that changes a row against the revision that was shown."""

    if_match = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["if_match"].initial = self.instance.etag_revision


class ServiceAdmin(ModelAdmin):
    """A model's pages for operators. Nothing is deleted here, and no bulk action exists.

    create_fields, change_fields: what the add and the change form take; the rest is shown.
    A form without fields is read only. Django's own log of changes is not written: it would
    keep titles, and the ledger has everything.
    """

    actions = None
    form = ServiceForm
    create_fields: tuple[str, ...] = ()
    change_fields: tuple[str, ...] = ()

    def create(self, actor: Actor, values: Mapping[str, Any]) -> Model:
        """Add a row by a service; overridden where ``create_fields`` are named."""
        raise PermissionDenied

    def change(self, actor: Actor, obj: Any, values: Mapping[str, Any]) -> Model:
        """Change a row by a service; overridden where ``change_fields`` are named."""
        raise PermissionDenied

    # -- reading --------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = seen(self.model, request.actor)  # type: ignore[attr-defined]  # set by the site
        ordering = self.get_ordering(request)
        return rows.order_by(*ordering) if ordering else rows

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        target = db_field.remote_field.model
        kwargs.setdefault("queryset", seen(target, request.actor))  # type: ignore[attr-defined]  # set by the site
        field: Any = super().formfield_for_foreignkey(db_field, request, **kwargs)
        field.label_from_instance = choice_label
        return field

    # -- rights ---------------------------------------------------------------------------------

    def has_module_permission(self, request: HttpRequest) -> bool:
        return is_for_operator(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_for_operator(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(self.create_fields) and is_for_operator(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(self.change_fields) and is_for_operator(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    # -- forms ----------------------------------------------------------------------------------

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return self.create_fields
        shown = [field for field in self.list_display if isinstance(field, str)]
        editable = [name for name in self.change_fields if name not in shown]
        return [*shown, *editable, *(["if_match"] if editable else [])]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        editable = self.create_fields if obj is None else (*self.change_fields, "if_match")
        return [name for name in self.get_fields(request, obj) if name not in editable]

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        if obj is not None and self.change_fields:
            kwargs.setdefault("form", ChangeForm)
        form = super().get_form(request, obj, change=change, **kwargs)

        def perform(actor: Actor, given: Model | None, values: Mapping[str, Any]) -> Model:
            return (
                self.create(actor, values) if given is None else self.change(actor, given, values)
            )

        return type(
            form.__name__,
            (form,),
            {"actor": request.actor, "perform": staticmethod(perform)},  # type: ignore[attr-defined]  # set by the site
        )

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """The form's service has saved it."""

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The ledger has it."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The ledger has it."""

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        raise PermissionDenied
