"""Fixtures of all tests."""

pytest_plugins = ["tests.postgres", "tests.laying", "tests.fixtures", "tests.trial"]
