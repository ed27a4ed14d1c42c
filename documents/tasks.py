"""The register of the app's jobs, where the queue looks for them."""

from .attachments.tasks import attachments

__all__ = ["attachments"]
