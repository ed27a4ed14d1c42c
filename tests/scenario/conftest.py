"""The scenario, loaded once for all its tests."""

from platform_api.scenario.loader import Loader
from tests.laying import laid


@laid
def scenario() -> None:
    """The scenario, without new credentials."""
    Loader(progress=lambda step: None).load(renew_credentials=False)
