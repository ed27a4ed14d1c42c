"""Which texts the models of this app hold, for whoever has to remove one from all of them.

A slice whose rows hang on sections says so by one line in its ``access.register()``, and by one
in a migration (``documents.purging.sql.purgeable``):

    make_purgeable(Comment, "body", "anchor_quote")
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Model


@dataclass(frozen=True, slots=True)
class Purgeable:
    """The columns of a model that may hold what somebody wrote.

    columns: out of which a passage is cut. kept: those that are left as they are, with the reason.
    own_way: the act of purging knows the table itself; else ``<table>_purge`` does it.
    """

    columns: tuple[str, ...]
    kept: Mapping[str, str] = field(default_factory=dict)
    own_way: bool = False


PURGEABLE: dict[type[Model], Purgeable] = {}


def make_purgeable(
    model: type[Model],
    *columns: str,
    kept: Mapping[str, str] | None = None,
    own_way: bool = False,
) -> None:
    """Register the texts of a model, once."""
    if model in PURGEABLE:
        raise ValueError(f"{model.__name__} is registered already")
    PURGEABLE[model] = Purgeable(columns, kept or {}, own_way)
