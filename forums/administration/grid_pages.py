"""The grid of access as pages: a table of links, and a small form behind each cell."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from forums.granting.rules import managed_seats
from forums.granting.selectors import kept_objects
from forums.granting.services import access_end, grant_give
from forums.membership.models import Forum
from platform_api.core.actor import Actor, Level
from platform_api.core.errors import Conflict, Forbidden, Invalid, Refusal
from platform_api.identity.admin.pages import Page, page_answer

from .grid import Column, Row, columns_of, forums_of, row_of, rows_of, type_names

LEVELS = {level.name.lower(): level for level in Level}


class GridForm(forms.Form):
    """Which grid. Without a forum: all objects, with a column for every country."""

    forum = forms.ChoiceField(required=False)
    type = forms.ChoiceField(required=False)
    after = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.forums = {forum.slug: forum for forum in forums_of(actor)}
        everywhere = [("", "all forums, every country")]
        choices: dict[str, list[tuple[str, str]]] = {
            "forum": everywhere + [(slug, slug) for slug in self.forums],
            "type": [(name, name.replace("_", " ")) for name in type_names()],
        }
        for name, options in choices.items():
            self.fields[name].choices = options  # type: ignore[attr-defined]  # ChoiceFields


class CellForm(forms.Form):
    """What a party is to have on an object."""

    holder = forms.ChoiceField(label="To whom", widget=forms.RadioSelect)
    level = forms.ChoiceField(choices=[(name, name) for name in LEVELS], initial="read")
    until = forms.DateTimeField(
        required=False,
        label="Until (UTC; empty: until it is withdrawn)",
        input_formats=["%Y-%m-%dT%H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    reason = forms.CharField(max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, column: Column, row: Row, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.column = column
        offered = [(key, text) for key, (_, text) in column.holders.items()]
        self.fields["holder"].choices = offered  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["holder"].initial = offered[0][0]
        if not row.may_give or "withdraw" in self.data:
            for name in ("level", "until"):
                del self.fields[name]

    def tell(self, refusal: Refusal) -> None:
        """Say at the form what the service refused."""
        errors = refusal.errors if isinstance(refusal, Invalid) else []
        for error in errors:
            name = error.pointer.strip("/").partition("/")[0]
            self.add_error(name if name in self.fields else None, error.detail)
        if not errors:
            self.add_error(None, refusal.detail)


def grid(request: HttpRequest) -> HttpResponseBase:
    """The table."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by the site
    form = GridForm(actor, request.GET or None)
    given = form.cleaned_data if form.is_valid() else {}
    forum = _forum(form, given)
    type_name = given.get("type") or type_names()[0]
    columns = columns_of(actor, forum)
    rows, more = rows_of(actor, type_name, forum, given.get("after"))
    form = GridForm(actor, initial={"forum": forum.slug if forum else "", "type": type_name})
    where = {"forum": forum.slug if forum else "", "type": type_name}
    return page_answer(
        request,
        "admin/access_grid.html",
        {
            "title": "Access by country and object",
            "form": form,
            "columns": columns,
            "rows": [
                {
                    "row": row,
                    "cells": [(column, row.at(column)) for column in columns],
                    "beside": row.beside(columns),
                }
                for row in rows
            ],
            "where": urlencode(where),
            "next": urlencode({**where, "after": rows[-1].row.id}) if more else "",
            "is_first": not given.get("after"),
            "manages": bool(managed_seats(actor)),
            "type_label": type_name.replace("_", " "),
        },
    )


def cell(request: HttpRequest, type_name: str, key: UUID, column_key: str) -> HttpResponseBase:
    """The form of one cell: give, change, withdraw."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by the site
    chosen = GridForm(actor, request.GET)
    given = chosen.cleaned_data if chosen.is_valid() else {}
    forum = _forum(chosen, given)
    columns = {column.key: column for column in columns_of(actor, forum)}
    row = row_of(actor, type_name, key) if type_name in type_names() else None
    if row is None or column_key not in columns:
        raise Http404
    column = columns[column_key]
    where = urlencode({"forum": forum.slug if forum else "", "type": type_name})
    form = CellForm(column, row, request.POST or None, initial=_initial(row, column))
    if request.method == "POST" and form.is_valid():
        try:
            _carry_out(actor, type_name, key, form)
        except (Invalid, Conflict, Forbidden) as refusal:
            form.tell(refusal)
        else:
            done = "withdrawn from" if "withdraw" in form.data else "given to"
            messages.success(request, f"Access is {done} {column.name}.")
            return HttpResponseRedirect(f"{reverse('admin:access')}?{where}#{key}-{column.key}")
    return page_answer(
        request,
        "admin/access_cell.html",
        {
            "title": f"{column.name}: access to {row.row.title or _short(type_name, key)}",
            "form": form,
            "row": row,
            "column": column,
            "shown": row.at(column),
            "where": where,
        },
    )


def _carry_out(actor: Actor, type_name: str, key: UUID, form: CellForm) -> None:
    given = form.cleaned_data
    holder, _ = form.column.holders[given["holder"]]
    if "withdraw" in form.data:
        access_end(actor=actor, type_name=type_name, key=key, holder=holder, reason=given["reason"])
        return
    kept = kept_objects(actor, type_name, [key]).get(key)
    if kept is None or "level" not in given:
        raise Forbidden("You may end this access and not give it.", code="not_keeper")
    grant_give(
        actor=actor,
        obj=kept.obj,
        holder=holder,
        level=LEVELS[given["level"]],
        until=given["until"],
        reason=given["reason"],
    )


def _initial(row: Row, column: Column) -> dict[str, Any]:
    """What the form shows first: what the party has."""
    held = [each for each in row.at(column) if each.cell.way == "grant"]
    own = [each for each in held if not each.cell.inherited_from]
    if not own:
        return {}
    first = own[0]
    seat = first.cell.holder.delegation is not None and "seat" in column.holders
    return {
        "holder": "seat" if seat else "party",
        "level": first.level,
        "until": first.cell.until,
    }


def _forum(form: GridForm, given: dict[str, Any]) -> Forum | None:
    """The forum asked for; the first of the caller's where none was named."""
    if "forum" in form.data:
        return form.forums.get(given.get("forum", ""))
    return next(iter(form.forums.values()), None)


def _short(type_name: str, key: UUID) -> str:
    return f"{type_name.replace('_', ' ')} {key}"


def _sees_grid(actor: Actor) -> bool:
    return actor.is_operator or bool(managed_seats(actor))


PAGES = (
    Page(
        route="access/",
        name="access",
        title="Access by country and object",
        view=grid,
        open_to=_sees_grid,
        about="Who has access to what, until when and why; give, narrow and withdraw it.",
    ),
    Page(
        route="access/<str:type_name>/<uuid:key>/<str:column_key>/",
        name="access-cell",
        title="Access of one party to one object",
        view=cell,
        open_to=lambda actor: bool(managed_seats(actor)),
        listed=False,
    ),
)
