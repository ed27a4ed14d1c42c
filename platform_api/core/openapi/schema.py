"""From the acts of a view to its operations."""

# drf-spectacular is typed in part only.
# mypy: disable-error-code=no-untyped-call

import json
from collections.abc import Mapping
from typing import Any, cast

import uritemplate
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model
from drf_spectacular.contrib.django_filters import DjangoFilterExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import (
    ComponentIdentity,
    ResolvedComponent,
    append_meta,
    force_instance,
)
from rest_framework import serializers
from rest_framework.serializers import BaseSerializer

from platform_api.core.http.acts import JSON, MERGE_PATCH, MULTIPART, Act
from platform_api.core.http.pages import PageSpec
from platform_api.core.http.problems import MEDIA_TYPE
from platform_api.core.http.serializers import CommaSeparated
from platform_api.core.http.views import ResourceViewSet
from platform_api.core.registry import Protection, Rule, registry

from . import naming
from .docs import OperationDoc, operation_doc
from .problems import problem_responses
from .shared import THROTTLED, headers, ids_parameter, limit_parameter, parameter

Schema = dict[str, Any]
Shape = type[BaseSerializer[Any]]

_PATCH_ENDINGS = ("Revise", "Update", "Patch")
_SUMMARIES = {"list": "List", "retrieve": "Get", "create": "Create", "replace": "Replace"}


