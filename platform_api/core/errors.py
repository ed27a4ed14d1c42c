"""The refusals a service or a view may raise; core renders each as an RFC 9457 problem.

A refusal that is raised rolls the transaction back. One that must keep something
is returned by the service as a value instead, and so commits.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class FieldError:
    """One invalid member of a request.

    pointer: JSON pointer (RFC 6901) into the body, or ``?name`` for a query parameter.
    code: stable, lower_snake. detail: a sentence for people.
    """

    pointer: str
    code: str
    detail: str


class Refusal(Exception):
    """Base of every refusal: an HTTP status, a problem slug and a stable code.

    slug: the page under /problems/ that describes this kind.
    extensions: further members of the problem document.
    headers: further response headers.
    """

    status = 500
    slug = "internal-error"
    code = "internal_error"

    def __init__(
        self,
        detail: str = "",
        *,
        code: str | None = None,
        slug: str | None = None,
        extensions: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.code = code or self.code
        self.slug = slug or self.slug
        self.extensions = dict(extensions or {})
        self.headers = dict(headers or {})


class Invalid(Refusal):
    """400: the request's shape or values are wrong; every error is told at once."""

    status = 400
    slug = "invalid-request"
    code = "invalid"

    def __init__(self, errors: Sequence[FieldError] = (), detail: str = "", **kwargs: Any) -> None:
        super().__init__(detail or "The request is not valid.", **kwargs)
        self.errors = list(errors)


class NotVisible(Refusal):
    """404: absent, or hidden from this caller; the two are indistinguishable."""

    status = 404
    slug = "not-found"
    code = "not_found"

    def __init__(self, detail: str = "There is no such resource.", **kwargs: Any) -> None:
        super().__init__(detail, **kwargs)


class Forbidden(Refusal):
    """403: the caller sees the object but may not do this; ``code`` is the stable reason."""

    status = 403
    slug = "forbidden"
    code = "forbidden"


class PreconditionRequired(Refusal):
    """428: the request must say which revision it changes (RFC 6585, section 3)."""

    status = 428
    slug = "precondition-required"
    code = "precondition_required"

    def __init__(self, detail: str = "Send If-Match with the ETag that was read.") -> None:
        super().__init__(detail)


class PreconditionFailed(Refusal):
    """412: the named revision is not the current one (RFC 9110, section 13.1.1).

    revision: the current revision token; it is told in the ETag header.
    """

    status = 412
    slug = "precondition-failed"
    code = "precondition_failed"

    def __init__(self, revision: str, detail: str = "") -> None:
        super().__init__(
            detail or "The resource has changed since it was read. Nothing was written.",
            headers={"ETag": f'"{revision}"'},
        )
        self.revision = revision


class Conflict(Refusal):
    """409: the object's state does not allow this; ``allowed`` names the states that do."""

    status = 409
    slug = "conflict"
    code = "conflict"
