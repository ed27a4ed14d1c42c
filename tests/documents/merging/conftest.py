"""A text that two delegations write."""

from documents.texts.models import Section
from tests.laying import laid

from .support import TEXT


@laid
def rule(desk) -> Section:
    """A common section of Serbia and Albania."""
    return desk.section(common=True, title="Deadlines", body=TEXT)
