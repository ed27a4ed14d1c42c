"""The platform's settings as the tests and the development tools use them.

They exist because the settings are read before any conftest: what the environment must say is said
here. ``tests/postgres.py`` points the database at the server of the run.
"""

import os

os.environ.setdefault("TRIAL", "1")
# Tests log in as a superuser; the application takes on this role inside each request.
os.environ.setdefault("DATABASE_RUNTIME_ROLE", "rcp_runtime")

from platform_api.settings import *  # noqa: F403 - the environment comes first

# Files that tests attach, gone with the process; the storage of a real instance has its own tests.
STORAGES["attachments"] = {  # noqa: F405 - as above
    "BACKEND": "django.core.files.storage.InMemoryStorage"
}
# How long a person's password takes to try is no test's matter.
PASSWORD_HASHERS.insert(0, "django.contrib.auth.hashers.MD5PasswordHasher")  # noqa: F405 - as above
