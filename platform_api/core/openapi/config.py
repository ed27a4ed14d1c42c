"""``SPECTACULAR_SETTINGS``: plain data, since the settings module imports it."""

from typing import Any

from platform_api import __version__

DOCUMENT_FILE = "openapi/platform-api.v1.yaml"
"""Where the document is committed, below BASE_DIR."""

DESCRIPTION = """\
Ministries of a region write texts, agree policies and fund projects together through this API.

**Credentials.** A partner system gets a token with its client credentials from `/oauth2/token` and
sends it as `Authorization: Bearer …`. A client acts for one seat in one role; each operation names
the scope it needs. `GET /api/v1/me` tells who you are.

**Sight.** You get what your seat may see. Something hidden answers exactly as something absent:
404, and no count, list or ETag differs. Detail answers carry `abilities`, decided by the same rules
that decide the act itself.

**Lost updates.** Every mutable resource has a strong `ETag`, `"<revision>.<digest>"`. Operations
that change one need `If-Match`: 428 without it, 412 when the resource has moved on. Either the
whole tag or `"<revision>"` alone will do; items of lists carry the latter as `etag`.

**Safe repeats.** A POST that carries an `Idempotency-Key` may be repeated for 24 hours: it is
carried out once, and its answer is replayed.

**Lists.** Pages are reached by `next` and `previous`, never computed; the cursor in them is opaque.
`limit`, `ids` and `count` work on every list that has pages, `fields` on every answer. A list
without further pages says null.

**Errors.** Every error is a problem document (RFC 9457). Branch on `status` and `code`; each kind
is described at the address in its `type`. Unknown members and parameters are refused, never
ignored. Where several problems apply, the first of this order is told: 401, 429, 404, 403, 428,
415, 413, 400, 412, 409.

**Every answer** carries `X-Request-ID`: yours, if you sent one. Times are RFC 3339 in UTC, ids are
UUIDs, countries go by ISO 3166-1 alpha-2 code, multilingual texts are objects keyed by BCP 47 tag.
Sentences are in English so far; codes never change.

**Within v1** members and enumeration values may be added and nothing is taken away: ignore members
you do not know, and be ready for values you do not know.
"""

SPECTACULAR_SETTINGS: dict[str, Any] = {
    "OAS_VERSION": "3.1.1",
    "TITLE": "Regional Cooperation Platform API",
    "VERSION": __version__,
    "DESCRIPTION": DESCRIPTION,
    "CONTACT": {"name": "The operator of the instance"},
    "LICENSE": {"name": "European Union Public Licence 1.2", "identifier": "EUPL-1.2"},
    # Relative, so that the document is the same on every instance.
    "SERVERS": [{"url": "/", "description": "The instance that serves this document."}],
    "COMPONENT_SPLIT_REQUEST": True,
    # Components are named by core.openapi.enums after their classes instead.
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "SORT_OPERATION_PARAMETERS": False,
    "POSTPROCESSING_HOOKS": ["platform_api.core.openapi.postprocess.postprocess"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}
