"""A folder for servers: its path is short enough for a socket, and nothing of it stays."""

import shutil
import tempfile
from pathlib import Path

import pytest

from tests.folders import quick_folder


@pytest.fixture
def folder():
    path = Path(tempfile.mkdtemp(prefix="rcp-ops-", dir=quick_folder()))
    yield path
    shutil.rmtree(path)
