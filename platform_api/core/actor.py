"""Who calls: the one value that every read and write is judged by.

Built by identity from live rows at the start of a request or job, never cached
beyond it. core knows its shape only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from uuid import UUID

PUBLIC_SCOPE = 1
"""The reader scope everybody is in; its row is made by a migration of identity."""


class Role(StrEnum):
    """What a delegate may do for its seat. A head is a drafter and a reader too."""

    READER = "reader"
    DRAFTER = "drafter"
    HEAD = "head"
    ACCESS_MANAGER = "access_manager"

    @property
    def includes(self) -> frozenset["Role"]:
        """This role and those that come with it."""
        return _INCLUDES[self]


_INCLUDES: Mapping[Role, frozenset[Role]] = {
    Role.READER: frozenset({Role.READER}),
    Role.DRAFTER: frozenset({Role.READER, Role.DRAFTER}),
    Role.HEAD: frozenset({Role.READER, Role.DRAFTER, Role.HEAD}),
    Role.ACCESS_MANAGER: frozenset({Role.ACCESS_MANAGER}),
}


class Level(IntEnum):
    """What a grant allows; a level includes those below it."""

    READ = 1
    COMMENT = 2
    DRAFT = 3
    MANAGE = 4


class ActorKind(StrEnum):
    ANONYMOUS = "anonymous"
    PERSON = "person"
    CLIENT = "client"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """A caller with its rights as they are at this moment.

    user_id: None for the anonymous caller only.
    groups: ids of the role groups the caller is in now; grants name these.
    scopes: ids of the reader scopes (forum, drafting group, seat, public) it may read.
    seats: delegation id -> roles held there. parties: country or organisation id -> roles.
    token_scopes: OAuth scopes of the credential, None where the credential has no such limit.
    client_id: the OAuth client, for a service client.
    """

    kind: ActorKind
    user_id: UUID | None = None
    name: str = ""
    groups: frozenset[int] = frozenset()
    scopes: frozenset[int] = frozenset({PUBLIC_SCOPE})
    seats: Mapping[UUID, frozenset[Role]] = field(default_factory=dict)
    parties: Mapping[UUID, frozenset[Role]] = field(default_factory=dict)
    is_operator: bool = False
    token_scopes: frozenset[str] | None = None
    client_id: str = ""

    @property
    def is_authenticated(self) -> bool:
        return self.user_id is not None

    def require_user(self) -> UUID:
        """The user's id, where the caller is known to be somebody."""
        if self.user_id is None:
            raise LookupError("the anonymous caller has no user")
        return self.user_id

    def roles_at(self, seat_id: UUID | None) -> frozenset[Role]:
        """The roles held at a seat; none at an unknown or absent one."""
        return self.seats.get(seat_id, frozenset()) if seat_id else frozenset()

    def may_use(self, token_scope: str) -> bool:
        """Whether the credential carries an OAuth scope such as ``documents:write``."""
        return self.token_scopes is None or token_scope in self.token_scopes


ANONYMOUS = Actor(kind=ActorKind.ANONYMOUS, token_scopes=frozenset())
