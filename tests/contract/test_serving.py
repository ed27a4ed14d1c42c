"""The document and its page, as they are served."""

import gzip
import json
import re

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client

from platform_api.core.openapi.document import committed

pytestmark = pytest.mark.contract

JSON = "/api/v1/openapi.json"


@pytest.fixture
def client() -> Client:
    return Client()


def test_the_document_needs_no_credential(client: Client) -> None:
    response = client.get(JSON)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    assert json.loads(response.content) == committed()


def test_the_older_rendition_is_served_too(client: Client) -> None:
    document = client.get("/api/v1/openapi-3.0.json").json()
    assert document["openapi"] == "3.0.3"
    assert list(document["paths"]) == list(committed()["paths"])


def test_who_has_it_gets_304(client: Client) -> None:
    etag = client.get(JSON)["ETag"]
    assert re.fullmatch(r'"[0-9a-f]{32}"', etag)
    response = client.get(JSON, headers={"If-None-Match": etag})
    assert (response.status_code, response.content) == (304, b"")
    assert response["ETag"] == etag


def test_gzip_has_a_tag_of_its_own(client: Client) -> None:
    plain = client.get(JSON)
    packed = client.get(JSON, headers={"Accept-Encoding": "br, gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed["ETag"] != plain["ETag"]
    assert "Accept-Encoding" in packed["Vary"]
    stale = client.get(JSON, headers={"If-None-Match": packed["ETag"]})
    assert stale.status_code == 200


@pytest.mark.parametrize("accepted", ["identity", "gzip;q=0", "br"])
def test_gzip_is_not_forced_on_anybody(client: Client, accepted: str) -> None:
    response = client.get(JSON, headers={"Accept-Encoding": accepted})
    assert "Content-Encoding" not in response


@pytest.mark.parametrize("path", [JSON, "/api/v1/openapi-3.0.json", "/api/v1/docs"])
def test_other_methods_are_refused_as_problems(client: Client, path: str) -> None:
    response = client.post(path)
    assert response.status_code == 405
    assert response["Content-Type"] == "application/problem+json"


def test_the_page_loads_only_files_of_our_own(client: Client) -> None:
    response = client.get("/api/v1/docs")
    page = response.content.decode()
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert len(addresses) >= 4
    for address in addresses:
        if address.startswith("/static/"):
            assert finders.find(address.removeprefix("/static/")), address
        else:
            assert address == JSON
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\bon\w+=|style=", page)


def test_the_page_has_a_strict_policy(client: Client) -> None:
    policy = client.get("/api/v1/docs")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_the_command_finds_the_committed_document_up_to_date(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call_command("openapi", check=True)
    assert "up to date" in capsys.readouterr().out
