"""A floor that is laid once for all tests of amendments."""

from tests.documents.desk import Desk
from tests.laying import laid

from .floor import Floor, lay_floor


@laid
def floor(desk: Desk) -> Floor:
    """The floor of these tests, beside the desk."""
    return lay_floor(desk)
