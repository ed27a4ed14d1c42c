"""Whether the process lives and whether it can serve, for supervisors and balancers."""

from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .acts import JSON
from .renderers import render_json

_migrated: set[str] = set()
"""Databases seen with every migration; the answer can't change while the process lives."""


@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers at all."""
    return _json({"status": "ok"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and has every migration, 503 otherwise."""
    checks = {"database": _database(), "migrations": "unknown"}
    if checks["database"] == "ok":
        checks["migrations"] = _migrations()
    is_ready = set(checks.values()) == {"ok"}
    status = "ok" if is_ready else "unavailable"
    return _json({"status": status, "checks": checks}, 200 if is_ready else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError):
        return "unreachable"
    return "ok"


def _migrations() -> str:
    name = str(connection.settings_dict["NAME"])
    if name in _migrated:
        return "ok"
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except (DatabaseError, InterfaceError):
        return "unknown"
    if pending:
        return "pending"
    _migrated.add(name)
    return "ok"


def _json(body: object, status: int = 200) -> HttpResponse:
    return HttpResponse(render_json(body), status=status, content_type=JSON)
