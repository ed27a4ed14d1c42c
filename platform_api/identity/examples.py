"""What the OpenAPI document says of identity and of the token endpoint."""

from typing import Any

from platform_api.core.openapi import OperationDoc
from platform_api.core.openapi.paths import json_answer, operation
from platform_api.core.openapi.problems import plain_problem

from .scopes import SCOPES

Schema = dict[str, Any]

TAGS = {
    "me": "Who you are to the platform.",
    "oauth": "Access tokens by OAuth 2.0 client credentials (RFC 6749).",
}

OPERATIONS: dict[str, OperationDoc] = {
    "me_retrieve": OperationDoc(
        summary="Ask who I am",
        description="The caller with its seats, roles and scopes as they are now. Any credential "
        "may ask.",
        response={
            "A ministry's system that drafts": {
                "id": "019c1d6b-57a0-7a17-895e-60af93bd04cf",
                "kind": "client",
                "name": "Serbia drafter",
                "is_operator": False,
                "seats": [
                    {
                        "delegation": "019c1d6b-57a0-76f0-b3d9-c17211e20b8f",
                        "roles": ["drafter", "reader"],
                    }
                ],
                "scopes": ["documents:read", "documents:write", "forums:read"],
            }
        },
    ),
}

_CLIENT_AUTHENTICATION: list[Schema] = [{"client": []}, {}]
_FORM = "application/x-www-form-urlencoded"
_NO_METHOD = plain_problem(
    405, "method-not-allowed", "method_not_allowed", "The resource does not answer this method."
)


def _error(description: str, code: str) -> Schema:
    return json_answer(description, {"$ref": "#/components/schemas/TokenError"}, {"error": code})


def _form(schema: str, example: Schema) -> Schema:
    content = {
        "schema": {"$ref": f"#/components/schemas/{schema}"},
        "examples": {"example": {"summary": "Credentials in the body", "value": example}},
    }
    return {"required": True, "content": {_FORM: content}}


PATHS: dict[str, Schema] = {
    "/oauth2/token": {
        "post": operation(
            "oauth_token",
            "oauth",
            "Get an access token",
            "The client sends its id and secret, best by HTTP Basic, and gets a token for the "
            "scopes it asks for, or for all that it may have. Errors have the form of RFC 6749, "
            "section 5.2.",
            {
                "200": json_answer(
                    "The token.",
                    {"$ref": "#/components/schemas/AccessTokenAnswer"},
                    {
                        "access_token": "Vq3nM0dTz7p2kXc9bL5wR8sYf1hG4j",
                        "expires_in": 900,
                        "token_type": "Bearer",
                        "scope": "documents:read documents:write",
                    },
                ),
                "400": _error("The request is not in order.", "unsupported_grant_type"),
                "401": _error("The client is not known by this secret.", "invalid_client"),
                "405": _NO_METHOD,
            },
            request=_form(
                "AccessTokenRequest",
                {
                    "grant_type": "client_credentials",
                    "client_id": "serbia-drafter",
                    "client_secret": "the secret that was shown once",
                    "scope": "documents:read documents:write",
                },
            ),
            security=_CLIENT_AUTHENTICATION,
        )
    },
    "/oauth2/revoke": {
        "post": operation(
            "oauth_revoke",
            "oauth",
            "Give a token back",
            "The token is good no longer (RFC 7009). A token that is not known answers the same.",
            {
                "200": {"description": "It is good no longer."},
                "400": _error("The request is not in order.", "invalid_request"),
                "401": _error("The client is not known by this secret.", "invalid_client"),
                "405": _NO_METHOD,
            },
            request=_form(
                "TokenRevocationRequest",
                {
                    "token": "Vq3nM0dTz7p2kXc9bL5wR8sYf1hG4j",
                    "client_id": "serbia-drafter",
                    "client_secret": "the secret that was shown once",
                },
            ),
            security=_CLIENT_AUTHENTICATION,
        )
    },
    "/.well-known/oauth-authorization-server": {
        "get": operation(
            "oauth_metadata",
            "oauth",
            "Find the token endpoint",
            "Authorization server metadata (RFC 8414).",
            {
                "200": json_answer(
                    "The metadata.",
                    {"$ref": "#/components/schemas/AuthorizationServerMetadata"},
                    {
                        "issuer": "https://platform.example",
                        "token_endpoint": "https://platform.example/oauth2/token",
                        "revocation_endpoint": "https://platform.example/oauth2/revoke",
                        "token_endpoint_auth_methods_supported": [
                            "client_secret_basic",
                            "client_secret_post",
                        ],
                        "revocation_endpoint_auth_methods_supported": [
                            "client_secret_basic",
                            "client_secret_post",
                        ],
                        "grant_types_supported": ["client_credentials"],
                        "response_types_supported": [],
                        "scopes_supported": sorted(SCOPES),
                    },
                ),
                "405": _NO_METHOD,
            },
        )
    },
}

