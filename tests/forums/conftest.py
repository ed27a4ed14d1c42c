from tests.fixtures import *  # noqa
