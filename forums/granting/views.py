"""Access as those who manage it see it: explained, listed, given and ended."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponse

from forums.countries.models import Country
from forums.membership.models import Delegation
from forums.organisations.models import Organisation
from platform_api.core.access import decide
from platform_api.core.actor import Level
from platform_api.core.errors import FieldError, Forbidden, Invalid, NotVisible
from platform_api.core.http.acts import JSON
from platform_api.core.http.pages import Page, PageSpec
from platform_api.core.http.references import referred
from platform_api.core.http.views import Act, ResourceViewSet
from platform_api.core.registry import registry
from platform_api.identity.groups import role_groups_of
from platform_api.identity.models import RoleGroup

from . import services
from .explaining import able, explained, subject_named
from .export import matrix_csv
from .rules import ABILITY, SCOPE, managed_seats
from .seats import Holder
from .selectors import HeldGrant, Matrix, MatrixFilter, grants_on, kept_objects
from .serializers import (
    AccessExplanation,
    AccessHolders,
    AccessMatrixRow,
    ExplainQuery,
    GrantBatch,
    GrantBatchCreate,
    GrantCreate,
    GrantDetail,
    GrantedQuery,
    GrantEnd,
    MatrixQuery,
    WhoCanQuery,
)

CSV = "text/csv"


def _named(given: Mapping[str, Any]) -> tuple[str, UUID]:
    """Type and id of the object that a body or query names."""
    return given["object"]["type"], given["object"]["id"]


class _Access(ResourceViewSet):
    """What the views of access share: they are for those who manage the access of a seat."""

    model = RoleGroup

    def check_ability(self) -> None:
        if not managed_seats(self.actor):
            raise Forbidden("You manage nobody's access.", code="access_manager_required")

    def holder(self, given: Mapping[str, Any], prefix: str = "/") -> Holder:
        """Whom a body or query names. Raises Invalid for an unknown one."""
        if "delegation" in given:
            return referred(self.actor, f"{prefix}delegation", Delegation, pk=given["delegation"])
        found: Country | Organisation | None
        if "country" in given:
            found = Country.objects.filter(code=given["country"]).first()
        else:
            found = Organisation.objects.filter(key=given["organisation"]).first()
        if found is None:
            name = "country" if "country" in given else "organisation"
            detail = f"There is no such {name}."
            raise Invalid([FieldError(f"{prefix}{name}", "unknown", detail)])
        return found

    def refuse(self, type_name: str, key: UUID) -> None:
        """Refuse what is not the caller's to manage: 403 if it sees the object, else 404."""
        rows: Any = registry.protection_named(type_name).model._default_manager
        obj = rows.visible_to(self.actor).filter(pk=key).first()
        if obj is None:
            raise NotVisible
        reason = decide(self.actor, ABILITY, obj, seen=True).reason
        raise Forbidden("You do not manage access to this.", code=reason)


class AccessExplainViewSet(_Access):
    """Why somebody of one's own seat has, or has not, access to an object."""

    representation = AccessExplanation
    acts: ClassVar[dict[str, Act]] = {
        "retrieve": Act(ability=None, token_scope=SCOPE, query=ExplainQuery),
    }

    def retrieve(self) -> Mapping[str, Any]:
        type_name, key = _named(self.query)
        subject = subject_named(self.actor, self.query["subject"])
        if subject is None:
            detail = "There is nobody of this name at your seat."
            raise Invalid([FieldError("?subject", "unknown", detail)])
        found = explained(self.actor, subject, type_name, key)
        if found is None:
            raise NotVisible
        return {
            "object": {"type": type_name, "id": key},
            "subject": subject.name,
            "sight": found.sight,
            "abilities": [
                {
                    "ability": each.ability,
                    "allowed": each.decision.allowed,
                    "reason": each.decision.reason,
                    "rule": each.rule
                    and {
                        "token_scope": each.rule.token_scope,
                        "through": each.rule.through,
                        "role": each.rule.role,
                        "states": None if each.rule.states is None else sorted(each.rule.states),
                        "checks": each.rule.checks,
                    },
                    "standings": [
                        {
                            "relation": standing.relation,
                            "roles": sorted(standing.roles),
                            "seats": standing.seats,
                        }
                        for standing in each.standings
                    ],
                }
                for each in found.explanation.abilities
            ],
        }


