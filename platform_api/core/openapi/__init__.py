"""The OpenAPI document: derived from what views declare, committed, and served as it was committed.

Settings read ``config`` from here, before anything of Django may be imported; ``ApiSchema`` is
therefore loaded when it is first asked for.
"""

from typing import TYPE_CHECKING, Any

from .docs import OperationDoc

if TYPE_CHECKING:
    from .schema import ApiSchema

__all__ = ["ApiSchema", "OperationDoc"]


def __getattr__(name: str) -> Any:
    if name == "ApiSchema":
        from .schema import ApiSchema

        return ApiSchema
    raise AttributeError(name)
