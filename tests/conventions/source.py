"""The platform's own source, parsed."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePath

from django.apps import apps
from django.db.models import Model

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("platform_api", "forums", "documents", "policies")


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the platform by its path, migrations left out."""
    return {
        str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8"))
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
        if "migrations" not in path.parts
    }


def is_services(path: str) -> bool:
    """Whether a module is a ``services.py``, or one of a package of that name."""
    pure = PurePath(path)
    return pure.name == "services.py" or pure.parent.name == "services"


def own_models() -> Iterator[type[Model]]:
    """Every concrete model of the platform's own apps."""
    for config in apps.get_app_configs():
        if config.name.partition(".")[0] in PACKAGES:
            yield from config.get_models(include_auto_created=True)


def dotted(node: ast.expr) -> str:
    """``a.b.c`` of an expression, as far as it is made of names."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else "?"
