"""The document as it is made, written and read."""

# drf-spectacular is typed in part only.
# mypy: disable-error-code=no-untyped-call

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.utils import translation
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator

from .config import DOCUMENT_FILE

Schema = dict[str, Any]


class NotClean(Exception):
    """The views do not say enough for a document that is right; the messages say where."""


def generate() -> Schema:
    """The document of the views as they are. Needs no database. Raises NotClean."""
    with translation.override("en"), GENERATOR_STATS.silence():
        document = SchemaGenerator().get_schema(public=True)
    messages = [*GENERATOR_STATS._warn_cache, *GENERATOR_STATS._error_cache]
    if messages:
        raise NotClean("\n".join(messages))
    plain: Schema = json.loads(json.dumps(document))
    return plain


def render(document: Schema) -> str:
    """The document as YAML, the same for the same document."""
    return yaml.dump(
        document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100, indent=2
    )


def committed_path() -> Path:
    """Where the document is committed."""
    return Path(settings.BASE_DIR) / DOCUMENT_FILE


@lru_cache(maxsize=1)
def committed() -> Schema:
    """The committed document; it can't change while the process lives."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = committed_path().read_text(encoding="utf-8")
    document: Schema = yaml.load(text, Loader=loader)  # noqa: S506 - both loaders are safe
    return document


class _Dumper(yaml.SafeDumper):
    """Writes longer texts as blocks, indents lists, and repeats rather than makes anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)
