"""ASGI entry point, for servers that speak it; the API itself is served by WSGI."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "platform_api.settings")

application = get_asgi_application()
