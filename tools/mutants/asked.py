"""Tests that are likely to notice, by what they look at."""

WRITES = "tests/access/test_wall_of_writes.py"
WALL = "tests/access/test_row_security.py::test_"
ENDED = "tests/access/test_access_that_ended.py"
KEPT = "tests/access/test_grants_kept.py"
FORGED = (
    f"{WALL}a_forged_actor_sees_nothing_and_breaks_nothing",
    f"{WALL}an_expired_actor_sees_nothing",
    f"{WALL}an_actor_signed_with_another_key_sees_nothing",
)
SIGHT = (
    f"{WALL}without_an_actor_nothing_is_seen",
    f"{WALL}what_ends_within_a_transaction_is_lost_at_its_next_statement",
    f"{WALL}an_operator_who_was_deactivated_is_none",
    f"{WALL}the_wall_shows_each_persona_the_rows_that_the_application_shows",
    f"{WALL}a_caller_sees_its_own_grants_and_those_on_its_own_objects",
)
MANAGERS = f"{KEPT}::test_managers_are_shown_the_grants_on_their_own_seats_objects_alone"
GRANTS_END = "tests/forums/granting/test_grants_end.py"
REVIEWS = (
    "tests/forums/reviews/test_reviewing_functions.py",
    "tests/forums/reviews/test_access_reviews_create.py",
    "tests/forums/reviews/test_access_review_items.py",
)
SECTIONS_MARKED = "tests/forums/marking/test_sections_marked.py"
HIDDEN_DOCUMENTS = "tests/forums/marking/test_hidden_documents.py"
MARKED = (
    "tests/forums/marking/test_documents_marked.py",
    SECTIONS_MARKED,
    "tests/forums/marking/test_practices_marked.py",
)
FUNDING = (
    "tests/forums/funding/test_row_security.py",
    "tests/forums/funding/test_transactions_hidden.py",
)
GLASS = ("tests/administration/test_break_glass.py",)
LEDGER = (
    "tests/ledger/test_append_only.py",
    "tests/ledger/test_detail_erase.py",
    "tests/ledger/test_record.py",
)
SEARCH = (
    "tests/search/test_permission_inside.py",
    "tests/documents/comments/test_comments_search.py",
    "tests/search/test_sources.py",
)
TABLE = "tests/access/test_matrix_decide.py::test_every_persona_may_do_exactly_what_the_table_says"
FEED = "tests/access/test_feed_equals_visible.py"
WITHOUT_SIGHT = f"{FEED}::test_a_grant_without_sight_gives_nothing"
ENDS_BETWEEN = f"{FEED}::test_a_grant_that_ends_between_two_pages_is_honoured_on_the_second"
DECIDED = tuple(
    f"{TABLE}[{name}"
    for name in ("section: private", "section: released", "document: public", "document: national")
)
