"""Which fragments of the database's own functions are broken, one at a time.

Functions that one template makes for every table (``…grant_end``) are broken together: whoever
reads the template reads one text.
"""

from .mutant import Edit

_WALL = ("tests/access/test_wall_of_writes.py", "tests/access/test_row_security.py")
_GRANTING = ("tests/forums/granting", *_WALL)
_GRANTS = r"[a-z]+_[a-z]+grant"
_NOW = "statement_timestamp()"
_TODAY = "(statement_timestamp() AT TIME ZONE 'UTC')::date"
_GROUPS = "group_id = any(rcp_groups())"

FUNCTIONS = (
    Edit(
        "rcp_subject",
        _WALL,
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
        (*_WALL, "tests/forums/granting"),
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
        _WALL,
        (
            ("without an actor", "rcp_subject() IS NULL", "false"),
            ("whose scopes", f"s.{_GROUPS}", "true"),
            ("not yet begun", f"AND s.valid_from <= {_NOW}", ""),
            ("ended", f"s.valid_until > {_NOW}", "true"),
        ),
    ),
    Edit(
        "rcp_live",
        _WALL,
        (("anonymous", "AND subject <> 'public'", ""), ("inactive", "AND u.is_active", "")),
    ),
    Edit(
        "rcp_operator",
        (*_WALL, "tests/administration", "tests/forums/membership"),
        (("inactive", "AND u.is_active", ""), ("everybody", "AND u.is_operator", "")),
    ),
    Edit("rcp_seats", _WALL, (("whose seats", _GROUPS, "true"),)),
    Edit(
        "rcp_managed",
        _GRANTING,
        (
            ("the role", "role IN ('head', 'access_manager')", "true"),
            ("whose seats", _GROUPS, "true"),
        ),
    ),
    Edit(
        "rcp_managed_seats",
        (*_WALL, "tests/forums/membership", "tests/forums/reviews"),
        (("the role", "AND role = 'access_manager'", ""), ("whose seats", _GROUPS, "true")),
    ),
    Edit(
        "rcp_reading_seats",
        (*_WALL, "tests/forums/funding"),
        (("the role", "AND role = 'reader'", ""), ("whose seats", _GROUPS, "true")),
    ),
    Edit(
        "rcp_reading_countries",
        (*_WALL, "tests/forums/funding"),
        (("whose seats", "id = any(rcp_reading_seats())", "true"),),
    ),
    Edit(
        "rcp_overseen_forums",
        _GRANTING,
        (
            ("which office", "kind = 'secretariat'", "true"),
            ("whose office", "delegation_id = any(rcp_managed())", "true"),
            ("not yet begun", f"since <= {_TODAY}", "true"),
            ("ended", f"until > {_TODAY}", "true"),
        ),
    ),
    Edit(
        "forums_membership_system",
        (*_WALL, "tests/forums/membership", "tests/forums/reviews"),
        (("which user", "AND u.email = 'membership@system.invalid'", ""),),
    ),
    Edit(
        "notifications_mailer",
        ("tests/notifications", *_WALL),
        (("which user", "AND u.email = 'mailer@system.invalid'", ""),),
    ),
    Edit(
        f"{_GRANTS}_owned",
        _WALL,
        (
            ("whose object", "o.owner_delegation_id = any(rcp_seats())", "true"),
            ("which object", "o.id = object AND", ""),
        ),
    ),
    Edit(
        f"{_GRANTS}_managed",
        (*_WALL, "tests/forums/granting"),
        (
            ("whose object", "= any(rcp_managed())", "IS NOT NULL"),
            ("which forum", "= any(rcp_overseen_forums())", "IS NOT NULL"),
            ("which object", "o.id = object AND", ""),
        ),
    ),
    Edit(
        f"{_GRANTS}_sees",
        (*_WALL, "tests/forums/meetings", "tests/documents/versions"),
        (
            ("whose grant", f"AND g.{_GROUPS}", ""),
            ("which object", "g.content_object_id = object AND", ""),
            ("the level", "AND p.codename = 'view_", "AND p.codename <> 'view_"),
            ("ended", f"g.expires_at > {_NOW}", "true"),
        ),
    ),
    Edit(
        f"{_GRANTS}_overseen",
        _GRANTING,
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
        _GRANTING,
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
    Edit(f"{_GRANTS}_lock", _GRANTING, (("a live actor", "NOT rcp_live()", "false"),)),
    Edit(
        f"{_GRANTS}_releasable",
        ("tests/forums/marking", "tests/forums/granting"),
        (("to whom", "SELECT NOT EXISTS (", "SELECT true OR NOT EXISTS ("),),
    ),
    Edit(
        f"{_GRANTS}_unreleasable_end",
        ("tests/forums/marking", *_WALL),
        (("a live actor", "NOT rcp_live()", "false"),),
    ),
    Edit(
        f"{_GRANTS}_upkeep",
        ("tests/access/test_grants_kept.py::test_a_permission_of_another_type_is_refused",),
        (("permissions of other types", "IF NOT EXISTS (", "IF false AND NOT EXISTS ("),),
    ),
    Edit(
        "forums_projectgrant_everywhere",
        ("tests/forums/funding", *_WALL),
        (
            ("all countries", "g.all_countries AND", ""),
            ("whose grant", f"g.{_GROUPS} AND", ""),
            ("the level", "AND p.codename = 'view_project'", ""),
            ("ended", f"g.expires_at > {_NOW}", "true"),
        ),
    ),
    Edit(
        "[a-z]+_[a-z]+_hand_over",
        ("tests/forums/transfers",),
        (
            ("which transfer", "f.id = transfer AND", ""),
            ("a transfer that is over", "AND f.state = 'offered'", ""),
            ("another type", "f.object_type = '", "'' <> '"),
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
        ("tests/forums/marking",),
        (
            ("drafts at home", "AND s.state <> 'private_drafting'", ""),
            ("whose document", "d.owner_delegation_id = any(rcp_seats())", "true"),
            ("which document", "s.document_id = document AND", ""),
        ),
    ),
    Edit(
        "documents_section_settle",
        ("tests/forums/marking",),
        (
            ("drafts at home", "AND s.state <> 'private_drafting'", ""),
            ("whose document", "d.owner_delegation_id = any(rcp_seats())", "true"),
            ("which section", "s.id = section AND", ""),
        ),
    ),
    Edit(
        "documents_version_show",
        ("tests/documents/versions", *_WALL),
        (("a live actor", "NOT rcp_live()", "false"),),
    ),
    Edit(
        "forums_opening_row",
        ("tests/administration",),
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
        ("tests/administration",),
        (("operators", "rcp_operator()", "true"),),
    ),
    Edit(
        "forums_walled_row",
        ("tests/administration",),
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
        ("tests/forums/reviews",),
        (("whose seat", "seat = any(rcp_managed_seats())", "true"),),
    ),
    Edit(
        "forums_review_grants",
        ("tests/forums/reviews",),
        (
            ("who asks", "NOT forums_may_review(seat)", "false"),
            ("whose grants", "(o.owner_delegation_id = $1 OR r.holder_id = any($2))", "true"),
            ("ended", f"g.expires_at > {_NOW}", "true"),
        ),
    ),
    Edit(
        "forums_review_set_ends",
        ("tests/forums/reviews",),
        (
            ("who asks", "NOT forums_may_review(seat)", "false"),
            ("whose grants", "AND (o.owner_delegation_id = $1 OR r.holder_id = any($2))", ""),
        ),
    ),
    Edit(
        "forums_narrowed_readers",
        ("tests/forums/marking",),
        (
            ("who is among those named", "AND forums_group_among(r.group_id, n.releasable_to)", ""),
            ("public texts alone", "AND n.base_id = 1", ""),
            ("parties that are named", "AND g.holder_id = any(n.releasable_to)", ""),
            ("the role", "AND g.role = 'reader'", ""),
        ),
    ),
    Edit(
        "forums_group_among",
        ("tests/forums/marking",),
        (("which group", "g.group_id = holder_group AND", ""),),
    ),
    Edit(
        "events_take_ended_grants",
        ("tests/events",),
        (
            ("which user", "AND u.email = 'grants@system.invalid'", ""),
            ("not yet ended", f"due.ends_at <= {_NOW}", "true"),
        ),
    ),
    Edit(
        "search_find",
        ("tests/search",),
        (
            ("access lexemes that are asked for", "OR strpos(wanted::text, '@') > 0", ""),
            ("ended grants", f"AND t.until > {_NOW}", ""),
            ("whose ends", "t.token = any($5)", "$5 IS NOT NULL"),
        ),
    ),
    Edit(
        "search_put",
        ("tests/search", *_WALL),
        (("a live actor", "AND NOT rcp_live()", "AND false"),),
    ),
    Edit(
        "search_readers",
        ("tests/search",),
        (("the level", "AND starts_with(p.codename, ''view_'')", ""),),
    ),
    Edit(
        "search_parent",
        ("tests/search",),
        (("inheritance that was stopped", "WHEN only_inherited AND", "WHEN false AND"),),
    ),
    Edit(
        "ledger_detail_check_insert",
        ("tests/ledger",),
        (
            ("an older entry", "AND e.xid = pg_current_xact_id()", ""),
            ("an entry without details", "AND e.details_hash IS NOT NULL", ""),
        ),
    ),
    Edit(
        "ledger_event_check_insert",
        ("tests/ledger",),
        (("an older entry", "AND e.xid = pg_current_xact_id()", ""),),
    ),
    Edit(
        "ledger_detail_check_delete",
        ("tests/ledger",),
        (
            ("who deletes", "IF current_user = 'rcp_policy' THEN", "IF true THEN"),
            ("which entry", "AND e.object_id = OLD.entry_id::text", ""),
        ),
    ),
    Edit(
        "ledger_stamp",
        ("tests/ledger",),
        (("erasures that nobody made", "AND current_user <> 'rcp_policy'", "AND false"),),
    ),
)
