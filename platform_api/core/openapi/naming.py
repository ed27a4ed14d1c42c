"""Names of operations, derived from their paths: stable, because paths are."""

import inflection

_VERBS = {"update": "replace", "partial_update": "update", "destroy": "delete"}
_PREFIX = ("api", "v1")


def operation_id(path: str, action: str, ability: str | None) -> str:
    """``<resource>_<verb>``: ``documents_list``, ``document_sections_list``, ``sections_release``.

    A change whose ability is ``revise`` is called that; an action is called by its last segment.
    """
    statics = _statics(path)
    verb = action.replace("-", "_")
    if len(statics) > 1 and path.endswith(f"/{statics[-1]}") and _snake(statics[-1]) == verb:
        statics = statics[:-1]
    elif action == "partial_update" and ability == "revise":
        verb = "revise"
    else:
        verb = _VERBS.get(verb, verb)
    return f"{resource_name(statics)}_{verb}"


def resource_name(statics: list[str]) -> str:
    """The resource that static segments name: all but the last in the singular."""
    return "_".join(
        [*(inflection.singularize(_snake(s)) for s in statics[:-1]), _snake(statics[-1])]
    )


def tag(path: str) -> str:
    """The collection that a path begins with."""
    return _statics(path)[0]


def owner_of(path: str, variable: str) -> str:
    """What a path variable identifies, in the singular: ``document``."""
    before = path.partition("{" + variable + "}")[0].rstrip("/").rpartition("/")[2]
    return inflection.singularize(_snake(before))


def words(name: str) -> str:
    """A snake_case name as words."""
    return name.replace("_", " ")


def component(type_name: str) -> str:
    """The component name of a snake_case type name."""
    return inflection.camelize(type_name)


def _statics(path: str) -> list[str]:
    parts = [part for part in path.split("/") if part and not part.startswith("{")]
    return parts[2:] if tuple(parts[:2]) == _PREFIX else parts


def _snake(segment: str) -> str:
    return segment.replace("-", "_").replace(".", "_")