class AccessWhoCanViewSet(_Access):
    """Who may do a thing to an object of one's own seat."""

    representation = AccessHolders
    acts: ClassVar[dict[str, Act]] = {
        "retrieve": Act(ability=None, token_scope=SCOPE, query=WhoCanQuery),
    }

    def retrieve(self) -> Mapping[str, Any]:
        (type_name, key), ability = _named(self.query), self.query["ability"]
        rules = registry.protection_named(type_name).rules
        if ability != "view" and ability not in rules:
            names = ", ".join(["view", *rules])
            raise Invalid([FieldError("?ability", "invalid_choice", f"One of: {names}.")])
        kept = kept_objects(self.actor, type_name, [key]).get(key)
        if kept is None:
            self.refuse(type_name, key)
            raise NotVisible
        found = able(self.actor, kept, ability)
        return {
            "object": {"type": type_name, "id": key},
            "ability": ability,
            "role": "reader" if ability == "view" else rules[ability].role,
            "everybody": found.everybody,
            "seats": found.seats,
            "persons": found.people,
        }


class AccessMatrixViewSet(_Access):
    """Objects whose access the caller manages or oversees, and who has what on each."""

    representation = AccessMatrixRow
    page = PageSpec(order=(("id", True),), max_ids=0)
    acts: ClassVar[dict[str, Act]] = {
        "list": Act(
            ability=None, token_scope=SCOPE, query=MatrixQuery, many=True, produces=(JSON, CSV)
        ),
    }

    def list(self) -> Page | HttpResponse:
        asked = dict(self.query)
        groups = None
        if {"country", "organisation", "delegation"} & set(asked):
            groups = tuple(role_groups_of(self.holder(asked, "?").pk).values())
        wanted = MatrixFilter(
            forum=asked.get("forum"),
            owner=asked.get("owner"),
            groups=groups,
            level=Level[asked["level"].upper()] if "level" in asked else None,
            expiring_before=asked.get("expiring_before"),
        )
        page = self.paginate_feed(Matrix(self.actor, asked["type"], wanted))
        if self.media_type != CSV:
            return page
        if page.link_header:
            self.headers["Link"] = page.link_header
        self.headers["Content-Disposition"] = 'attachment; filename="access.csv"'
        return HttpResponse(matrix_csv(page.items), content_type=f"{CSV}; charset=utf-8")


class GrantViewSet(_Access):
    """The grants on one object; giving one."""

    representation = GrantDetail
    page = None
    acts: ClassVar[dict[str, Act]] = {
        "list": Act(ability=None, token_scope=SCOPE, query=GrantedQuery, many=True),
        "create": Act(ability=None, token_scope=SCOPE, input=GrantCreate, status=201),
    }

    def list(self) -> Page:
        type_name, key = _named(self.query)
        found = grants_on(self.actor, type_name, key)
        if found is None:
            self.refuse(type_name, key)
        return Page(found or [])

    def create(self) -> HeldGrant:
        type_name, key = _named(self.input)
        holder = self.holder(self.input)
        services.access_give(
            actor=self.actor,
            type_name=type_name,
            key=key,
            holder=holder,
            level=Level[self.input["level"].upper()],
            until=self.input.get("until"),
            reason=self.input["reason"],
        )
        return self.shown(type_name, key, holder)

    def shown(self, type_name: str, key: UUID, holder: Holder) -> HeldGrant:
        """The grant of a holder as it is now."""
        groups = set(role_groups_of(holder.pk).values())
        (found,) = grants_on(self.actor, type_name, key, of=groups) or (None,)
        if found is None:
            raise NotVisible
        return found


class GrantEndViewSet(_Access):
    """The end of a grant."""

    acts: ClassVar[dict[str, Act]] = {
        "end": Act(ability=None, token_scope=SCOPE, input=GrantEnd, status=204),
    }

    def end(self) -> None:
        type_name, key = _named(self.input)
        services.access_end(
            actor=self.actor,
            type_name=type_name,
            key=key,
            holder=self.holder(self.input),
            reason=self.input["reason"],
        )


class GrantBatchViewSet(_Access):
    """Many grants at once."""

    representation = GrantBatch
    acts: ClassVar[dict[str, Act]] = {
        "bulk": Act(ability=None, token_scope=SCOPE, input=GrantBatchCreate),
    }

    def bulk(self) -> Mapping[str, Any]:
        given = self.input
        errors: list[FieldError] = []
        holders: list[Holder] = []
        for index, each in enumerate(given["holders"]):
            try:
                holders.append(self.holder(each, f"/holders/{index}/"))
            except Invalid as invalid:
                errors += invalid.errors
        if errors:
            raise Invalid(errors)
        pairs = services.grants_give(
            actor=self.actor,
            type_name=given["type"],
            objects=given["objects"],
            holders=holders,
            level=Level[given["level"].upper()],
            until=given.get("until"),
            reason=given["reason"],
        )
        return {"pairs": pairs}
