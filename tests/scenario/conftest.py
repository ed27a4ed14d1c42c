"""The scenario, loaded once for all its tests."""

from platform_api.scenario.loader import Credentials, Loader
from tests.laying import laid


@laid
def scenario() -> Credentials:
    """What the first load of the scenario told."""
    return Loader(progress=lambda step: None).load(renew_credentials=False)
