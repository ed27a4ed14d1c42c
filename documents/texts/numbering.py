"""Section numbers: 1, 1.2, 1.2.a, computed over released sections only. Pure.

A private section has no number and moves nobody else's; nor has a tombstone, in whose place its
children stand.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Node(Generic[K]):
    """What the numbering needs of a section.

    numbered: whether it is released, and stands. deleted: whether it is a tombstone.
    """

    id: K
    parent: K | None
    rank: str
    numbered: bool
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Placed(Generic[K]):
    """A section at its place in the reading order.

    number: None for one at home and for a tombstone. parent: the section that it is shown below.
    """

    id: K
    depth: int
    number: str | None
    parent: K | None
    deleted: bool


def place(nodes: Iterable[Node[K]]) -> list[Placed[K]]:
    """The tree in reading order with numbers; a node whose parent is absent is left out.

    What stands below a tombstone comes where that stood, in its order there.
    """
    by_id: dict[Hashable, Node[K]] = {node.id: node for node in nodes}
    children: dict[Hashable, list[tuple[str, Node[K]]]] = defaultdict(list)
    for node in by_id.values():
        parent, rank = _shown(node, by_id)
        children[parent].append((rank, node))
    for siblings in children.values():
        siblings.sort(key=lambda ranked: (ranked[0], str(ranked[1].id)))
    placed: list[Placed[K]] = []
    pending = _numbered(children[None], 0, "")
    pending.reverse()
    above: dict[K, K | None] = {node.id: None for _, node in children[None]}
    while pending:
        node, depth, number = pending.pop()
        placed.append(Placed(node.id, depth, number, above[node.id], node.deleted))
        below = _numbered(children[node.id], depth + 1, number or "")
        above |= {child.id: node.id for child, *_ in below}
        pending.extend(reversed(below))
    return placed


def _shown(node: Node[K], by_id: Mapping[Hashable, Node[K]]) -> tuple[Hashable, str]:
    """Below what a node is shown, and what orders it there: after a tombstone and before that's
    next sibling come the nodes that it leaves behind."""
    parent, rank = node.parent, node.rank
    while not node.deleted and parent in by_id and by_id[parent].deleted:
        rank = f"{by_id[parent].rank}\0{rank}"
        parent = by_id[parent].parent
    return parent, rank


def _numbered(
    siblings: list[tuple[str, Node[K]]], depth: int, prefix: str
) -> list[tuple[Node[K], int, str | None]]:
    count = 0
    out: list[tuple[Node[K], int, str | None]] = []
    for _, node in siblings:
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
