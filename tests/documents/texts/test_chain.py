"""The hash chain of revisions."""

from hypothesis import given
from hypothesis import strategies as st

from documents.texts.chain import GENESIS, content_digest, link, release_commitment


@given(st.text(), st.text(), st.text(), st.text())
def test_moving_text_between_title_and_body_changes_the_digest(a, b, c, d):
    first = content_digest(title=a, body=b, language="en")
    second = content_digest(title=c, body=d, language="en")

    assert (first == second) == ((a, b) == (c, d))


def test_a_link_depends_on_every_link_before_it():
    contents = [content_digest(title=str(i), body="", language="en") for i in range(3)]
    chain = GENESIS
    for content in contents:
        chain = link(chain, content)
    other = link(link(link(GENESIS, contents[1]), contents[0]), contents[2])

    assert chain != other


def test_a_commitment_without_its_salt_tells_nothing_of_the_chain_it_binds():
    home = link(GENESIS, content_digest(title="t", body="b", language="en"))

    assert release_commitment(b"1" * 32, home) != release_commitment(b"2" * 32, home)
    assert release_commitment(b"1" * 32, home) == release_commitment(b"1" * 32, home)
