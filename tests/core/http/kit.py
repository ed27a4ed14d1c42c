"""A resource to try the kit on, with neighbours that record what they were asked.

Its rows stand in memory: what is tested here is the order and the form of answers. Paging over
a real table is in ``test_pages_of_querysets.py``.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar
from uuid import UUID

from django.apps.registry import Apps
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, OperationalError, models
from django.http import StreamingHttpResponse
from django.urls import include, path
from rest_framework import serializers
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.response import Response
from rest_framework.views import APIView

from platform_api.core.actor import Actor, ActorKind, Role
from platform_api.core.errors import Conflict, PreconditionFailed, Refusal
from platform_api.core.http import handlers
from platform_api.core.http.idempotency import StoredAnswer
from platform_api.core.http.pages import Count, Page, PageSpec
from platform_api.core.http.serializers import CommaSeparated, StrictSerializer
from platform_api.core.http.throttling import Verdict
from platform_api.core.http.views import Act, ResourceViewSet
from platform_api.core.registry import Protection, Rule

SEAT = UUID("01900000-0000-7000-8000-00000000000a")
OTHER_SEAT = UUID("01900000-0000-7000-8000-00000000000b")
USER = UUID("01900000-0000-7000-8000-0000000000aa")
READ, WRITE = "things:read", "things:write"


def number(n: int) -> UUID:
    """The id of the n-th thing."""
    return UUID(f"01900000-0000-7000-8000-{n:012d}")


class Thing(models.Model):
    """A protected model outside the project's apps."""

    id = models.UUIDField(primary_key=True)
    title = models.TextField(default="")
    state = models.TextField(default="draft")
    owner_id = models.UUIDField(default=SEAT)
    revision = models.IntegerField(default=1)
    weight = models.IntegerField(default=0)
    created_at = models.DateTimeField(null=True)

    class Meta:
        apps = Apps()
        app_label = "kit"

    def __str__(self) -> str:
        return self.title

    @property
    def etag_revision(self) -> str:
        return str(self.revision)


PROTECTION = Protection(
    model=Thing,
    type_name="thing",
    read_scope=READ,
    rules={
        "revise": Rule(WRITE, ("owner",), Role.DRAFTER, states=frozenset({"draft"})),
        "release": Rule(WRITE, ("owner",), Role.HEAD),
    },
    relations={"owner": lambda actor, thing: actor.roles_at(thing.owner_id)},
    scope_field=None,
    state_field="state",
)


class Rows(list[Thing]):
    """The visible things, as far as the kit uses a queryset."""

    model = Thing

    def get(self, **lookup: Any) -> Thing:
        try:
            wanted = UUID(str(lookup["id"]))
        except ValueError:
            raise ValidationError("not a UUID") from None
        for thing in self:
            if thing.id == wanted:
                return thing
        raise Thing.DoesNotExist


@dataclass
class World:
    """What the tests set and what the neighbours recorded."""

    rows: Rows = field(default_factory=Rows)
    actors: dict[str, Actor] = field(default_factory=dict)
    transactions: list[str] = field(default_factory=list)
    denials: list[tuple[str, str, str, str]] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    given: list[Any] = field(default_factory=list)


world = World()


class Tokens(BaseAuthentication):
    """``Bearer <name>`` is the actor of that name; ``Bearer broken`` fails loudly."""

    def authenticate(self, request: Any) -> tuple[Any, str] | None:
        kind, _, name = request.headers.get("Authorization", "").partition(" ")
        # What an OAuth library does with forms; it must not touch a body here.
        assert not request.POST
        if kind != "Bearer" or not name:
            return None
        if name == "broken":
            raise AuthenticationFailed("SELECT secret FROM tokens")
        if name == "unreadable":
            raise ValueError("not urlencoded")
        return (object(), name) if name in world.actors else None


def build_actor(request: Any) -> Actor:
    return world.actors[request.auth]


@contextmanager
def acting(actor: Actor) -> Iterator[None]:
    """Stands for the transaction; notes how it ended."""
    try:
        yield
    except BaseException:
        world.transactions.append("rolled back")
        raise
    world.transactions.append("committed")


class FakeThrottle:
    """Refuses the buckets it is told to; remembers what it was asked."""

    def __init__(self, *empty: str) -> None:
        self.empty = set(empty)
        self.asked: list[tuple[str, int, int]] = []

    def take(self, key: str, *, per_minute: int, burst: int) -> Verdict:
        self.asked.append((key, per_minute, burst))
        if key in self.empty:
            return Verdict(False, per_minute, 0, 60, 7)
        return Verdict(True, per_minute, burst - 1, 1, 0)


