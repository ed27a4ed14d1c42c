"""The pages on which people set up, show and renew their second factor."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect

from platform_api.core.errors import Conflict, Invalid
from platform_api.identity.factors.codes import key_picture, key_text
from platform_api.identity.factors.models import Factor
from platform_api.identity.factors.services import (
    CodeOutcome,
    factor_begin,
    factor_confirm,
    factor_remove,
    factor_verify,
    recovery_codes_renew,
)
from platform_api.identity.models import User

from .pages import Page, page_answer
from .standing import FACTOR_KEY, standing_of

_BEGUN = "factor-begun"
"""Where a session keeps the id of the factor that it is setting up."""


class CodeForm(forms.Form):
    """One code, of the app or for recovery."""

    code = forms.CharField(
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}
        ),
    )

    def tell(self, outcome: CodeOutcome) -> None:
        """Say why a code was not taken."""
        wait = f" Wait {outcome.wait} seconds before the next one." if outcome.wait else ""
        self.add_error("code", f"This code is not right, or was used before.{wait}")


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


@csrf_protect
@never_cache
def own_factor(request: HttpRequest) -> HttpResponseBase:
    """Set up the factor at the first sign-in, ask for a code at the next ones, and renew
    recovery codes in a session that has shown it."""
    standing = standing_of(request)
    if not standing.may_enter:
        return HttpResponseRedirect(reverse("admin:login"))
    if standing.is_verified:
        return _own_page(request)
    factor = Factor.objects.filter(user=request.user.pk, confirmed_at__isnull=False).first()
    return _asking(request) if factor else _setting_up(request)


def remove_factor(request: HttpRequest, user_id: Any) -> HttpResponseBase:
    """An operator removes another person's lost factor, with a reason."""
    user = get_object_or_404(User, pk=user_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            factor_remove(
                actor=request.actor,  # type: ignore[attr-defined]  # set by the site
                user=user,
                reason=form.cleaned_data["reason"],
            )
        except Invalid as refusal:
            form.add_error("reason", refusal.errors[0].detail)
        else:
            messages.success(request, f"The second factor of {user} is removed.")
            return HttpResponseRedirect(reverse("admin:identity_user_changelist"))
    return page_answer(
        request,
        "admin/factor_remove.html",
        {"title": f"Remove the second factor of {user}", "form": form, "person": user},
    )


def _setting_up(request: HttpRequest) -> HttpResponseBase:
    actor = standing_of(request).actor
    known = request.session.get(_BEGUN)
    begun = UUID(known) if known else None
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            outcome = factor_confirm(actor=actor, begun=begun, code=form.cleaned_data["code"])
        except Conflict:
            form.add_error("code", "This key has ended. Set your app up with the new one.")
        else:
            if outcome.accepted:
                _remember(request)
                return _shown_once(request, outcome.recovery_codes)
            form.tell(outcome)
    enrolment = factor_begin(actor=actor, begun=begun)
    request.session[_BEGUN] = str(enrolment.factor_id)
    return page_answer(
        request,
        "admin/factor_setup.html",
        {
            "title": "Set up your second factor",
            "form": form,
            "key": key_text(enrolment.key),
            "picture": _picture(request, enrolment.key),
            "next": _next(request),
        },
    )


def _picture(request: HttpRequest, key: bytes) -> SafeString:
    return mark_safe(key_picture(key, request.user.get_username()))  # noqa: S308 - made by segno


def _asking(request: HttpRequest) -> HttpResponseBase:
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outcome = factor_verify(actor=standing_of(request).actor, code=form.cleaned_data["code"])
        if outcome.accepted:
            _remember(request)
            return HttpResponseRedirect(_next(request))
        form.tell(outcome)
    return page_answer(
        request,
        "admin/factor_ask.html",
        {"title": "Your second factor", "form": form, "next": _next(request)},
    )


def _own_page(request: HttpRequest) -> HttpResponseBase:
    if request.method == "POST":
        made = recovery_codes_renew(actor=standing_of(request).actor)
        return _shown_once(request, made)
    factor = Factor.objects.get(user=request.user.pk)
    return page_answer(
        request,
        "admin/factor_own.html",
        {
            "title": "Your second factor",
            "left": factor.recovery_codes.filter(used_at=None).count(),
        },
    )


def _shown_once(request: HttpRequest, recovery_codes: tuple[str, ...]) -> HttpResponseBase:
    return page_answer(
        request,
        "admin/factor_codes.html",
        {"title": "Your recovery codes", "codes": recovery_codes, "next": _next(request)},
    )


def _remember(request: HttpRequest) -> None:
    """Note in the session, under a new key, that it has shown the factor."""
    request.session.cycle_key()
    request.session.pop(_BEGUN, None)
    request.session[FACTOR_KEY] = str(Factor.objects.get(user=request.user.pk).pk)


def _next(request: HttpRequest) -> str:
    target = request.POST.get("next") or request.GET.get("next") or ""
    allowed = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if allowed else reverse("admin:index")


REMOVAL = Page(
    route="factor/<uuid:user_id>/remove/",
    name="factor-removal",
    title="Remove a second factor",
    view=remove_factor,
    open_to=lambda actor: actor.is_operator,
    listed=False,
)
