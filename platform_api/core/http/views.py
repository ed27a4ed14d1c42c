"""The one base of the API's views: it carries a request through its fixed order of checks.

A view names its model, its acts and their shapes; a handler does one thing and returns what is
to be shown. The order of refusals is API.md's: 401, 429, 404, 403, 428, 415/413/400, 412, 409.
"""

import logging
from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from django.core.exceptions import ImproperlyConfigured, ObjectDoesNotExist, ValidationError
from django.core.signals import got_request_exception
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from rest_framework.request import Request
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView
from rest_framework.viewsets import ViewSetMixin

from platform_api.core.access import decide
from platform_api.core.actor import ANONYMOUS, Actor
from platform_api.core.errors import Forbidden, Invalid, NotVisible, PreconditionRequired, Refusal
from platform_api.core.registry import registry
from platform_api.core.transaction import acting

from . import conf
from .acts import JSON, Act
from .answers import answer_of
from .body import Received, receive
from .callers import caller_of, check_scope, check_scope_first
from .idempotency import HEADER as KEY_HEADER
from .idempotency import KeyedRequest, valid_key
from .inputs import InputReader
from .pages import FeedSource, Page, PageSpec, paginate, paginate_feed
from .parameters import Parameters
from .problems import Problem, problem_response
from .refusals import MethodNotAllowed
from .renderers import negotiate
from .representation import Representer, protected_type
from .throttling import caller_key, throttle_caller, throttle_unauthenticated
from .translation import refusal_of

__all__ = ["Act", "ResourceViewSet"]

M = TypeVar("M", bound=Model)

_logger = logging.getLogger(__name__)


