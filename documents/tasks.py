"""The register of the app's jobs, where the queue looks for them."""

from .attachments.tasks import attachment_removal, attachments
from .merging.tasks import working_copies

__all__ = ["attachment_removal", "attachments", "working_copies"]
