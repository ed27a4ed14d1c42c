"""Which fragments of the database's own functions are broken, one at a time.

Functions that one template makes for every table (``…grant_end``) are broken together: whoever
reads the template reads one text.
"""

from .mutant import Edit

_WRITES = "tests/access/test_wall_of_writes.py"
_WALL = "tests/access/test_row_security.py::test_"
_ENDED = "tests/access/test_access_that_ended.py"
_KEPT = "tests/access/test_grants_kept.py"
_FORGED = (
    f"{_WALL}a_forged_actor_sees_nothing_and_breaks_nothing",
    f"{_WALL}an_expired_actor_sees_nothing",
    f"{_WALL}an_actor_signed_with_another_key_sees_nothing",
)
_SIGHT = (
    f"{_WALL}without_an_actor_nothing_is_seen",
    f"{_WALL}what_ends_within_a_transaction_is_lost_at_its_next_statement",
    f"{_WALL}an_operator_who_was_deactivated_is_none",
    f"{_WALL}the_wall_shows_each_persona_the_rows_that_the_application_shows",
    f"{_WALL}a_caller_sees_its_own_grants_and_those_on_its_own_objects",
)
_MANAGERS = f"{_KEPT}::test_managers_are_shown_the_grants_on_their_own_seats_objects_alone"
_GRANTS_END = "tests/forums/granting/test_grants_end.py"
_REVIEWS = (
    "tests/forums/reviews/test_reviewing_functions.py",
    "tests/forums/reviews/test_access_reviews_create.py",
    "tests/forums/reviews/test_access_review_items.py",
)
_MARKED = (
    "tests/forums/marking/test_documents_marked.py",
    "tests/forums/marking/test_sections_marked.py",
    "tests/forums/marking/test_practices_marked.py",
)
_FUNDING = (
    "tests/forums/funding/test_row_security.py",
    "tests/forums/funding/test_transactions_hidden.py",
)
_GLASS = ("tests/administration/test_break_glass.py",)
_LEDGER = (
    "tests/ledger/test_append_only.py",
    "tests/ledger/test_detail_erase.py",
    "tests/ledger/test_record.py",
)
_SEARCH = ("tests/search/test_permission_inside.py", "tests/search/test_sources.py")
_GRANTS = r"[a-z]+_[a-z]+grant"
_NOW = "statement_timestamp()"
_TODAY = "(statement_timestamp() AT TIME ZONE 'UTC')::date"
_GROUPS = "group_id = any(rcp_groups())"

