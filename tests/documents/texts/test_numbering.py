"""Section numbers count released sections only."""

from hypothesis import given
from hypothesis import strategies as st

from documents.texts.numbering import Node, place


def numbers(nodes):
    return [(placed.id, placed.depth, placed.number) for placed in place(nodes)]


def test_levels_are_numbered_as_chapter_section_and_letter():
    nodes = [
        Node("a", None, "1", True),
        Node("b", None, "2", True),
        Node("b1", "b", "1", True),
        Node("b2", "b", "2", True),
        Node("b2a", "b2", "1", True),
        Node("b2b", "b2", "2", True),
        Node("b2b1", "b2b", "1", True),
    ]

    assert numbers(nodes) == [
        ("a", 0, "1"),
        ("b", 0, "2"),
        ("b1", 1, "2.1"),
        ("b2", 1, "2.2"),
        ("b2a", 2, "2.2.a"),
        ("b2b", 2, "2.2.b"),
        ("b2b1", 3, "2.2.b.1"),
    ]


def test_the_twenty_seventh_letter_is_aa():
    nodes = [Node("c", None, "1", True), Node("s", "c", "1", True)]
    nodes += [Node(f"l{i:02}", "s", f"{i:02}", True) for i in range(27)]

    assert numbers(nodes)[-1] == ("l26", 2, "1.1.aa")


@st.composite
def trees(draw):
    size = draw(st.integers(1, 25))
    nodes = []
    for i in range(size):
        parent = draw(st.sampled_from([None, *range(i)]) if i else st.none())
        released = draw(st.booleans()) and (parent is None or nodes[parent].numbered)
        nodes.append(Node(i, parent, draw(st.text("0123456789", min_size=1, max_size=3)), released))
    return nodes


@given(trees())
def test_unreleased_sections_move_no_number(nodes):
    released_only = [node for node in nodes if node.numbered]

    with_private = {id_: number for id_, _, number in numbers(nodes) if number}

    assert with_private == {id_: number for id_, _, number in numbers(released_only)}


@given(trees())
def test_every_section_is_placed_once_behind_its_parent(nodes):
    order = [id_ for id_, _, _ in numbers(nodes)]

    assert sorted(order) == list(range(len(nodes)))
    for node in nodes:
        if node.parent is not None:
            assert order.index(node.parent) < order.index(node.id)