class ApiSchema(AutoSchema):
    """The operations of a ResourceViewSet: what its acts say, and the kit's own part.

    An action without an act answers 405, so it has no operation.
    """

    @property
    def resource(self) -> ResourceViewSet:
        """The view; every view of the API is one of ours."""
        return cast(ResourceViewSet, self.view)

    @property
    def action(self) -> str:
        """The view's action that the method leads to."""
        return str(self.resource.action)

    @property
    def act(self) -> Act:
        """The act behind the operation."""
        return self.resource.acts[self.action]

    @property
    def doc(self) -> OperationDoc | None:
        """What is written about the operation; tests ask for it everywhere."""
        return operation_doc(type(self.view).__module__, self.get_operation_id())

    def is_excluded(self) -> bool:
        return self.action not in self.resource.acts

    def get_operation_id(self) -> str:
        return naming.operation_id(self.path, self.action, self.act.ability)

    def get_tags(self) -> list[str]:
        return [naming.tag(self.path)]

    def get_summary(self) -> str:
        if self.doc:
            return self.doc.summary
        resource, _, verb = self.get_operation_id().rpartition("_")
        return f"{_SUMMARIES.get(verb, verb.capitalize())} {naming.words(resource)}"

    def get_description(self) -> str:  # type: ignore[override]  # as in drf-spectacular itself
        if self.doc:
            return self.doc.description
        return (type(self.view).__doc__ or self.get_summary()).strip()

    def get_auth(self) -> list[Schema]:
        schemes = [name for requirement in super().get_auth() for name in requirement]
        scopes = [self.act.token_scope] if self.act.token_scope else []
        required: list[Schema] = [{name: scopes} for name in schemes]
        return [*required, {}] if self.act.public or self.act.invited else required

    # -- parameters -----------------------------------------------------------------------------

    def _get_parameters(self) -> list[Schema]:
        return [
            *self._path_parameters(),
            *self._declared_parameters(),
            *self._kit_parameters(),
            *self._header_parameters(),
        ]

    def _path_parameters(self) -> list[Schema]:
        found = self._resolve_path_parameters(list(uritemplate.variables(self.path)))
        for one in found:
            owner = naming.words(naming.owner_of(self.path, one["name"]))
            name = one["name"].rpartition("_")[2]
            what = "id" if one["schema"].get("format") == "uuid" else name
            one["description"] = f"The {owner}'s {what}."
        return list(found)

    def _declared_parameters(self) -> list[Schema]:
        found = list(self._process_override_parameters().values())
        if self.act.filterset is not None:
            extension = DjangoFilterExtension(_Filters(self.act.filterset))
            found += extension.get_schema_operation_parameters(self)
        for one in found:
            one.setdefault("description", f"Only what has this {naming.words(one['name'])}.")
            if one["schema"].get("type") == "array":
                one |= {"style": "form", "explode": False}
            if "enum" in one["schema"]:
                one["schema"].pop("minLength", None)
        return found

    def get_override_parameters(self) -> list[Any]:
        return [self.act.query] if self.act.query is not None else []

    def _kit_parameters(self) -> list[Schema]:
        found = []
        if self._is_list and self.resource.page is not None:
            spec: PageSpec = self.resource.page
            usual = (spec.default_limit, spec.max_limit) == (50, 200)
            found += [
                parameter("Limit")
                if usual
                else limit_parameter(spec.default_limit, spec.max_limit),
                parameter("Cursor"),
                *([self._ids(spec)] if spec.max_ids else []),
                parameter("Count"),
            ]
        if self._shape is not None:
            found.append(parameter("Fields"))
            if self._protection is not None and self._protection.rules:
                found.append(parameter("Abilities"))
        return found

    def _ids(self, spec: PageSpec) -> Schema:
        if spec.id_type is str:
            return ids_parameter({"type": "string"}, spec.max_ids)
        if spec.max_ids != 200:
            return ids_parameter({"type": "string", "format": "uuid"}, spec.max_ids)
        return parameter("Ids")

    def _header_parameters(self) -> list[Schema]:
        if self.method == "GET":
            return [parameter("IfNoneMatch")]
        found = [parameter("IfMatch")] if self.act.precondition else []
        if self.method == "POST" and self.act.takes_key(self.method):
            found.append(parameter("IdempotencyKey"))
        return [*found, parameter("Prefer")] if self._shape is not None else found

    # -- bodies ---------------------------------------------------------------------------------

    def _get_request_body(self, direction: str = "request") -> Schema | None:
        act = self.act
        if act.input is None and not act.consumes:
            return None
        schema: Schema = {"type": "string", "contentMediaType": "application/octet-stream"}
        if act.input is not None:
            shape = force_instance(act.input)
            shape.partial = self.method == "PATCH"
            schema = self.resolve_serializer(shape, "request").ref
            if act.input_many:
                schema = {"type": "array", "items": schema}
        examples = _examples(self.doc.request) if self.doc else {}
        content = {
            media_type: {"schema": schema} | ({"examples": examples} if examples else {})
            for media_type in act.media_types(self.method)
            if act.input is not None or media_type not in (JSON, MERGE_PATCH, MULTIPART)
        }
        return {"content": content, "required": True}

    def _get_response_bodies(self, direction: str = "response") -> Schema:
        act, answers = self.act, {}
        status = str(act.status)
        if self._shape is None and act.produces == (JSON,):
            status = "204" if act.status == 200 else status
            answers[status] = {"description": "Done.", "headers": headers(THROTTLED)}
        else:
            answers[status] = self._success()
        if self.method == "GET":
            answers["304"] = {
                "description": "The copy named in If-None-Match is still good.",
                "headers": headers((*THROTTLED, "ETag")),
            }
        answers |= problem_responses(
            act,
            self.method,
            addressed="{" in self.path,
            rule=self._rule,
            further=self.doc.problems if self.doc else {},
        )
        if act.conflict is not None:
            conflict: Schema = answers["409"]
            content = conflict["content"][MEDIA_TYPE]
            members = self.resolve_serializer(force_instance(act.conflict), "response").ref
            content["schema"] = {
                "anyOf": [{"allOf": [content["schema"], members]}, content["schema"]]
            }
            content["examples"] |= _examples(self.doc.conflict) if self.doc else {}
        return dict(sorted(answers.items()))

    def _success(self) -> Schema:
        told = self.doc.response if self.doc else {}
        schema: Schema = {"type": "string"}
        if self._shape is not None:
            schema = self._page(self._shape) if self._is_list else self._detail(self._shape)
        return {
            "description": {201: "Made."}.get(
                self.act.status, "Done." if self._writes else "Found."
            ),
            "headers": headers(self._success_headers()),
            "content": {
                media_type: self._content(media_type, schema, told)
                for media_type in self.act.produces
            },
        }

    def _content(self, media_type: str, schema: Schema, told: Mapping[str, Any]) -> Schema:
        """What an answer of one media type is like; texts among the examples are not JSON's."""
        if media_type != JSON:
            schema = {"type": "string"}
        if self._shape is not None:
            told = {
                n: each for n, each in told.items() if isinstance(each, str) != (media_type == JSON)
            }
        examples = _examples(told)
        return {"schema": schema} | ({"examples": examples} if examples else {})

    def _success_headers(self) -> list[str]:
        names = list(THROTTLED)
        if not self._writes or hasattr(self._model, "etag_revision"):
            names.append("ETag")
        if self._is_list:
            names.append("Link")
        if self.act.status == 201 and self.resource.detail_route:
            names.append("Location")
        if self._writes:
            names.append("PreferenceApplied")
        if self.method == "POST" and self.act.takes_key(self.method):
            names.append("IdempotencyReplayed")
        return names

    # -- what is shown --------------------------------------------------------------------------

    @property
    def _writes(self) -> bool:
        return self.method != "GET"

    @property
    def _is_list(self) -> bool:
        return self.act.many or self.action == "list"

    @property
    def _shape(self) -> Shape | None:
        """What is shown; a deletion shows nothing unless its act says so."""
        if self.method == "DELETE":
            return self.act.output
        shape: Shape | None = self.act.output or self.resource.representation
        return shape

    @property
    def _model(self) -> type[Model] | None:
        """Of what is shown; a shape whose Meta says ``model = None`` shows no row."""
        meta = getattr(self._shape, "Meta", None)
        model: type[Model] | None = getattr(meta, "model", self.resource.model)
        return model

    @property
    def _protection(self) -> Protection | None:
        model = self._model
        return registry.protection_of(model) if model and registry.is_protected(model) else None

    @property
    def _rule(self) -> Rule | None:
        """The rule that decides the act: that of what the last variable of the path names."""
        variables = list(uritemplate.variables(self.path))
        if not variables or self.act.ability is None:
            return None
        owner = naming.owner_of(self.path, variables[-1])
        for protection in registry.protections:
            if protection.type_name == owner:
                return protection.rules.get(self.act.ability)
        return None

    def _page(self, shape: Shape) -> Schema:
        item = self._item(shape)
        name = f"{item.name}Page"
        schema = {
            "type": "object",
            "description": "One page of a list.",
            "properties": {
                "items": {"type": "array", "items": item.ref},
                "next": _URL_OR_NULL | {"description": "The next page; null at the end."},
                "previous": _URL_OR_NULL | {"description": "The page before; null at the start."},
                "count": {"$ref": "#/components/schemas/PageCount"},
            },
            "required": ["items", "next", "previous"],
        }
        return self._component(name, schema, identity=(name,)).ref

    def _item(self, shape: Shape) -> ResolvedComponent:
        """The component of a list's item: with its revision tag, and abilities when asked for."""
        properties: Schema = {}
        required = []
        if hasattr(self._model, "etag_revision"):
            properties["etag"] = {"type": "string", "description": "The revision, for If-Match."}
            required.append("etag")
        if self._protection is not None and self._protection.rules:
            properties |= self._abilities(self._protection)
        plain = self._plain_name(shape)
        if not properties or plain.endswith("Summary"):
            name = plain
        else:
            name = f"{plain.removesuffix('Detail')}Item"
        return self._shown(shape, name, properties, required)

    def _detail(self, shape: Shape) -> Schema:
        properties: Schema = {}
        required = []
        if self._protection is not None:
            properties |= self._abilities(self._protection)
            if not any(act.public for act in self.resource.acts.values()):
                required.append("abilities")
        return self._shown(shape, self._plain_name(shape), properties, required).ref

    def _plain_name(self, shape: Shape) -> str:
        return self._get_serializer_name(force_instance(shape), "response")

    def _shown(
        self, shape: Shape, name: str, added: Mapping[str, Schema], required: list[str]
    ) -> ResolvedComponent:
        if not added:
            return self.resolve_serializer(force_instance(shape), "response")
        schema = self._map_serializer(force_instance(shape), "response")
        schema["properties"] = {**schema["properties"], **added}
        schema["required"] = sorted([*schema["required"], *required])
        return self._component(name, schema, identity=(shape, name))

    def _abilities(self, protection: Protection) -> Schema:
        owner = naming.words(protection.type_name)
        described: Schema = {
            "type": "object",
            "description": f"What the caller may do with the {owner} now.",
        }
        if protection.rules:
            described |= {
                "properties": {name: {"type": "boolean"} for name in protection.rules},
                "required": sorted(protection.rules),
            }
            name = f"{naming.component(protection.type_name)}Abilities"
            described = self._component(name, described, identity=(protection.model, name)).ref
        else:
            described["additionalProperties"] = {"type": "boolean"}
        return {
            "abilities": described,
            "ability_reasons": {
                "type": "object",
                "description": "The reason of each ability that is missing, when asked for.",
                "additionalProperties": {"$ref": "#/components/schemas/AbilityReason"},
            },
        }

    def _component(self, name: str, schema: Schema, *, identity: object) -> ResolvedComponent:
        """A registered component; raises when the name already means something else."""
        component = ResolvedComponent(
            name=name,
            type=ResolvedComponent.SCHEMA,
            schema=schema,
            object=ComponentIdentity(identity),
        )
        if component in self.registry and self.registry[component].schema != schema:
            raise ImproperlyConfigured(
                f"The component {name} has two forms; give one of its uses a serializer of its own."
            )
        self.registry.register_on_missing(component)
        return component

    # -- components -----------------------------------------------------------------------------

    def _get_serializer_name(
        self, serializer: Any, direction: str, bypass_extensions: bool = False
    ) -> str:
        """Names a shape of PATCH ``…ReviseRequest`` rather than ``Patched…``."""
        name: str = super()._get_serializer_name(serializer, direction, bypass_extensions)
        if not name.startswith("Patched"):
            return name
        plain = name.removeprefix("Patched").removesuffix("Request")
        return f"{plain}{'' if plain.endswith(_PATCH_ENDINGS) else 'Patch'}Request"

    def _map_serializer(
        self, serializer: Any, direction: str, bypass_extensions: bool = False
    ) -> Schema:
        """Every member of an answer is there; a body has no others than are declared."""
        schema: Schema = super()._map_serializer(serializer, direction, bypass_extensions)
        if "properties" not in schema:
            return schema
        for member in schema["properties"].values():
            member.pop("readOnly", None)
        if direction == "response":
            schema["required"] = sorted(schema["properties"])
            return schema
        schema["additionalProperties"] = False
        for member in schema["properties"].values():
            _tell_default(member, applies=not getattr(serializer, "partial", False))
        return schema

    def _map_serializer_field(
        self, field: Any, direction: str, bypass_extensions: bool = False
    ) -> Schema:
        if isinstance(field, serializers.SlugRelatedField):
            # A slug is text; finding that out through the model needs a ModelSerializer.
            meta = self._get_serializer_field_meta(field, direction)
            return dict(append_meta({"type": "string"}, meta))
        schema: Schema = super()._map_serializer_field(field, direction, bypass_extensions)
        if isinstance(field, serializers.DictField) and not field.allow_empty:
            schema["minProperties"] = 1
        if isinstance(field, CommaSeparated):
            schema.setdefault("minItems", 1)
        return schema


_URL_OR_NULL: Schema = {"type": ["string", "null"], "format": "uri"}


class _Filters:
    """Stands in for the filter backend that drf-spectacular asks for a filterset."""

    def __init__(self, filterset: type[Any]) -> None:
        self._filterset = filterset

    def get_filterset_class(self, view: Any, queryset: Any = None) -> type[Any]:
        return self._filterset


def _tell_default(member: Schema, *, applies: bool) -> None:
    """Put a default into words: generators take a member that has one for a required one."""
    default = member.pop("default", None)
    if default is not None and applies:
        told = f"By default `{json.dumps(default)}`." if default != "" else "Empty by default."
        member["description"] = f"{member.get('description', '')} {told}".strip()


def _examples(named: Mapping[str, Any]) -> Schema:
    return {
        "".join(c if c.isalnum() and c.isascii() else "_" for c in phrase.lower()): {
            "summary": phrase,
            "value": value,
        }
        for phrase, value in named.items()
    }
