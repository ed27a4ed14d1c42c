"""Which fragments of the definer functions of the slices are broken, one at a time."""

from .asked import (
    FUNDING,
    GLASS,
    HIDDEN_DOCUMENTS,
    LEDGER,
    MARKED,
    REVIEWS,
    SEARCH,
    SECTIONS_MARKED,
    SIGHT,
    WRITES,
)
from .mutant import Edit

_NOW = "statement_timestamp()"
_GROUPS = "group_id = any(rcp_groups())"

SLICE_FUNCTIONS = (
    Edit(
        "forums_projectgrant_everywhere",
        (*SIGHT, *FUNDING),
        (
            ("all countries", "g.all_countries AND", ""),
            ("whose grant", f"g.{_GROUPS} AND", ""),
            ("the level", "AND p.codename = 'view_project'", ""),
            ("ended", f"g.expires_at > {_NOW}", "true"),
        ),
    ),
    Edit(
        # The type of an offer is no rule: no two objects have one key, of whatever types.
        "[a-z]+_[a-z]+_hand_over",
        ("tests/forums/transfers",),
        (
            ("which transfer", "f.id = transfer AND", ""),
            ("a transfer that is over", "AND f.state = 'offered'", ""),
            ("the receiver's role", "AND g.role = 'head'", ""),
            ("who receives", "AND g.group_id = any(rcp_groups())", ""),
            ("at which seat", "g.holder_id = t.receiver_id", "true"),
            (
                "who owns it meanwhile",
                "WHERE id = t.object_id AND owner_delegation_id = t.giver_id",
                "WHERE id = t.object_id",
            ),
        ),
    ),
    Edit(
        "documents_document_hand_over",
        ("tests/forums/transfers",),
        (("the drafting group", "AND m.delegation_id = d.id", ""),),
    ),
    Edit(
        "documents_section_hand_over",
        ("tests/forums/transfers",),
        (("drafts at home", "AND s.state = 'private_drafting'", "AND false"),),
    ),
    Edit(
        "documents_sections_marked",
        (
            f"{SECTIONS_MARKED}::test_the_database_tells_the_marks_of_what_left_home_to_the_owners_seat_alone",
        ),
        (
            ("drafts at home", "AND s.state <> 'private_drafting'", ""),
            ("whose document", "d.owner_delegation_id = any(rcp_seats())", "true"),
            ("which document", "s.document_id = document AND", ""),
        ),
    ),
    Edit(
        "documents_document_marked",
        (HIDDEN_DOCUMENTS,),
        (
            ("which document", "d.id = document AND", ""),
            ("whose section", "s.owner_delegation_id = any(rcp_seats())", "true"),
            ("a section of which document", "s.document_id = d.id AND", ""),
        ),
    ),
    Edit(
        "documents_section_settle",
        (f"{SECTIONS_MARKED}::test_the_database_settles_what_left_home_for_the_owners_seat_alone",),
        (
            ("drafts at home", "AND s.state <> 'private_drafting'", ""),
            ("whose document", "d.owner_delegation_id = any(rcp_seats())", "true"),
            ("which section", "s.id = section AND", ""),
        ),
    ),
    Edit(
        "documents_version_show",
        (WRITES,),
        (("a live actor", "NOT rcp_live()", "false"),),
    ),
    Edit(
        "forums_opening_row",
        GLASS,
        (
            ("which opening", "o.id = opening AND", ""),
            ("whose opening", "o.operator_id::text = rcp_subject()", "true"),
            ("operators", "AND rcp_operator()", ""),
            ("closed", "AND o.closed_at IS NULL", ""),
            ("over", f"AND o.until > {_NOW}", ""),
        ),
    ),
    Edit(
        "forums_opening_place",
        GLASS,
        (("operators", "rcp_operator()", "true"),),
    ),
    Edit(
        "forums_walled_row",
        GLASS,
        (("tables without a wall", "AND c.relrowsecurity AND c.relforcerowsecurity", ""),),
    ),
    Edit(
        "forums_exposure",
        ("tests/forums/membership/test_exposure.py",),
        (("operators", "NOT rcp_operator()", "false"),),
    ),
    Edit(
        "forums_readings_of",
        ("tests/forums/readings",),
        (
            ("which object", "r.object_id = object\n      AND", ""),
            ("who asks", "r.owner_delegation_id = any(rcp_seats())", "true"),
            ("whose reading", "r.seat_id = any(rcp_seats())", "true"),
        ),
    ),
    Edit(
        "forums_may_review",
        REVIEWS,
        (("whose seat", "seat = any(rcp_managed_seats())", "true"),),
    ),
    Edit(
        "forums_review_grants",
        REVIEWS,
        (
            ("who asks", "NOT forums_may_review(seat)", "false"),
            ("whose grants", "(o.owner_delegation_id = $1 OR r.holder_id = any($2))", "true"),
            ("ended", f"g.expires_at > {_NOW}", "true"),
        ),
    ),
    Edit(
        "forums_review_set_ends",
        REVIEWS,
        (
            ("who asks", "NOT forums_may_review(seat)", "false"),
            ("whose grants", "AND (o.owner_delegation_id = $1 OR r.holder_id = any($2))", ""),
        ),
    ),
    Edit(
        "forums_narrowed_readers",
        MARKED,
        (
            ("who is among those named", "AND forums_group_among(r.group_id, n.releasable_to)", ""),
            ("public texts alone", "AND n.base_id = 1", ""),
            ("parties that are named", "AND g.holder_id = any(n.releasable_to)", ""),
            ("the role", "AND g.role = 'reader'", ""),
        ),
    ),
    Edit(
        "forums_group_among",
        MARKED,
        (("which group", "g.group_id = holder_group AND", ""),),
    ),
    Edit(
        "events_take_ended_grants",
        ("tests/events/test_events_access.py",),
        (
            ("which user", "AND u.email = 'grants@system.invalid'", ""),
            ("not yet ended", f"due.ends_at <= {_NOW}", "true"),
        ),
    ),
    Edit(
        "documents_purge_empty_files",
        ("tests/documents/purging/test_purged_files.py",),
        (
            (
                "files of something else",
                "AND (a.section_id = p.section_id OR a.document_id = p.document_id)",
                "",
            ),
        ),
    ),
    Edit(
        "documents_take_working_copies",
        ("tests/documents/merging/test_working_copies_expire.py",),
        (
            ("which user", "AND u.email = 'working_copies@system.invalid'", ""),
            (
                "not yet due",
                "due.updated_at <= statement_timestamp() - make_interval(days => kept_days)",
                "true",
            ),
        ),
    ),
    Edit(
        "search_find",
        SEARCH,
        (
            ("access lexemes that are asked for", "OR strpos(wanted::text, '@') > 0", ""),
            ("ended grants", f"AND t.until > {_NOW}", ""),
            ("whose ends", "t.token = any($5)", "$5 IS NOT NULL"),
            ("the parent's readers", "w.token = any($5)", "$5 IS NOT NULL"),
            ("ended grants on the parent", f"AND w.until > {_NOW}", ""),
        ),
    ),
    Edit(
        "search_ring",
        SEARCH,
        (
            ("a ring without grants", "IF granted THEN", "IF true THEN"),
            ("scopes of the parent", "WHERE starts_with(r.token, '@g')", ""),
        ),
    ),
    Edit(
        "search_put",
        (WRITES,),
        (("a live actor", "AND NOT rcp_live()", "AND false"),),
    ),
    Edit(
        "search_readers",
        SEARCH,
        (("the level", "AND starts_with(p.codename, ''view_'')", ""),),
    ),
    Edit(
        "search_parent",
        SEARCH,
        (("inheritance that was stopped", "WHEN only_inherited AND", "WHEN false AND"),),
    ),
    Edit(
        "ledger_detail_check_insert",
        LEDGER,
        (
            ("an older entry", "AND e.xid = pg_current_xact_id()", ""),
            ("an entry without details", "AND e.details_hash IS NOT NULL", ""),
        ),
    ),
    Edit(
        "ledger_event_check_insert",
        LEDGER,
        (("an older entry", "AND e.xid = pg_current_xact_id()", ""),),
    ),
    Edit(
        "ledger_detail_check_delete",
        LEDGER,
        (
            ("who deletes", "IF current_user = 'rcp_policy' THEN", "IF true THEN"),
            ("which entry", "AND e.object_id = OLD.entry_id::text", ""),
        ),
    ),
    Edit(
        "ledger_stamp",
        LEDGER,
        (("erasures that nobody made", "AND current_user <> 'rcp_policy'", "AND false"),),
    ),
)
