"""The routes of core itself: health, problem pages, and the document's own."""

from typing import Any

from platform_api.core.http.problems import TITLES

from .problems import plain_problem
from .shared import ALWAYS, headers, parameter

Schema = dict[str, Any]

TAGS = {
    "contract": "This document itself, and a page to read it with.",
    "health": "Whether the process lives and can serve; for supervisors and load balancers.",
    "problems": "What each kind of problem means and what to do about it.",
}


def operation(
    operation_id: str,
    tag: str,
    summary: str,
    description: str,
    responses: Schema,
    *,
    parameters: list[Schema] | None = None,
    request: Schema | None = None,
    security: list[Schema] | None = None,
) -> Schema:
    """An operation outside the kit; without ``security`` it needs no credential."""
    return {
        "operationId": operation_id,
        "tags": [tag],
        "summary": summary,
        "description": description,
        "security": [] if security is None else security,
        **({"parameters": parameters} if parameters else {}),
        **({"requestBody": request} if request else {}),
        "responses": responses,
    }


def json_answer(description: str, schema: Schema, example: Any, *header_names: str) -> Schema:
    """An answer in JSON with one example."""
    content = {
        "schema": schema,
        "examples": {"example": {"summary": description, "value": example}},
    }
    return {
        "description": description,
        "headers": headers((*ALWAYS, *header_names)),
        "content": {"application/json": content},
    }


_TEXT: Schema = {"type": "string"}
_NOT_FOUND = {"$ref": "#/components/responses/NotFound"}
_NOT_ACCEPTABLE = {"$ref": "#/components/responses/NotAcceptable"}
_NO_METHOD = plain_problem(
    405, "method-not-allowed", "method_not_allowed", "The resource does not answer this method."
)
_UNCHANGED = {
    "description": "The copy named in If-None-Match is still good.",
    "headers": headers((*ALWAYS, "ETag")),
}


def _pages(description: str) -> Schema:
    media_types = ("text/html", "text/markdown")
    return {
        "description": description,
        "headers": headers(ALWAYS),
        "content": {media_type: {"schema": _TEXT} for media_type in media_types},
    }


def _document(operation_id: str, summary: str, description: str, version: str) -> Schema:
    return operation(
        operation_id,
        "contract",
        summary,
        description,
        {
            "200": json_answer(
                "The document.",
                {"type": "object", "additionalProperties": True},
                {"openapi": version, "info": {"title": "Regional Cooperation Platform API"}},
                "ETag",
            ),
            "304": _UNCHANGED,
            "405": _NO_METHOD,
        },
        parameters=[parameter("IfNoneMatch")],
    )


PATHS: dict[str, Schema] = {
    "/api/v1/docs": {
        "get": operation(
            "docs_retrieve",
            "contract",
            "Read this document as a page",
            "The document for people, with a form to try every operation. It loads nothing from "
            "elsewhere.",
            {
                "200": {
                    "description": "The page.",
                    "headers": headers(ALWAYS),
                    "content": {"text/html": {"schema": _TEXT}},
                },
                "405": _NO_METHOD,
            },
        )
    },
    "/api/v1/openapi.json": {
        "get": _document(
            "openapi_retrieve",
            "Get this document",
            "The OpenAPI document of this instance, as it was released. Compressed with gzip for "
            "who accepts that.",
            "3.1.1",
        )
    },
    "/api/v1/openapi-3.0.json": {
        "get": _document(
            "openapi_retrieve_30",
            "Get this document in OpenAPI 3.0",
            "The same document, rewritten for generators that read no OpenAPI 3.1.",
            "3.0.3",
        )
    },
    "/health/live": {
        "get": operation(
            "health_live",
            "health",
            "Ask whether the process lives",
            "200 as long as the process answers at all.",
            {
                "200": json_answer(
                    "It lives.", {"$ref": "#/components/schemas/Liveness"}, {"status": "ok"}
                ),
                "405": _NO_METHOD,
            },
        )
    },
    "/health/ready": {
        "get": operation(
            "health_ready",
            "health",
            "Ask whether the instance can serve",
            "200 when the database answers and has every migration.",
            {
                "200": json_answer(
                    "It can.",
                    {"$ref": "#/components/schemas/Readiness"},
                    {"status": "ok", "checks": {"database": "ok", "migrations": "ok"}},
                ),
                "405": _NO_METHOD,
                "503": json_answer(
                    "It can't.",
                    {"$ref": "#/components/schemas/Readiness"},
                    {
                        "status": "unavailable",
                        "checks": {"database": "unreachable", "migrations": "unknown"},
                    },
                ),
            },
        )
    },
    "/problems": {
        "get": operation(
            "problems_list",
            "problems",
            "Read about every kind of problem",
            "One page about all kinds, as HTML or Markdown.",
            {"200": _pages("The page."), "405": _NO_METHOD, "406": _NOT_ACCEPTABLE},
        )
    },
    "/problems/{slug}": {
        "get": operation(
            "problems_retrieve",
            "problems",
            "Read about one kind of problem",
            "Where the `type` of a problem document leads.",
            {
                "200": _pages("The page."),
                "404": _NOT_FOUND,
                "405": _NO_METHOD,
                "406": _NOT_ACCEPTABLE,
            },
            parameters=[
                {
                    "name": "slug",
                    "in": "path",
                    "required": True,
                    "description": "The last segment of a problem's `type`.",
                    "schema": {"type": "string", "examples": sorted(TITLES)},
                }
            ],
        )
    },
}

SCHEMAS: dict[str, Schema] = {
    "Liveness": {
        "type": "object",
        "description": "That the process lives.",
        "properties": {"status": {"type": "string", "enum": ["ok"]}},
        "required": ["status"],
    },
    "Readiness": {
        "type": "object",
        "description": "Whether the instance can serve.",
        "properties": {
            "status": {"$ref": "#/components/schemas/ReadinessStatus"},
            "checks": {
                "type": "object",
                "description": "What was looked at.",
                "properties": {
                    "database": {"type": "string", "description": "`ok` or `unreachable`."},
                    "migrations": {
                        "type": "string",
                        "description": "`ok`, `pending` or `unknown`.",
                    },
                },
                "required": ["database", "migrations"],
            },
        },
        "required": ["status", "checks"],
    },
    "ReadinessStatus": {"type": "string", "enum": ["ok", "unavailable"]},
}
