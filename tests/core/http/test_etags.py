"""Entity tags as they are made and as they are read."""

import pytest

from platform_api.core.errors import Invalid, PreconditionRequired
from platform_api.core.http.etags import etag_of, if_match_revisions, none_match_holds

TAG = '"7.b94d27b9934d3e08a52e52d7da7dabfa"'


def test_a_tag_is_the_revision_and_the_digest_of_the_answer() -> None:
    assert etag_of("7", b"hello world") == TAG
    assert etag_of("", b"hello world") == '"b94d27b9934d3e08a52e52d7da7dabfa"'


@pytest.mark.parametrize(
    ("header", "revisions"),
    [
        ('"7"', ("7",)),
        (TAG, ("7",)),
        (f"W/{TAG}", ("7",)),
        (f' "6" ,{TAG},W/"8" ', ("6", "7", "8")),
        ('"a-b_c"', ("a-b_c",)),
    ],
)
def test_the_revisions_that_if_match_names(header: str, revisions: tuple[str, ...]) -> None:
    assert if_match_revisions(header) == revisions


@pytest.mark.parametrize(
    "header",
    ["", " ", "7", '"7', '7"', '""', '"7" "8"', '"7",,"8"', 'w/"7"', '"a b"', '"7", *', ","],
)
def test_what_is_no_list_of_tags(header: str) -> None:
    with pytest.raises(Invalid) as caught:
        if_match_revisions(header)
    assert [error.code for error in caught.value.errors] == ["malformed_if_match"]


@pytest.mark.parametrize("header", ["*", " * "])
def test_any_revision_is_none(header: str) -> None:
    with pytest.raises(PreconditionRequired):
        if_match_revisions(header)


@pytest.mark.parametrize(
    ("header", "holds"),
    [(TAG, False), (f"W/{TAG}", False), ("*", False), ('"7"', True), ("", True), ("7", True)],
)
def test_if_none_match_is_about_the_whole(header: str, holds: bool) -> None:
    assert none_match_holds(header, TAG) is holds