_TEXT: Schema = {"type": "string"}
_TEXTS: Schema = {"type": "array", "items": _TEXT}
_CLIENT: Schema = {
    "client_id": {"type": "string", "description": "Where HTTP Basic does not carry it."},
    "client_secret": {"type": "string", "format": "password"},
}

SCHEMAS: dict[str, Schema] = {
    "AccessTokenRequest": {
        "type": "object",
        "description": "A request for a token (RFC 6749, section 4.4.2).",
        "properties": {
            "grant_type": {"type": "string", "enum": ["client_credentials"]},
            "scope": {"type": "string", "description": "Scopes, separated by spaces."},
            **_CLIENT,
        },
        "required": ["grant_type"],
    },
    "AccessTokenAnswer": {
        "type": "object",
        "description": "An access token (RFC 6749, section 5.1).",
        "properties": {
            "access_token": _TEXT,
            "expires_in": {"type": "integer", "description": "Seconds."},
            "token_type": {"type": "string", "enum": ["Bearer"]},
            "scope": {"type": "string", "description": "Scopes, separated by spaces."},
        },
        "required": ["access_token", "expires_in", "scope", "token_type"],
    },
    "TokenError": {
        "type": "object",
        "description": "An error of the token endpoint (RFC 6749, section 5.2).",
        "properties": {"error": _TEXT, "error_description": _TEXT},
        "required": ["error"],
    },
    "TokenRevocationRequest": {
        "type": "object",
        "description": "A request to give a token back (RFC 7009, section 2.1).",
        "properties": {
            "token": _TEXT,
            "token_type_hint": {"type": "string", "enum": ["access_token", "refresh_token"]},
            **_CLIENT,
        },
        "required": ["token"],
    },
    "AuthorizationServerMetadata": {
        "type": "object",
        "description": "Where tokens come from, and how (RFC 8414).",
        "properties": {
            "issuer": {"type": "string", "format": "uri"},
            "token_endpoint": {"type": "string", "format": "uri"},
            "revocation_endpoint": {"type": "string", "format": "uri"},
            "token_endpoint_auth_methods_supported": _TEXTS,
            "revocation_endpoint_auth_methods_supported": _TEXTS,
            "grant_types_supported": _TEXTS,
            "response_types_supported": _TEXTS,
            "scopes_supported": _TEXTS,
        },
        "required": [
            "grant_types_supported",
            "issuer",
            "response_types_supported",
            "revocation_endpoint",
            "revocation_endpoint_auth_methods_supported",
            "scopes_supported",
            "token_endpoint",
            "token_endpoint_auth_methods_supported",
        ],
    },
}

SECURITY_SCHEMES: dict[str, Schema] = {
    "client": {
        "type": "http",
        "scheme": "basic",
        "description": "A client's id and secret, for the token endpoint only.",
    }
}
