"""Which fragments of the platform are broken, one at a time."""

from .asked import DECIDED, ENDS_BETWEEN, FEED, WITHOUT_SIGHT
from .mutant import Edit

PLATFORM_SOURCES = (
    Edit(
        "platform_api/core/access.py",
        DECIDED,
        (
            (
                "view before all else",
                "if not seen and not is_visible(actor, obj):",
                "if False:",
            ),
            (
                "the token's scope of reading",
                "if actor.is_authenticated and not actor.may_use(token_scope):",
                "if False:",
            ),
            (
                "anonymous callers",
                "    if not actor.is_authenticated:\n        return",
                "    if False:\n        return",
            ),
            (
                "the token's scope of a rule",
                "    if not actor.may_use(rule.token_scope):",
                "    if False:",
            ),
            ("standing", "    if not held:\n        return", "    if False:\n        return"),
            (
                "the least role",
                "    if rule.role not in held:\n        return",
                "    if False:\n        return",
            ),
            ("states", "    if rule.states is not None:", "    if False:"),
            ("further checks", "        if reason:\n", "        if False:\n"),
            ("the level of a grant", "if level and level >= wanted else", "if level else"),
        ),
    ),
    Edit(
        "platform_api/core/access.py",
        ("tests/access/test_rules_alone.py",),
        (
            (
                "the highest of several levels",
                "max(level_of[permission], held.get(key, Level.READ))",
                "level_of[permission]",
            ),
        ),
    ),
    Edit(
        "platform_api/core/access.py",
        (
            "tests/access/test_rules_alone.py",
            "tests/forums/transfers",
            "tests/forums/readings",
            "tests/forums/marking",
        ),
        (
            (
                "sight for a shared rule",
                "    if not is_visible(actor, obj):\n        raise NotVisible",
                "    if False:\n        raise NotVisible",
            ),
            (
                "refusal by a shared rule",
                "    if not decision.allowed:\n        raise",
                "    if False:\n        raise",
            ),
        ),
    ),
    Edit(
        "platform_api/core/access.py",
        ("tests/forums/membership/test_suspensions.py",),
        (("operators", "    if not actor.is_operator:", "    if False:"),),
    ),
    Edit(
        "platform_api/core/access_paths.py",
        (*DECIDED, WITHOUT_SIGHT, FEED),
        (
            (
                "scopes of others",
                'return Q(**{f"{self.field}__in": actor.scopes})',
                'return Q(**{f"{self.field}__isnull": False})',
            ),
            (
                "grants to others",
                "        group_id__in=actor.groups,\n        permission_id__in",
                "        permission_id__in",
            ),
            (
                "grants of another level",
                "        permission_id__in=permissions,\n",
                "",
            ),
            ("ended grants", "        LIVE_GRANT,\n", "        Q(),\n"),
            (
                "inheritance that was stopped",
                "return inherited & Q(**{self.inherits: True}) if self.inherits else inherited",
                "return inherited",
            ),
            (
                "sight of the parent",
                "rows = self.parent._default_manager.filter(visible_condition(self.parent, actor))",
                "rows = self.parent._default_manager.all()",
            ),
            (
                "grants on other objects",
                'granted.filter(content_object_id=OuterRef("pk"))',
                "granted",
            ),
        ),
    ),
    Edit(
        "platform_api/core/access_paths.py",
        ("tests/access/test_explained.py", "tests/forums/granting"),
        (
            (
                "ended grants that are told",
                "filter(LIVE_GRANT, content_object__in=keys)",
                "filter(content_object__in=keys)",
            ),
        ),
    ),
    Edit(
        "platform_api/core/feed.py",
        (WITHOUT_SIGHT, ENDS_BETWEEN, FEED, "tests/core/http/test_pages_of_feeds.py"),
        (
            (
                "ended grants",
                '"AND (t.expires_at IS NULL OR t.expires_at > statement_timestamp()) "',
                '""',
            ),
            (
                "grants of another level",
                '"AND t.permission_id = %(permission)s "',
                '"AND %(permission)s IS NOT NULL "',
            ),
            (
                "what the rows themselves allow",
                "return self.rows.filter(pk__in=ids)",
                "return self.model._default_manager.filter(pk__in=ids)",
            ),
        ),
    ),
    Edit(
        "platform_api/identity/actors.py",
        (
            "tests/access/test_actors.py",
            "tests/forums/membership/test_validity.py",
            "tests/forums/membership/test_delegation_end.py",
            "tests/access/test_credentials.py",
            "tests/forums/membership/test_suspensions.py",
        ),
        (
            ("inactive users", "if not user.is_active:", "if False:"),
            (
                "suspension",
                "LIVE, user=user, group__rolegroup__suspended_at=None",
                "LIVE, user=user",
            ),
            ("not yet begun", "Q(valid_from__lte=Now()) & (", "("),
            ("ended", "(Q(valid_until=None) | Q(valid_until__gt=Now()))", "Q()"),
            ("scopes of others", "filter(LIVE, group_id__in=groups)", "filter(LIVE)"),
            (
                "ended scopes",
                "ScopeReader.objects.filter(LIVE, group_id__in=groups)",
                "ScopeReader.objects.filter(group_id__in=groups)",
            ),
            (
                "what the client was allowed",
                "frozenset(token.scope.split()) & allowed",
                "frozenset(token.scope.split())",
            ),
        ),
    ),
    Edit(
        # Asked by our authentication and by the toolkit's own, each of which would do alone.
        "platform_api/identity/models.py",
        ("tests/access/test_credentials.py",),
        (
            (
                "clients whose time is over",
                "return self.expires_at is None or self.expires_at > timezone.now()",
                "return True",
            ),
        ),
    ),
    Edit(
        # Whether a user is active is asked by the authentication, by the actor and by the caller,
        # each of which would do alone: no mutant of one is noticed.
        "platform_api/core/http/callers.py",
        ("tests/access/test_credentials.py",),
        (
            (
                "a credential that is no good any more",
                'if "Authorization" in request.headers:',
                "if False:",
            ),
        ),
    ),
    Edit(
        "platform_api/core/http/idempotency.py",
        ("tests/core/http/test_idempotency.py", "tests/access/test_access_that_ended.py"),
        (
            (
                "sight of what is replayed",
                "if answer.resource is not None and not _still_visible(answer.resource, actor):",
                "if False:",
            ),
            ("secrets are shown once", "        if answer.secret:", "        if False:"),
            ("bodies with secrets", 'body = b"" if secret else', "body ="),
        ),
    ),
    Edit(
        "platform_api/events/feed.py",
        ("tests/events/test_events_access.py", "tests/events/test_events_list.py"),
        (
            (
                "sight of the object",
                "visible_to(actor).filter(pk__in=ids)",
                "filter(pk__in=ids)",
            ),
            (
                "the token's scope of reading",
                "        if actor.may_use(protection.read_scope)\n",
                "",
            ),
        ),
    ),
    Edit(
        "platform_api/ledger/feed.py",
        ("tests/access/test_looks.py",),
        (
            (
                "events for others",
                "(e.audience_group_id IS NULL OR e.audience_group_id = any(%(groups)s::int[]))",
                "true",
            ),
            (
                "events of narrower scopes",
                "(e.narrow_scope_id IS NULL OR e.narrow_scope_id = any(%(scopes)s::int[]))",
                "true",
            ),
        ),
    ),
    Edit(
        "platform_api/ledger/idempotency.py",
        ("tests/ledger/test_idempotency.py", "tests/core/http/test_idempotency.py"),
        (
            ("answers of others", "WHERE caller = %s AND key = %s", "WHERE %s <> '' AND key = %s"),
            ("another request", "if bytes(kept_sha256) != request_sha256:", "if False:"),
        ),
    ),
)
