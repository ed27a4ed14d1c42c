"""Fixtures of all tests."""

pytest_plugins = ["tests.postgres", "tests.fixtures", "tests.trial"]
