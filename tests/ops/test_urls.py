"""Database URLs, the one form in which connection settings enter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platform_api.ops.urls import database_from_url, database_url


def test_a_network_url_becomes_connection_settings():
    assert database_from_url("postgresql://rcp_owner:s%2Fe%40c@db.example:5433/rcp") == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "rcp",
        "USER": "rcp_owner",
        "PASSWORD": "s/e@c",
        "HOST": "db.example",
        "PORT": "5433",
    }


def test_a_socket_url_becomes_connection_settings():
    settings = database_from_url("postgresql://rcp_runtime:pw@/rcp?host=/var/run/a%20b")
    assert (settings["HOST"], settings["PORT"]) == ("/var/run/a b", "")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "rcp",
        "mysql://u:p@h/rcp",
        "sqlite:///rcp.db",
        "postgresql://u:p@h",
        "postgresql://u:p@h/",
        "postgresql://u:p@h/a/b",
        "postgresql://h/rcp",
        "postgresql://u:p@h:port/rcp",
        "postgresql://u:p@h:99999/rcp",
        "postgresql://u:hunter%2@h/rcp",
        "postgresql://u:hunter#2@h/rcp",
        "postgresql://u:hunter2@[h/rcp",
        "postgresql://u:hunter2@h/rcp?sslmode=require",
        "postgresql://u:hunter2@h/rcp?host=/run",
        "postgresql://u:hunter2@/rcp?host=relative",
        "postgresql://u:hunter2@/rcp?host=/a&host=/b",
    ],
)
def test_anything_else_is_refused_without_repeating_the_password(url):
    with pytest.raises(ValueError, match="A database URL looks like") as refused:
        database_from_url(url)
    assert "hunter" not in str(refused.value)


@pytest.mark.properties
@given(
    user=st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    password=st.text(st.characters(exclude_categories=["Cs"])),
    name=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="/"), min_size=1),
    host=st.sampled_from(["db.example", "10.0.0.1", "::1", "/run/my socket/č&=%", ""]),
    port=st.none() | st.integers(1, 65535),
)
def test_what_is_written_is_read_back(user, password, name, host, port):
    url = database_url(user=user, password=password, name=name, host=host or "/tmp", port=port)
    settings = database_from_url(url)
    assert settings["USER"] == user
    assert settings["PASSWORD"] == password
    assert settings["NAME"] == name
    assert settings["HOST"] == (host or "/tmp")
    assert settings["PORT"] == str(port or "")