class ResourceViewSet(ViewSetMixin, APIView):
    """A resource of the API; see the module for the order in which a request is judged.

    A handler takes no arguments. In it these are set: ``actor``; ``kwargs`` of the URL;
    ``object``, fetched through ``visible_to`` and its ability decided; ``input`` and ``query``,
    validated; ``raw``, the body of an act that consumes other than JSON; ``if_match``, a
    revision token or None; ``media_type``, what is to be answered. It may set ``status`` and add
    to ``headers``.

    It returns a model instance or mapping to represent, a Page, a list, None (204), a Refusal
    that must not roll back, or a response.

    page: order and bounds of lists; None for one that always comes whole.
    detail_route: name of the URL of one object, for ``Location`` on 201.
    """

    model: ClassVar[type[Model]]
    acts: ClassVar[Mapping[str, Act]] = {}
    representation: ClassVar[type[BaseSerializer[Any]] | None] = None
    page: ClassVar[PageSpec | None] = PageSpec()
    detail_route: ClassVar[str] = ""
    lookup_field: str = "id"
    lookup_url_kwarg: str = "id"

    actor: Actor = ANONYMOUS
    object: Any = None
    act: Act
    input: Any
    query: dict[str, Any]
    raw: bytes = b""
    if_match: str | None = None
    media_type: str = JSON
    parameters: Parameters = Parameters()
    status: int = 200
    headers: dict[str, str]

    # -- the handler most views share -----------------------------------------------------------

    def retrieve(self) -> Any:
        """Show the row the URL names."""
        return self.object

    # -- what a view may override ---------------------------------------------------------------

    def get_queryset(self) -> QuerySet[Any]:
        """The rows this request may reach: those its actor sees."""
        manager: Any = self.model._default_manager
        visible: QuerySet[Any] = manager.visible_to(self.actor)
        return visible

    def get_object(self) -> Any:
        """What the act's ability is decided on: the row the URL names, None where it names none.

        A view of children overrides it to fetch the parent with ``visible_or_404``.
        """
        if self.lookup_url_kwarg not in self.kwargs:
            return None
        lookup = {self.lookup_field: self.kwargs[self.lookup_url_kwarg]}
        return self.visible_or_404(self.get_queryset(), **lookup)

    def check_ability(self) -> None:
        """Raise Forbidden unless the actor may do the act; a state is left to the service."""
        ability = self.act.ability
        if ability is None or (ability == "view" and self.object is None):
            return
        if self.object is None:
            raise ImproperlyConfigured(f"{type(self).__name__}.{self.action} has no object")
        if ability == "view" and not protected_type(self.object):
            return
        decision = decide(self.actor, ability, self.object, seen=True)
        if not decision.allowed and not decision.is_state:
            raise Forbidden("You may not do this here.", code=decision.reason)

    def location_of(self, obj: Any) -> str:
        """The address of an object that was made; empty for none."""
        if not self.detail_route:
            return ""
        value = getattr(obj, self.lookup_field)
        path = reverse(self.detail_route, kwargs={self.lookup_url_kwarg: value})
        return conf.text("PUBLIC_URL").rstrip("/") + path

    # -- what a handler may use -----------------------------------------------------------------

    @property
    def revision(self) -> str:
        """The revision that If-Match names, in a handler whose act has a precondition."""
        if self.if_match is None:
            raise PreconditionRequired
        return self.if_match

    def visible_or_404(self, queryset: QuerySet[M], **lookup: Any) -> M:
        """The one row of a queryset of visible rows; absent, hidden and malformed are alike."""
        try:
            return queryset.get(**lookup)
        except (ObjectDoesNotExist, ValidationError, ValueError, TypeError):
            raise NotVisible from None

    def paginate(self, queryset: QuerySet[Any]) -> Page:
        """The page of a queryset that was asked for, in the order of ``page``."""
        return paginate(queryset, self._paged(), self.request)

    def paginate_feed(self, source: FeedSource) -> Page:
        """The page of a feed that was asked for."""
        return paginate_feed(source, self._paged(), self.request)

    def _paged(self) -> PageSpec:
        if self.page is None:
            raise ImproperlyConfigured(f"{type(self).__name__} has no pages")
        return self.page

    def filtered(self, queryset: QuerySet[M]) -> QuerySet[M]:
        """The queryset narrowed by the act's filterset."""
        if self.act.filterset is None:
            raise ImproperlyConfigured(f"{type(self).__name__}.{self.action} has no filterset")
        filterset = self.act.filterset(
            data=self.request.query_params, queryset=queryset, request=self.request
        )
        narrowed: QuerySet[M] = filterset.qs
        return narrowed

    # -- the way of a request -------------------------------------------------------------------

    def initialize_request(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Request:
        """DRF's request around Django's, with its body put out of the authenticators' reach.

        OAuth libraries look for tokens in form bodies. The kit reads the body itself, later.
        """
        wrapped: Request = super().initialize_request(request, *args, **kwargs)
        vars(wrapped).update(_data=QueryDict(), _full_data=QueryDict(), _files=MultiValueDict())
        return wrapped

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer a request, whatever it is and whatever happens."""
        self.args, self.kwargs = args, kwargs
        self.headers = {}
        self.query = {}
        self.input = {}
        self.request = self.initialize_request(request, *args, **kwargs)
        try:
            return self._answer(request)
        except Exception as error:
            return self._refuse(error, request)

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        self.act = self._declared_act()
        self.status = self.act.status
        self.media_type = negotiate(request.headers.get("Accept", ""), self.act.produces)
        self.actor = caller_of(self.request, request, self.act)
        throttle_caller(request, self.actor, own_act=self.act.own_act)
        if self.act.invited:
            throttle_unauthenticated(request)
        received = receive(request, self.act.media_types(self._method), self._body_limit())
        with acting(self.actor):
            return self._carry_out(request, received)

    def _carry_out(self, request: HttpRequest, received: Received) -> HttpResponseBase:
        check_scope_first(self.actor, self.act.token_scope)
        keyed = self._keyed(request, received)
        if keyed is not None:
            replay = keyed.claim(self.actor)
            if replay is not None:
                check_scope(self.actor, self.act.token_scope)
                return replay
        self.object = self.get_object()
        check_scope(self.actor, self.act.token_scope)
        self.check_ability()
        self._check_precondition(request)
        self._read_inputs(received)
        result = getattr(self, self._method.lower())()
        response = self._respond(request, result)
        if keyed is not None:
            keyed.keep(response, resource=self._resource(result), secret=self.act.secret)
        return response

    def _refuse(self, error: Exception, request: HttpRequest) -> HttpResponse:
        refusal = refusal_of(error)
        if refusal is None:
            got_request_exception.send(sender=type(self), request=request)
            _logger.error("unexpected error at %s", request.path, exc_info=error)
            refusal = Problem(500)
        elif refusal.status == 403:
            self._record_denial(refusal)
        return problem_response(refusal, request)

    def _record_denial(self, refusal: Refusal) -> None:
        if registry.denial_recorder is None or not self.actor.is_authenticated:
            return
        subject = self.object
        model = getattr(self, "model", None)
        kind = protected_type(subject) or (model._meta.model_name if model else "") or ""
        object_id = str(subject.pk) if isinstance(subject, Model) else ""
        action = self.act.ability or str(self.action)
        try:
            with acting(self.actor):
                registry.denial_recorder(self.actor, action, kind, object_id, refusal.code)
        except Exception:
            _logger.exception("a denial could not be recorded")

    # -- its steps ------------------------------------------------------------------------------

    @property
    def _method(self) -> str:
        return str(self.request.method)

    def _declared_act(self) -> Act:
        act = self.acts.get(self.action or "")
        if act is None:
            raise MethodNotAllowed(self.allowed_methods)
        return act

    @property
    def allowed_methods(self) -> list[str]:
        """The methods whose action has an act."""
        return [m.upper() for m, action in self.action_map.items() if action in self.acts]

    def _body_limit(self) -> int:
        if self.act.max_bytes is not None:
            return self.act.max_bytes
        return conf.number("MAX_UPLOAD_BYTES" if self.act.consumes else "MAX_BODY_BYTES")

    def _keyed(self, request: HttpRequest, received: Received) -> KeyedRequest | None:
        key = request.headers.get(KEY_HEADER)
        store = registry.idempotency_store
        if key is None or store is None or received.refusal:
            return None
        if not (self.act.takes_key(self._method) and self.actor.is_authenticated):
            return None
        try:
            name = valid_key(key)
        except Invalid:
            return None
        digest = received.sha256(self._method, request.get_full_path())
        return KeyedRequest(store, caller_key(self.actor), name, digest)

    def _check_precondition(self, request: HttpRequest) -> None:
        header = request.headers.get("If-Match")
        if self.act.precondition and (header is None or header.strip() == "*"):
            raise PreconditionRequired

    def _read_inputs(self, received: Received) -> None:
        reader = InputReader(
            act=self.act,
            request=self.request,
            received=received,
            context=self._context(),
            shape=self._shape(),
            page=self.page if self.act.many or self.action == "list" else None,
            rows=self.model._default_manager.none() if self.act.filterset else None,
        )
        inputs = reader.read()
        self.input, self.query, self.raw = inputs.body, inputs.query, received.raw
        self.parameters = inputs.parameters
        if inputs.revisions:
            current = getattr(self.object, "etag_revision", None)
            self.if_match = current if current in inputs.revisions else inputs.revisions[0]

    def _shape(self) -> type[BaseSerializer[Any]] | None:
        return self.act.output or self.representation

    def _context(self) -> dict[str, Any]:
        return {"request": self.request, "view": self, "actor": self.actor}

    def _respond(self, request: HttpRequest, result: Any) -> HttpResponseBase:
        representer = Representer(self.actor, self._shape(), self.parameters, self._context())
        answer = answer_of(result, representer, request, status=self.status)
        if isinstance(answer, HttpResponseBase):
            for name, value in self.headers.items():
                answer.headers.setdefault(name, value)
            return answer
        if answer.status == 201 and isinstance(result, Model):
            location = self.location_of(result)
            answer.headers |= {"Location": location} if location else {}
        answer.headers |= self.headers
        if self.act.public and not self.actor.is_authenticated:
            age = conf.number("PUBLIC_MAX_AGE")
            answer.headers.setdefault("Cache-Control", f"public, max-age={age}")
        answer.headers.setdefault("Content-Type", self.media_type)
        return answer.response(request)

    def _resource(self, shown: Any) -> tuple[str, str] | None:
        for candidate in (shown, self.object):
            type_name = protected_type(candidate)
            if type_name:
                return type_name, str(candidate.pk)
        return None
