"""Section numbers: 1, 1.2, 1.2.a, computed over released sections only. Pure.

A private section has no number and moves nobody else's.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Node(Generic[K]):
    """What the numbering needs of a section. numbered: whether it is released."""

    id: K
    parent: K | None
    rank: str
    numbered: bool


@dataclass(frozen=True, slots=True)
class Placed(Generic[K]):
    """A section at its place in the reading order; number is None for an unreleased one."""

    id: K
    depth: int
    number: str | None


def place(nodes: Iterable[Node[K]]) -> list[Placed[K]]:
    """The tree in reading order with numbers; a node whose parent is absent is left out."""
    children: dict[K | None, list[Node[K]]] = defaultdict(list)
    for node in nodes:
        children[node.parent].append(node)
    for siblings in children.values():
        siblings.sort(key=lambda node: (node.rank, str(node.id)))
    placed: list[Placed[K]] = []
    pending = _numbered(children[None], 0, "")
    pending.reverse()
    while pending:
        node, depth, number = pending.pop()
        placed.append(Placed(node.id, depth, number))
        below = _numbered(children[node.id], depth + 1, number or "")
        pending.extend(reversed(below))
    return placed


def _numbered(
    siblings: list[Node[K]], depth: int, prefix: str
) -> list[tuple[Node[K], int, str | None]]:
    count = 0
    out: list[tuple[Node[K], int, str | None]] = []
    for node in siblings:
        number = None
        if node.numbered:
            count += 1
            label = _letters(count) if depth == 2 else str(count)
            number = f"{prefix}.{label}" if prefix else label
        out.append((node, depth, number))
    return out


def _letters(count: int) -> str:
    """1 → a, 26 → z, 27 → aa."""
    out = ""
    while count:
        count, digit = divmod(count - 1, 26)
        out = chr(ord("a") + digit) + out
    return out
