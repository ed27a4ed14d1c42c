"""The refusals that belong to HTTP itself; those of the domain are in ``core.errors``."""

from collections.abc import Iterable

from platform_api.core.errors import Refusal


class Unauthenticated(Refusal):
    """401: no valid credentials, with the challenge of RFC 6750, section 3."""

    status = 401
    slug = "unauthenticated"
    code = "not_authenticated"

    def __init__(
        self,
        detail: str = "Send a bearer token that is still good.",
        *,
        code: str | None = None,
        challenge: str = "Bearer",
    ) -> None:
        super().__init__(detail, code=code, headers={"WWW-Authenticate": challenge})


class MethodNotAllowed(Refusal):
    """405: the resource has no such act; ``Allow`` names those it has."""

    status = 405
    slug = "method-not-allowed"
    code = "method_not_allowed"

    def __init__(self, allowed: Iterable[str]) -> None:
        super().__init__(
            "The resource does not answer this method.",
            headers={"Allow": ", ".join(sorted(allowed))},
        )


class NotAcceptable(Refusal):
    """406: no representation matches the Accept header."""

    status = 406
    slug = "not-acceptable"
    code = "not_acceptable"

    def __init__(self, offered: Iterable[str]) -> None:
        super().__init__(
            "There is no representation of a media type that was asked for.",
            extensions={"offered": list(offered)},
        )


class ContentTooLarge(Refusal):
    """413: the body is longer than this act reads."""

    status = 413
    slug = "content-too-large"
    code = "content_too_large"

    def __init__(self, limit: int) -> None:
        super().__init__("The body is too long.", extensions={"limit_bytes": limit})


class UnsupportedMediaType(Refusal):
    """415: the body is of a type, character set or coding that this act does not read."""

    status = 415
    slug = "unsupported-media-type"
    code = "unsupported_media_type"

    def __init__(self, accepted: Iterable[str]) -> None:
        types = list(accepted)
        super().__init__(
            "Send the body in a media type that is accepted here, in UTF-8, without a coding.",
            extensions={"accepted": types},
            headers={"Accept": ", ".join(types)},
        )


class TooManyRequests(Refusal):
    """429: the caller's bucket is empty (RFC 6585, section 4)."""

    status = 429
    slug = "too-many-requests"
    code = "too_many_requests"

    def __init__(self, retry_after_seconds: int) -> None:
        super().__init__(
            "Too many requests; wait as long as Retry-After says.",
            headers={"Retry-After": str(retry_after_seconds)},
        )


class Unavailable(Refusal):
    """503: the service can't answer now; nothing was written."""

    status = 503
    slug = "service-unavailable"
    code = "service_unavailable"

    def __init__(self, detail: str = "", *, retry_after_seconds: int = 5) -> None:
        super().__init__(
            detail or "The service can't answer now. Nothing was written; try again.",
            headers={"Retry-After": str(retry_after_seconds)},
        )


class InsufficientScope(Refusal):
    """403: the credential lacks an OAuth scope (RFC 6750, section 3.1)."""

    status = 403
    slug = "forbidden"
    code = "insufficient_scope"

    def __init__(self, scope: str) -> None:
        super().__init__(
            "The credential does not carry the scope that this needs.",
            extensions={"scope": scope},
            headers={"WWW-Authenticate": f'Bearer error="insufficient_scope", scope="{scope}"'},
        )
