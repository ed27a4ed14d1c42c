"""Generated texts and edits of them, for the properties of merge, comparison and anchors."""

import os

from hypothesis import settings
from hypothesis import strategies as st

MANY = settings(max_examples=int(os.environ.get("HYPOTHESIS_EXAMPLES", "40")), deadline=None)
"""Thousands in ``make check``."""

_WORDS = (
    "report complaint commander adviser ministry training rule protection deadline procedure "
    "izvještaj prigovor komandir savjetnik rok postupak извештај пријава рок поступак заштита"
)
WORDS = _WORDS.split()

sentence = st.lists(st.sampled_from(WORDS), min_size=2, max_size=8).map(
    lambda words: " ".join(words).capitalize() + "."
)
paragraph = st.lists(sentence, min_size=1, max_size=4).map(" ".join)
item = sentence.map(lambda text: f"- {text}")
items = st.lists(item, min_size=1, max_size=4).map("\n".join)
row = st.lists(st.sampled_from(WORDS), min_size=2, max_size=2).map(
    lambda cells: "| " + " | ".join(cells) + " |"
)
table = st.lists(row, min_size=1, max_size=3).map(
    lambda rows: "\n".join([rows[0], "|---|---|", *rows[1:]])
)
heading = sentence.map(lambda text: f"## {text}")
fence = st.lists(sentence, max_size=3).map(lambda lines: "\n\n".join(["```", *lines, "```"]))
block = st.one_of(paragraph, paragraph, items, table, heading, fence)
text = st.lists(block, max_size=8).map(lambda blocks: "\n\n".join(blocks) + "\n" * bool(blocks))

wild = st.text(alphabet=st.sampled_from("ab Ж.!?\n\n\t-|#>`~1)[^]:\r\u2028\u00a0"), max_size=120)
"""Anything, with what means something to Markdown in it."""
