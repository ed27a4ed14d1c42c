"""Setting the end of a delegate's or client's time, with what follows from it."""

from datetime import datetime

from .derivation import binding_memberships, delegate_memberships
from .models import ClientBinding, Delegate


def delegate_until(delegate: Delegate, until: datetime | None) -> None:
    """Set the end of a locked delegate's time; one that has not begun ends as it begins."""
    delegate.valid_until = max(until, delegate.valid_from) if until else None
    delegate.revision += 1
    delegate.save(update_fields=["valid_until", "revision"])
    delegate_memberships(delegate, delegate.delegation)


def client_until(binding: ClientBinding, until: datetime | None) -> None:
    """Set until when a service client is good."""
    binding.client.expires_at = until
    binding.client.save(update_fields=["expires_at"])
    binding.revision += 1
    binding.save(update_fields=["revision"])
    binding_memberships(binding, binding.delegation)
