"""``visible_to`` is the only way to rows of a protected model."""

import ast
from collections.abc import Iterator
from pathlib import PurePath

import pytest
from django.apps import apps

from platform_api.core.registry import registry

from .source import dotted, is_services, modules

pytestmark = pytest.mark.conventions

MODULES = ("models.py", "selectors.py", "access.py")
"""What these and services are for includes reading rows whoever asks; each function there answers
for it."""

ALLOWED = {
    "platform_api/search/management/commands/reindex_search.py": "reads every text, as the owner",
    "forums/administration/grid.py": "live grants: row-level security shows a manager its objects'",
    "forums/administration/sight.py": "calls visible_to on the manager, and none() for nobody",
    "forums/admin.py": "names the holder of a role group on an operator's page",
    "documents/texts/unclassified.py": "the text before a write, for the services",
    "documents/texts/writing.py": "locks sections and reads siblings for the services",
    "documents/comments/recording.py": "services that lock a comment and tell of it",
    "documents/comments/rings.py": "compiles the scopes of comments",
    "documents/attachments/verification.py": "reads every file, as the owner",
    "documents/purging/cutting.py": "services that carry a purge out, under their locks",
    "documents/amendments/writing.py": "services that lock an amendment and name its revisions",
    "documents/merging/keeping.py": "services that keep what clashed",
    "documents/merging/telling.py": "the present revision of the chain that the caller sees",
    "documents/texts/marking.py": "compiles the scopes of documents and sections",
    "forums/funding/keeping.py": "services that lock a project",
    "forums/funding/views.py": "organisations and countries named in a body: reference data",
    "forums/funding/visibility.py": "states the condition of transactions",
    "forums/granting/telling.py": "the slug of the forum in which a told seat sits",
    "forums/marking/compiling.py": "the home scope of an owner or a secretariat",
    "forums/granting/explaining.py": "people and seats of the own seat; the rest by visible_to",
    "forums/granting/seats.py": "names seats, and asks what a seat itself may",
    "forums/granting/tables.py": "services' rows of any grant table",
    "forums/granting/views.py": "calls visible_to on the manager",
    "platform_api/core/access_explained.py": "asks each way of the condition",
    "platform_api/core/access_paths.py": "states the condition itself",
    "forums/membership/derivation.py": "derives the readers of a forum from all its seats",
    "forums/membership/appointing.py": "the rules of the services that appoint",
    "forums/membership/suspensions/exposure.py": "who acted for a seat, as an operator",
    "forums/marking/telling.py": "asks for the grants on an object, within services",
    "forums/reviews/subjects.py": "reads and writes ends for the services of reviews",
    "platform_api/events/feed.py": "calls visible_to on the manager",
    "platform_api/core/access.py": "states the condition itself",
    "platform_api/core/feed.py": "loads from a queryset of visible rows",
    "platform_api/core/http/idempotency.py": "filters by the condition itself",
    "platform_api/core/http/references.py": "filters by the condition itself",
    "platform_api/core/http/views.py": "calls visible_to on the manager, and none() for a shape",
    "platform_api/scenario/funding.py": "looks whether what it loads is there",
    "platform_api/scenario/meetings.py": "looks whether what it loads is there",
    "platform_api/scenario/policies.py": "looks whether what it loads is there",
    "platform_api/search/finding.py": "calls visible_to on the manager",
    "policies/audience.py": "services' questions about seats, which everybody may name",
    "policies/practices/lineage.py": "services that lock a practice and look for cycles",
    "policies/practices/sharing.py": "lists the shares of a practice to its owner",
    "platform_api/scenario/loader.py": "looks whether what it loads is there, as an operator",
}

_GRANTS = {each.grants for each in registry.protections}
_OPEN = {
    model.__name__
    for model in apps.get_models()
    if not registry.is_protected(model) and model not in _GRANTS
}
_MANAGERS = ("objects", "_default_manager", "_base_manager")


def _uses() -> Iterator[tuple[str, int, str]]:
    """Where a manager that may be of a protected model or grant table is used for else than
    ``visible_to``; a receiver that is not the name of an open model counts as one."""
    for path, module in modules().items():
        parents = {child: node for node in ast.walk(module) for child in ast.iter_child_nodes(node)}
        for node in ast.walk(module):
            if not (isinstance(node, ast.Attribute) and node.attr in _MANAGERS):
                continue
            receiver = dotted(node.value)
            after = parents.get(node)
            through = after.attr if isinstance(after, ast.Attribute) else ""
            if receiver not in _OPEN and through != "visible_to":
                yield path, node.lineno, f"{receiver}.{node.attr}.{through}"


def test_protected_rows_are_reached_through_visible_to_alone() -> None:
    found = [
        f"{path}:{line} {what}"
        for path, line, what in _uses()
        if PurePath(path).name not in MODULES and not is_services(path) and path not in ALLOWED
    ]
    assert found == []


def test_the_list_of_allowed_modules_names_what_there_is() -> None:
    assert set(ALLOWED) <= set(modules())


def test_no_view_or_serializer_reads_by_raw_sql() -> None:
    """``raw``, ``extra`` and cursors belong to modules that answer for their statements."""
    found = [
        f"{path}:{node.lineno} .{node.func.attr}"
        for path, module in modules().items()
        if PurePath(path).name in ("views.py", "serializers.py", "admin.py", "examples.py")
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("raw", "extra", "cursor", "execute")
    ]
    assert found == []
