"""Shows JSON from standard input, for the README's walk-through.

show.py                        the whole, indented
show.py items.0.id             one value, by its path
show.py 'items[title=Serbia].id'
show.py --rows number title    some members of each item, as columns
"""

import json
import re
import sys
from typing import Any

_STEP = re.compile(r"(\w+)(?:\[(\w+)=([^\]]*)\])?")


def pick(value: Any, path: str) -> Any:
    """The value at a dotted path; ``name[member=text]`` finds an element of a list."""
    for step in re.findall(r"[^.\[]+(?:\[[^\]]*\])?", path):
        match = _STEP.fullmatch(step)
        if match is None:
            raise SystemExit(f"show.py: {step!r} is no step of a path")
        name, member, wanted = match.groups()
        try:
            value = value[int(name)] if isinstance(value, list) else value[name]
        except (KeyError, IndexError, ValueError):
            raise SystemExit(f"show.py: nothing at {step!r} in {json.dumps(value)[:300]}") from None
        if member:
            found = [item for item in value if str(item.get(member)) == wanted]
            if not found:
                raise SystemExit(f"show.py: no element with {member} {wanted!r}")
            value = found[0]
    return value


def rows(items: list[dict[str, Any]], names: list[str]) -> str:
    """The named members of each item in aligned columns; the last column is not padded."""
    table = [[_text(item.get(name)) for name in names] for item in items]
    widths = [max((len(row[i]) for row in table), default=0) for i in range(len(names) - 1)]
    return "\n".join(
        "  ".join([*(cell.ljust(w) for cell, w in zip(row, widths, strict=False)), row[-1]])
        for row in table
    )


def _text(value: Any) -> str:
    if value is None:
        return "-"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def main(arguments: list[str]) -> None:
    """Read standard input and print what was asked for."""
    given = json.load(sys.stdin)
    if arguments[:1] == ["--rows"]:
        print(rows(given["items"], arguments[1:]))
    elif arguments:
        value = pick(given, arguments[0])
        print(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2))
    else:
        print(json.dumps(given, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main(sys.argv[1:])
