"""The pages of break-glass: operators open and look, the seat concerned reads that they did."""

import json
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from forums.breakglass.kinds import opened_types
from forums.breakglass.models import LASTS, Opening
from forums.breakglass.services import opening_close, opening_make, opening_view
from forums.granting.rules import managed_seats
from platform_api.core.actor import Actor
from platform_api.core.errors import Forbidden, Invalid, NotVisible
from platform_api.identity.admin.pages import Page, page_answer

SHOWN = 100
"""Openings on a page, the newest first."""
MINUTES = int(LASTS.total_seconds() // 60)


class OpeningForm(forms.Form):
    """Which object, and why."""

    type = forms.ChoiceField()
    id = forms.UUIDField(
        label="Id of the object", widget=forms.TextInput(attrs={"size": 40, "spellcheck": "false"})
    )
    reason = forms.CharField(max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = sorted(opened_types())
        self.fields["type"].choices = [(name, name.replace("_", " ")) for name in names]  # type: ignore[attr-defined]  # a ChoiceField


def openings(request: HttpRequest) -> HttpResponseBase:
    """For an operator a form and all openings; for a manager those of its seats' objects."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by the site
    form = OpeningForm(request.POST or None) if actor.is_operator else None
    if request.method == "POST":
        if form is None:
            raise Forbidden("Only an operator opens objects.", code="operator_required")
        made = _opened(actor, form) if form.is_valid() else None
        if made is not None:
            return HttpResponseRedirect(reverse("admin:opening", args=[made.pk]))
    concerned = Q(owner_seat_id__in=managed_seats(actor))
    rows = Opening.objects.all() if actor.is_operator else Opening.objects.filter(concerned)
    return page_answer(
        request,
        "admin/openings.html",
        {
            "title": "Break-glass",
            "form": form,
            "openings": rows.select_related("operator").order_by("-opened_at")[:SHOWN],
            "minutes": MINUTES,
            "caller": actor.user_id,
        },
    )


def opening(request: HttpRequest, opening_id: UUID) -> HttpResponseBase:
    """The opened object to the operator who opened it; every look is recorded."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by the site
    if request.method == "POST":
        opening_close(actor=actor, opening_id=opening_id)
        return HttpResponseRedirect(reverse("admin:openings"))
    opened, row = opening_view(actor=actor, opening_id=opening_id)
    fields = [
        (name.replace("_", " "), value if isinstance(value, str) else _plain(value))
        for name, value in row.items()
    ]
    title = f"Opened: {opened.object_type} {opened.object_id}"
    return page_answer(
        request, "admin/opening.html", {"title": title, "opening": opened, "fields": fields}
    )


def _opened(actor: Actor, form: OpeningForm) -> Opening | None:
    given = form.cleaned_data
    try:
        return opening_make(
            actor=actor, type_name=given["type"], object_id=given["id"], reason=given["reason"]
        )
    except Invalid as refusal:
        for error in refusal.errors:
            form.add_error(error.pointer.strip("/"), error.detail)
    except NotVisible:
        form.add_error("id", "There is no such object.")
    return None


def _plain(value: Any) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False, indent=2)


PAGES = (
    Page(
        route="break-glass/",
        name="openings",
        title="Break-glass",
        view=openings,
        open_to=lambda actor: actor.is_operator or bool(managed_seats(actor)),
        about="What operators opened against the walls, when and why.",
    ),
    Page(
        route="break-glass/<uuid:opening_id>/",
        name="opening",
        title="An opened object",
        view=opening,
        open_to=lambda actor: actor.is_operator,
        listed=False,
    ),
)
