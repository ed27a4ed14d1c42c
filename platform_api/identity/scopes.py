"""The OAuth scopes, and which of them a client may get."""

from typing import Any

from oauth2_provider.scopes import BaseScopes

SCOPES: dict[str, str] = {
    "documents:read": "Read documents, sections and their revisions.",
    "documents:write": "Draft, revise and release sections.",
    "forums:read": "Read forums, countries, organisations and seats.",
    "forums:write": "Change what a seat or secretariat keeps in its forum.",
    "policies:read": "Read instruments, practices and commitments.",
    "policies:write": "Write instruments, practices and commitments.",
    "funding:read": "Read projects, transactions and totals.",
    "funding:write": "Write projects and transactions.",
    "search:read": "Search all that the other scopes let read.",
    "events:read": "Read the change feed, of what the other scopes let you read.",
    "access:manage": "Manage delegates and grants of the own seat.",
}


class ClientScopes(BaseScopes):
    """A client gets what its own list names, and all of that when it asks for nothing."""

    def get_all_scopes(self) -> dict[str, str]:
        return SCOPES

    def get_available_scopes(
        self, application: Any = None, request: Any = None, *args: Any, **kwargs: Any
    ) -> list[str]:
        return list(application.scopes) if application else list(SCOPES)

    def get_default_scopes(
        self, application: Any = None, request: Any = None, *args: Any, **kwargs: Any
    ) -> list[str]:
        return list(application.scopes) if application else []
