"""Which fragments of the functions that policies call are broken, one at a time.

Functions that one template makes for every table (``…grant_end``) are broken together: whoever
reads the template reads one text.
"""

from .asked import ENDED, FORGED, FUNDING, GRANTS_END, KEPT, MANAGERS, REVIEWS, SIGHT, WALL, WRITES
from .mutant import Edit

_GRANTS = r"[a-z]+_[a-z]+grant"
_NOW = "statement_timestamp()"
_TODAY = "(statement_timestamp() AT TIME ZONE 'UTC')::date"
_GROUPS = "group_id = any(rcp_groups())"

WALL_FUNCTIONS = (
    Edit(
        "rcp_subject",
        FORGED,
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
        (*SIGHT, f"{ENDED}::test_a_seat_for_which_its_managers_ask_shows_nothing_once"),
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
        SIGHT,
        (
            ("without an actor", "rcp_subject() IS NULL", "false"),
            ("whose scopes", f"s.{_GROUPS}", "true"),
            ("not yet begun", f"AND s.valid_from <= {_NOW}", ""),
            ("ended", f"s.valid_until > {_NOW}", "true"),
        ),
    ),
    Edit(
        "rcp_live",
        (WRITES,),
        (("anonymous", "AND subject <> 'public'", ""), ("inactive", "AND u.is_active", "")),
    ),
    Edit(
        "rcp_operator",
        SIGHT,
        (("inactive", "AND u.is_active", ""), ("everybody", "AND u.is_operator", "")),
    ),
    Edit("rcp_seats", SIGHT, (("whose seats", _GROUPS, "true"),)),
    Edit(
        "rcp_managed",
        (*SIGHT, GRANTS_END),
        (
            ("the role", "role IN ('head', 'access_manager')", "true"),
            ("whose seats", _GROUPS, "true"),
        ),
    ),
    Edit(
        "rcp_managed_seats",
        (*SIGHT, *REVIEWS),
        (("the role", "AND role = 'access_manager'", ""), ("whose seats", _GROUPS, "true")),
    ),
    Edit(
        "rcp_reading_seats",
        (*SIGHT, *FUNDING),
        (("the role", "AND role = 'reader'", ""), ("whose seats", _GROUPS, "true")),
    ),
    Edit(
        "rcp_reading_countries",
        (*SIGHT, *FUNDING),
        (("whose seats", "id = any(rcp_reading_seats())", "true"),),
    ),
    Edit(
        "rcp_overseen_forums",
        (MANAGERS, GRANTS_END),
        (
            ("which office", "kind = 'secretariat'", "true"),
            ("whose office", "delegation_id = any(rcp_managed())", "true"),
            ("not yet begun", f"since <= {_TODAY}", "true"),
            ("ended", f"until > {_TODAY}", "true"),
        ),
    ),
    Edit(
        "forums_membership_system",
        (f"{WALL}a_system_actor_is_shown_what_its_own_work_needs",),
        (("which user", "AND u.email = 'membership@system.invalid'", ""),),
    ),
    Edit(
        "notifications_mailer",
        (f"{WALL}a_system_actor_is_shown_what_its_own_work_needs",),
        (("which user", "AND u.email = 'mailer@system.invalid'", ""),),
    ),
    Edit(
        f"{_GRANTS}_owned",
        SIGHT,
        (
            ("whose object", "o.owner_delegation_id = any(rcp_seats())", "true"),
            ("which object", "o.id = object AND", ""),
        ),
    ),
    Edit(
        f"{_GRANTS}_managed",
        (MANAGERS, GRANTS_END, *SIGHT),
        (
            ("whose object", "= any(rcp_managed())", "IS NOT NULL"),
            ("which forum", "= any(rcp_overseen_forums())", "IS NOT NULL"),
            ("which object", "o.id = object AND", ""),
        ),
    ),
    Edit(
        f"{_GRANTS}_sees",
        (KEPT, *SIGHT),
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
        (GRANTS_END,),
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
    Edit(f"{_GRANTS}_lock", (WRITES,), (("a live actor", "NOT rcp_live()", "false"),)),
    Edit(
        f"{_GRANTS}_releasable",
        (KEPT,),
        (("to whom", "SELECT NOT EXISTS (", "SELECT true OR NOT EXISTS ("),),
    ),
    Edit(
        f"{_GRANTS}_unreleasable_end",
        (WRITES,),
        (("a live actor", "NOT rcp_live()", "false"),),
    ),
    Edit(
        f"{_GRANTS}_upkeep",
        ("tests/access/test_grants_kept.py::test_a_permission_of_another_type_is_refused",),
        (("permissions of other types", "IF NOT EXISTS (", "IF false AND NOT EXISTS ("),),
    ),
)
