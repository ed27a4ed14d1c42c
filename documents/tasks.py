"""The register of the app's jobs, where the queue looks for them."""

from .attachments.tasks import attachment_removal, attachments

__all__ = ["attachment_removal", "attachments"]
