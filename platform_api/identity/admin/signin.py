"""The first step of signing in to the admin site: e-mail address and password."""

import hashlib
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm

from platform_api.core.registry import registry
from platform_api.identity.actors import actor_of

from .standing import may_enter

ATTEMPTS_AT_ONCE = 10
ATTEMPTS_PER_MINUTE = 4


class SignInForm(AuthenticationForm):
    """Takes those for whom the site has pages; everybody else hears that the password is wrong.

    Attempts at one address are throttled, whoever makes them.
    """

    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": "Address and password do not fit, or there is nothing here for you.",
        "throttled": "Too many attempts. Try again in %(seconds)s seconds.",
    }

    def clean(self) -> dict[str, Any]:
        address = self.cleaned_data.get("username", "").strip().lower()
        if registry.throttle is not None and address:
            digest = hashlib.sha256(address.encode()).hexdigest()
            verdict = registry.throttle.take(
                f"sign-in:{digest}", per_minute=ATTEMPTS_PER_MINUTE, burst=ATTEMPTS_AT_ONCE
            )
            if not verdict.allowed:
                raise forms.ValidationError(
                    self.error_messages["throttled"],
                    code="throttled",
                    params={"seconds": verdict.retry_after_seconds},
                )
        return super().clean()

    def confirm_login_allowed(self, user: Any) -> None:
        if not may_enter(actor_of(user)):
            raise self.get_invalid_login_error()