class KeyReused(Refusal):
    status = 422
    slug = "idempotency-key-reused"
    code = "idempotency_key_reused"


class FakeStore:
    """Answers in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], tuple[bytes, StoredAnswer]] = {}
        self.running: set[str] = set()

    def claim(self, *, caller: str, key: str, request_sha256: bytes) -> StoredAnswer | None:
        if key in self.running:
            raise Conflict("Still running.", code="request_in_progress")
        found = self.kept.get((caller, key))
        if found is None:
            return None
        if found[0] != request_sha256:
            raise KeyReused("Another request.")
        return found[1]

    def keep(self, *, caller: str, key: str, request_sha256: bytes, answer: StoredAnswer) -> None:
        self.kept[caller, key] = (request_sha256, answer)


class ThingShape(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    title = serializers.CharField()
    state = serializers.CharField()


class Part(StrictSerializer):
    name = serializers.CharField()


class ThingInput(StrictSerializer):
    title = serializers.CharField(max_length=40)
    amount = serializers.DecimalField(max_digits=8, decimal_places=2, required=False)
    rank = serializers.IntegerField(required=False)
    urgent = serializers.BooleanField(required=False)
    due = serializers.DateTimeField(required=False)
    labels = serializers.ListField(child=serializers.CharField(), required=False)
    titles = serializers.DictField(child=serializers.CharField(), required=False)
    parts = Part(many=True, required=False)
    made_by = serializers.CharField(read_only=True)


class ThingQuery(StrictSerializer):
    state = serializers.ChoiceField(["draft", "released"], required=False)
    rank = serializers.IntegerField(required=False)
    seats = CommaSeparated(child=serializers.UUIDField(), required=False)


class UploadInput(StrictSerializer):
    title = serializers.CharField()
    rank = serializers.IntegerField(required=False)
    file = serializers.FileField()


class Listed:
    """A feed over the rows in memory, by (weight, id) descending."""

    def __init__(self, rows: list[Thing]) -> None:
        self.rows = sorted(rows, key=lambda t: (t.weight, t.id), reverse=True)

    def fetch(self, *, after: Any, before: Any, limit: int) -> list[tuple[Any, Any]]:
        entries = [(thing.weight, thing.id) for thing in self.rows]
        if after is not None:
            return [entry for entry in entries if entry < after][:limit]
        if before is not None:
            return [entry for entry in entries if entry > before][-limit:]
        return entries[:limit]

    def load(self, ids: Any) -> list[Thing]:
        return [thing for thing in self.rows if thing.id in ids]

    def count(self, cap: int) -> Count:
        return Count(min(len(self.rows), cap), capped=len(self.rows) > cap)


class ThingViewSet(ResourceViewSet):
    """Things."""

    model = Thing
    representation = ThingShape
    page = PageSpec(order=(("weight", True), ("id", True)), count_cap=3)
    detail_route = "thing"
    authentication_classes = [Tokens]
    acts: ClassVar[dict[str, Act]] = {
        "list": Act(ability="view", token_scope=READ, query=ThingQuery, many=True, public=True),
        "create": Act(ability=None, token_scope=WRITE, input=ThingInput, status=201),
        "retrieve": Act(ability="view", token_scope=READ, public=True),
        "partial_update": Act(
            ability="revise", token_scope=WRITE, input=ThingInput, precondition=True
        ),
        "destroy": Act(ability="revise", token_scope=WRITE, precondition=True),
        "release": Act(ability="release", token_scope=WRITE, precondition=True),
        "object_to": Act(ability="view", token_scope=WRITE, own_act=True),
        "late": Act(ability="view", token_scope=WRITE),
        "secret": Act(ability="release", token_scope=WRITE, secret=True),
        "bulk": Act(ability=None, token_scope=WRITE, input=ThingInput, input_many=True),
        "upload": Act(
            ability=None,
            token_scope=WRITE,
            input=UploadInput,
            consumes=("multipart/form-data",),
            max_bytes=2000,
        ),
        "table": Act(
            ability=None,
            token_scope=WRITE,
            consumes=("text/csv",),
            idempotent_key=False,
            max_bytes=100,
        ),
        "export": Act(ability=None, token_scope=READ, produces=("text/csv", "application/json")),
        "fail": Act(ability=None, token_scope=READ),
    }
    failures: ClassVar[dict[str, Exception]] = {
        "bug": RuntimeError("SELECT * FROM secrets at /srv/app.py"),
        "data": DataError("value too long for type character varying(3) SELECT"),
        "integrity": IntegrityError("duplicate"),
        "operational": OperationalError("server closed the connection"),
    }

    def get_queryset(self) -> Any:
        world.calls.append("visible_to")
        return world.rows

    def list(self) -> Page:
        return self.paginate_feed(Listed(world.rows))

    def create(self) -> Thing:
        world.given.append(self.input)
        thing = Thing(id=number(99), title=self.input["title"])
        world.rows.append(thing)
        return thing

    def retrieve(self) -> Thing:
        return self.object

    def partial_update(self) -> Thing:
        self._check_as_service()
        world.given.append(self.input)
        self.object.title = self.input["title"]
        self.object.revision += 1
        return self.object

    def destroy(self) -> None:
        self._check_as_service()
        world.rows.remove(self.object)

    def release(self) -> Thing:
        self._check_as_service()
        self.object.state = "released"
        return self.object

    def object_to(self) -> Thing:
        world.given.append(self.if_match)
        return self.object

    def late(self) -> Refusal:
        return Conflict("Too late, but kept.", code="too_late")

    def secret(self) -> Response:
        return Response({"secret": "s3cret"}, status=201, headers={"Location": "/x"})

    def bulk(self) -> dict[str, Any]:
        return {"id": number(1), "title": str(len(self.input)), "state": "done"}

    def upload(self) -> Response:
        world.given.append(self.input)
        return Response({"bytes": self.input["file"].size})

    def table(self) -> Response:
        return Response({"body": self.raw.decode()})

    def export(self) -> StreamingHttpResponse:
        self.headers["Deprecation"] = "@1688169599"
        return StreamingHttpResponse([b"a,b\n"], content_type=self.media_type)

    def fail(self) -> None:
        raise self.failures[self.kwargs["kind"]]

    def undeclared(self) -> Any:
        raise AssertionError("an action without an act was run")

    def _check_as_service(self) -> None:
        if self.if_match != self.object.etag_revision:
            raise PreconditionFailed(self.object.etag_revision)
        if self.object.state != "draft":
            raise Conflict(
                "The thing's state does not allow this.",
                code="wrong_state",
                extensions={"state": self.object.state, "allowed": ["draft"]},
            )


class PlainView(APIView):
    """A view of DRF's own kind."""

    authentication_classes = [Tokens]

    def get(self, request: Any) -> Response:
        request.query_params["missing"]
        return Response({})

    def post(self, request: Any) -> Response:
        serializer = ThingInput(data={"rank": "x"})
        serializer.is_valid(raise_exception=True)
        return Response({})