FUNCTIONS = (
    Edit(
        "rcp_subject",
        _FORGED,
        (
            ("a forged signature", "parts[3] IS DISTINCT FROM", "'' IS NULL AND parts[3] <>"),
            (
                "an expired actor",
                "parts[2]::bigint < extract(epoch FROM clock_timestamp())",
                "false",
            ),
            ("more parts than three", "cardinality(parts) <> 3", "false"),
            ("an expiry that is no number", "parts[2] !~ '^[0-9]{1,12}$'", "false"),
        ),
    ),
    Edit(
        "rcp_groups",
        (*_SIGHT, f"{_ENDED}::test_a_seat_for_which_its_managers_ask_shows_nothing_once"),
        (
            ("inactive users", "AND u.is_active", ""),
            (
                "suspension",
                "r.group_id = m.group_id AND r.suspended_at IS NULL",
                "r.group_id = m.group_id",
            ),
            ("not yet begun", f"AND m.valid_from <= {_NOW}", ""),
            ("ended", f"m.valid_until > {_NOW}", "true"),
            ("whose membership", "m.user_id = subject::uuid", "true"),
            ("which seat asks", "d.id = subject::uuid", "true"),
            (
                "a suspended seat asks",
                "ON r.suspended_at IS NULL\n            AND r.holder_id",
                "ON r.holder_id",
            ),
            ("a seat asks before its time", f"d.since <= {_TODAY}", "true"),
            ("a seat asks after its time", f"d.until > {_TODAY}", "true"),
        ),
    ),
    Edit(
        "rcp_scopes",
        _SIGHT,
        (
            ("without an actor", "rcp_subject() IS NULL", "false"),
            ("whose scopes", f"s.{_GROUPS}", "true"),
            ("not yet begun", f"AND s.valid_from <= {_NOW}", ""),
            ("ended", f"s.valid_until > {_NOW}", "true"),
        ),
    ),
    Edit(
        "rcp_live",
        (_WRITES,),
        (("anonymous", "AND subject <> 'public'", ""), ("inactive", "AND u.is_active", "")),
    ),
    Edit(
        "rcp_operator",
        _SIGHT,
        (("inactive", "AND u.is_active", ""), ("everybody", "AND u.is_operator", "")),
    ),
    Edit("rcp_seats", _SIGHT, (("whose seats", _GROUPS, "true"),)),
    Edit(
        "rcp_managed",
        (*_SIGHT, _GRANTS_END),
        (
            ("the role", "role IN ('head', 'access_manager')", "true"),
            ("whose seats", _GROUPS, "true"),
        ),
    ),
    Edit(
        "rcp_managed_seats",
        (*_SIGHT, *_REVIEWS),
        (("the role", "AND role = 'access_manager'", ""), ("whose seats", _GROUPS, "true")),
    ),
    Edit(
        "rcp_reading_seats",
        (*_SIGHT, *_FUNDING),
        (("the role", "AND role = 'reader'", ""), ("whose seats", _GROUPS, "true")),
    ),
    Edit(
        "rcp_reading_countries",
        (*_SIGHT, *_FUNDING),
        (("whose seats", "id = any(rcp_reading_seats())", "true"),),
    ),
    Edit(
        "rcp_overseen_forums",
        (_MANAGERS, _GRANTS_END),
        (
            ("which office", "kind = 'secretariat'", "true"),
            ("whose office", "delegation_id = any(rcp_managed())", "true"),
            ("not yet begun", f"since <= {_TODAY}", "true"),
            ("ended", f"until > {_TODAY}", "true"),
        ),
    ),
    Edit(
        "forums_membership_system",
        (f"{_WALL}a_system_actor_is_shown_what_its_own_work_needs",),
        (("which user", "AND u.email = 'membership@system.invalid'", ""),),
    ),
    Edit(
        "notifications_mailer",
        (f"{_WALL}a_system_actor_is_shown_what_its_own_work_needs",),
        (("which user", "AND u.email = 'mailer@system.invalid'", ""),),
    ),
    Edit(
        f"{_GRANTS}_owned",
        _SIGHT,
        (
            ("whose object", "o.owner_delegation_id = any(rcp_seats())", "true"),
            ("which object", "o.id = object AND", ""),
        ),
    ),
    Edit(
        f"{_GRANTS}_managed",
        (_MANAGERS, _GRANTS_END, *_SIGHT),
        (
            ("whose object", "= any(rcp_managed())", "IS NOT NULL"),
            ("which forum", "= any(rcp_overseen_forums())", "IS NOT NULL"),
            ("which object", "o.id = object AND", ""),
        ),
    ),
    Edit(
        f"{_GRANTS}_sees",
        (_KEPT, *_SIGHT),
        (
            ("whose grant", f"AND g.{_GROUPS}", ""),
            ("which object", "g.content_object_id = object AND", ""),
            ("the level", "AND p.codename = 'view_", "AND p.codename <> 'view_"),
            ("ended", f"g.expires_at > {_NOW}", "true"),
        ),
    ),
    Edit(
        f"{_GRANTS}_overseen",
        ("tests/forums/granting/test_access_matrix.py",),
        (
            ("who asks", "NOT wanted = any(rcp_overseen_forums())", "false"),
            ("which forum", "s.forum_id = wanted AND", ""),
            ("what is its own", "AND NOT s.id = any(rcp_managed())", ""),
            ("ended", f"g.expires_at > {_NOW}", "true"),
            ("the owner's own grants", "AND r.holder_id <> s.id", ""),
        ),
    ),
    Edit(
        f"{_GRANTS}_end",
        (_GRANTS_END,),
        (
            ("who ends", "(known OR r.holder_id = any(rcp_managed()))", "true"),
            ("whose grants", "AND g.group_id = any(groups)", ""),
            ("which object", "g.content_object_id = object AND", ""),
            (
                "the owner's own grants",
                "r.holder_id IS DISTINCT FROM (",
                "gen_random_uuid() IS DISTINCT FROM (",
            ),
        ),
    ),
    Edit(f"{_GRANTS}_lock", (_WRITES,), (("a live actor", "NOT rcp_live()", "false"),)),
    Edit(
        f"{_GRANTS}_releasable",
        (_KEPT,),
        (("to whom", "SELECT NOT EXISTS (", "SELECT true OR NOT EXISTS ("),),
    ),
    Edit(
        f"{_GRANTS}_unreleasable_end",
        (_WRITES,),
        (("a live actor", "NOT rcp_live()", "false"),),
    ),
    Edit(
        f"{_GRANTS}_upkeep",
        ("tests/access/test_grants_kept.py::test_a_permission_of_another_type_is_refused",),
        (("permissions of other types", "IF NOT EXISTS (", "IF false AND NOT EXISTS ("),),
    ),
    Edit(
        "forums_projectgrant_everywhere",
        (*_SIGHT, *_FUNDING),
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
        _MARKED,
        (
            ("drafts at home", "AND s.state <> 'private_drafting'", ""),
            ("whose document", "d.owner_delegation_id = any(rcp_seats())", "true"),
            ("which document", "s.document_id = document AND", ""),
        ),
    ),
    Edit(
        "documents_section_settle",
        _MARKED,
        (
            ("drafts at home", "AND s.state <> 'private_drafting'", ""),
            ("whose document", "d.owner_delegation_id = any(rcp_seats())", "true"),
            ("which section", "s.id = section AND", ""),
        ),
    ),
    Edit(
        "documents_version_show",
        (_WRITES,),
        (("a live actor", "NOT rcp_live()", "false"),),
    ),
    Edit(
        "forums_opening_row",
        _GLASS,
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
        _GLASS,
        (("operators", "rcp_operator()", "true"),),
    ),
    Edit(
        "forums_walled_row",
        _GLASS,
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
        _REVIEWS,
        (("whose seat", "seat = any(rcp_managed_seats())", "true"),),
    ),
    Edit(
        "forums_review_grants",
        _REVIEWS,
        (
            ("who asks", "NOT forums_may_review(seat)", "false"),
            ("whose grants", "(o.owner_delegation_id = $1 OR r.holder_id = any($2))", "true"),
            ("ended", f"g.expires_at > {_NOW}", "true"),
        ),
    ),
    Edit(
        "forums_review_set_ends",
        _REVIEWS,
        (
            ("who asks", "NOT forums_may_review(seat)", "false"),
            ("whose grants", "AND (o.owner_delegation_id = $1 OR r.holder_id = any($2))", ""),
        ),
    ),
    Edit(
        "forums_narrowed_readers",
        _MARKED,
        (
            ("who is among those named", "AND forums_group_among(r.group_id, n.releasable_to)", ""),
            ("public texts alone", "AND n.base_id = 1", ""),
            ("parties that are named", "AND g.holder_id = any(n.releasable_to)", ""),
            ("the role", "AND g.role = 'reader'", ""),
        ),
    ),
    Edit(
        "forums_group_among",
        _MARKED,
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
        "search_find",
        _SEARCH,
        (
            ("access lexemes that are asked for", "OR strpos(wanted::text, '@') > 0", ""),
            ("ended grants", f"AND t.until > {_NOW}", ""),
            ("whose ends", "t.token = any($5)", "$5 IS NOT NULL"),
        ),
    ),
    Edit(
        "search_put",
        (_WRITES,),
        (("a live actor", "AND NOT rcp_live()", "AND false"),),
    ),
    Edit(
        "search_readers",
        _SEARCH,
        (("the level", "AND starts_with(p.codename, ''view_'')", ""),),
    ),
    Edit(
        "search_parent",
        _SEARCH,
        (("inheritance that was stopped", "WHEN only_inherited AND", "WHEN false AND"),),
    ),
    Edit(
        "ledger_detail_check_insert",
        _LEDGER,
        (
            ("an older entry", "AND e.xid = pg_current_xact_id()", ""),
            ("an entry without details", "AND e.details_hash IS NOT NULL", ""),
        ),
    ),
    Edit(
        "ledger_event_check_insert",
        _LEDGER,
        (("an older entry", "AND e.xid = pg_current_xact_id()", ""),),
    ),
    Edit(
        "ledger_detail_check_delete",
        _LEDGER,
        (
            ("who deletes", "IF current_user = 'rcp_policy' THEN", "IF true THEN"),
            ("which entry", "AND e.object_id = OLD.entry_id::text", ""),
        ),
    ),
    Edit(
        "ledger_stamp",
        _LEDGER,
        (("erasures that nobody made", "AND current_user <> 'rcp_policy'", "AND false"),),
    ),
)
