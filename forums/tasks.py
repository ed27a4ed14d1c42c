"""The register of the app's jobs, where the queue looks for them."""

from .reviews.tasks import reviews

__all__ = ["reviews"]