def _django_only(request: Any) -> Any:
    from django.http import HttpResponseNotAllowed

    return HttpResponseNotAllowed(["PUT"])


_things = ThingViewSet.as_view
_api = [
    path("things", _things({"get": "list", "post": "create", "put": "undeclared"})),
    path("things:bulk", _things({"post": "bulk"})),
    path("things:upload", _things({"post": "upload"})),
    path("things:table", _things({"post": "table"})),
    path("things:export", _things({"get": "export"})),
    path("things:fail/<kind>", _things({"get": "fail"})),
    path(
        "things/<id>",
        _things({"get": "retrieve", "patch": "partial_update", "delete": "destroy"}),
        name="thing",
    ),
    path("things/<id>/release", _things({"post": "release"})),
    path("things/<id>/object", _things({"post": "object_to"})),
    path("things/<id>/late", _things({"post": "late"})),
    path("things/<id>/secret", _things({"post": "secret"})),
    path("plain", PlainView.as_view()),
    path("django", _django_only),
]
urlpatterns = [
    path("api/v1/", include(_api)),
    path("", include("platform_api.core.http.urls")),
]
handler400 = handlers.handler400
handler403 = handlers.handler403
handler404 = handlers.handler404
handler500 = handlers.handler500


def person(*roles: Role, scopes: set[str] | None = None, seat: UUID = SEAT) -> Actor:
    """A person with roles at a seat."""
    return Actor(
        kind=ActorKind.PERSON,
        user_id=USER,
        seats={seat: frozenset(roles)},
        token_scopes=None if scopes is None else frozenset(scopes),
    )
