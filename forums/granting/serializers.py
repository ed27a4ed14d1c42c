"""Shapes of access: who has what on an object, by which way, and of giving and ending it."""

from typing import Any
from uuid import UUID

from django.db import models
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from platform_api.core.http.references import ObjectNamed, ObjectReference, ObjectShown
from platform_api.core.http.serializers import StrictSerializer
from platform_api.identity.models import Scope

from .rules import KEPT

_HOLDERS = ("country", "organisation", "delegation")


class GrantLevel(models.TextChoices):
    READ = "read"
    COMMENT = "comment"
    DRAFT = "draft"
    MANAGE = "manage"


class AccountKind(models.TextChoices):
    PERSON = "person"
    CLIENT = "client"


class HolderKind(models.TextChoices):
    DELEGATION = "delegation"
    COUNTRY = "country"
    ORGANISATION = "organisation"
    EVERYBODY = "everybody"


class AccessWay(models.TextChoices):
    SCOPE = "scope"
    GRANT = "grant"


class GrantedObject(ObjectNamed):
    """An object of a type that can be granted."""

    def validate_type(self, value: str) -> str:
        """One that can be granted."""
        return granted_type(value)


class GrantedReference(ObjectReference):
    """``<type>:<id>`` of a type that can be granted."""

    def to_internal_value(self, data: Any) -> Any:
        named = super().to_internal_value(data)
        granted_type(named["type"])
        return named


class GrantHolder(StrictSerializer):
    """One holder: a country or organisation with all its seats, or one delegation."""

    country = serializers.CharField(
        required=False, min_length=2, max_length=2, help_text="ISO 3166-1 alpha-2 code."
    )
    organisation = serializers.SlugField(required=False, help_text="The organisation's key.")
    delegation = serializers.UUIDField(required=False, help_text="One seat.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Exactly one of them."""
        if len(set(_HOLDERS) & set(attrs)) != 1:
            raise serializers.ValidationError(
                "Name a country, an organisation or a delegation.", code="one_holder"
            )
        return attrs


class GrantTerms(StrictSerializer):
    """What is granted, and until when."""

    level = serializers.ChoiceField(
        choices=GrantLevel.choices, default="read", help_text="A level includes those before it."
    )
    until = serializers.DateTimeField(
        required=False, allow_null=True, help_text="The grant ends by itself then."
    )
    reason = serializers.CharField(max_length=500, allow_blank=True, default="")


class GrantCreate(GrantHolder, GrantTerms):
    """A grant on one object to one holder."""

    object = GrantedObject()


class GrantEnd(GrantHolder):
    """The grant to end."""

    object = GrantedObject()
    reason = serializers.CharField(max_length=500, allow_blank=True, default="")


class GrantBatchCreate(GrantTerms):
    """Grants on many objects of one type to many holders: all of them or none."""

    type = serializers.CharField(max_length=40, help_text="Of all the objects.")
    objects = serializers.ListField(
        child=serializers.UUIDField(), min_length=1, max_length=10_000, help_text="Their ids."
    )
    holders = serializers.ListField(
        child=GrantHolder(), min_length=1, max_length=200, help_text="Each named once."
    )

    def validate_type(self, value: str) -> str:
        """One that can be granted."""
        return granted_type(value)

    def validate_objects(self, value: list[UUID]) -> list[UUID]:
        """Each once."""
        return list(dict.fromkeys(value))


class GrantBatch(serializers.Serializer[Any]):
    """What a batch gave."""

    pairs = serializers.IntegerField(help_text="How many grants: objects times holders.")

    class Meta:
        model = None


class GrantedQuery(StrictSerializer):
    """Which object is asked about."""

    object = GrantedReference()


class WhoCanQuery(GrantedQuery):
    """Who may do a thing to an object."""

    ability = serializers.CharField(max_length=60, help_text="`view`, or one of the type's.")


class ExplainQuery(GrantedQuery):
    """Whose access to an object is explained."""

    subject = serializers.RegexField(
        r"^(delegation|user|client):[A-Za-z0-9._~-]{1,100}\Z",
        help_text="`delegation:<id>`, `user:<id>` or `client:<client id>` of your own seat.",
    )


class MatrixQuery(StrictSerializer):
    """Which part of the matrix is wanted; filters by grants ask for one that fits them all."""

    type = serializers.CharField(max_length=40, help_text="Of the objects, such as `document`.")
    forum = serializers.SlugField(required=False, help_text="Only what is kept by seats in it.")
    owner = serializers.UUIDField(required=False, help_text="Only what this seat owns.")
    country = serializers.CharField(
        required=False, min_length=2, max_length=2, help_text="Holds a grant as a country."
    )
    organisation = serializers.SlugField(
        required=False, help_text="Holds a grant as an organisation."
    )
    delegation = serializers.UUIDField(required=False, help_text="Holds a grant as a seat.")
    level = serializers.ChoiceField(
        choices=GrantLevel.choices,
        required=False,
        help_text="There is a grant that includes this level.",
    )
    expiring_before = serializers.DateTimeField(
        required=False, help_text="There is a grant that ends before."
    )

    def validate_type(self, value: str) -> str:
        """One that can be granted."""
        return granted_type(value)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """At most one holder."""
        if len(set(_HOLDERS) & set(attrs)) > 1:
            raise serializers.ValidationError("Name one holder.", code="one_holder")
        return attrs


def granted_type(value: str) -> str:
    """A type that can be granted. Raises ValidationError."""
    if value not in KEPT:
        raise serializers.ValidationError(
            f"One of: {', '.join(sorted(KEPT))}.", code="invalid_choice"
        )
    return value


class AccessHolder(serializers.Serializer[Any]):
    """Who has access: a seat, a country or organisation with all its seats, or everybody."""

    kind = serializers.ChoiceField(choices=HolderKind.choices)
    delegation = serializers.UUIDField(allow_null=True, help_text="The seat; null for others.")
    country = serializers.CharField(
        allow_null=True, help_text="ISO 3166-1 alpha-2 code; of a seat, that of its country."
    )
    organisation = serializers.CharField(
        allow_null=True, help_text="Key; of a seat, that of its organisation."
    )
    forum = serializers.CharField(allow_null=True, help_text="Of a seat; null for a home seat.")


class AccessCell(serializers.Serializer[Any]):
    """What one holder has on an object, by one way."""

    holder = AccessHolder()
    way = serializers.ChoiceField(
        choices=AccessWay.choices, help_text="By a reader scope, or by a grant."
    )
    level = serializers.SerializerMethodField()
    until = serializers.DateTimeField(allow_null=True, help_text="When the grant ends.")
    scope = serializers.ChoiceField(
        choices=Scope.Kind.choices, allow_null=True, help_text="Which readers; null for a grant."
    )
    inherited_from = serializers.SerializerMethodField(
        help_text="The parents through which it comes, the nearest first; empty for its own."
    )

    @extend_schema_field(serializers.ChoiceField(choices=GrantLevel.choices))
    def get_level(self, cell: Any) -> str:
        return str(cell.level.name.lower())

    @extend_schema_field(ObjectShown(many=True))
    def get_inherited_from(self, cell: Any) -> list[dict[str, Any]]:
        return [{"type": type_name, "id": str(key)} for type_name, key in cell.inherited_from]


class AccessMatrixRow(serializers.Serializer[Any]):
    """An object, and who has what on it."""

    type = serializers.CharField()
    id = serializers.UUIDField()
    owner = AccessHolder(allow_null=True, help_text="Null for what is common to its forum.")
    title = serializers.CharField(
        allow_null=True, help_text="Of what your own seat keeps; null for all else."
    )
    cells = AccessCell(many=True, help_text="To a secretariat, of others' objects, grants only.")


class GrantDetail(serializers.Serializer[Any]):
    """What one holder was granted on an object."""

    object = ObjectShown()
    holder = AccessHolder()
    level = serializers.SerializerMethodField()
    until = serializers.DateTimeField(allow_null=True)
    reason = serializers.CharField(
        allow_null=True, help_text="Null to whom the object is not its own seat's to keep."
    )
    since = serializers.DateTimeField()

    @extend_schema_field(serializers.ChoiceField(choices=GrantLevel.choices))
    def get_level(self, grant: Any) -> str:
        return str(grant.level.name.lower())


class AccessStanding(serializers.Serializer[Any]):
    """What the subject is to the object, through one relation that the rule names."""

    relation = serializers.CharField()
    roles = serializers.ListField(child=serializers.CharField())
    seats = serializers.ListField(
        child=serializers.UUIDField(), help_text="At which; empty where a grant gives it."
    )


class AccessRule(serializers.Serializer[Any]):
    """The line of the rule table."""

    token_scope = serializers.CharField()
    through = serializers.ListField(child=serializers.CharField())
    role = serializers.CharField(help_text="The least role.")
    states = serializers.ListField(
        child=serializers.CharField(), allow_null=True, help_text="Null for every state."
    )
    checks = serializers.ListField(child=serializers.CharField())


class AccessAbility(serializers.Serializer[Any]):
    """How one ability is decided."""

    ability = serializers.CharField()
    allowed = serializers.BooleanField()
    reason = serializers.CharField(help_text="Stable code of the refusal; empty when allowed.")
    rule = AccessRule(allow_null=True, help_text="Null for `view`.")
    standings = AccessStanding(many=True)


class AccessExplanation(serializers.Serializer[Any]):
    """By which ways a subject comes to see an object, and how each ability is decided."""

    object = ObjectShown()
    subject = serializers.CharField()
    sight = AccessCell(many=True, help_text="Every way that leads to sight; empty for none.")
    abilities = AccessAbility(many=True)

    class Meta:
        model = None


class AccessSeat(AccessHolder):
    """A seat that may."""


class AccessPerson(serializers.Serializer[Any]):
    """A person or service client of your own seat that may."""

    id = serializers.UUIDField(help_text="Of the account.")
    kind = serializers.ChoiceField(choices=AccountKind.choices)
    name = serializers.CharField()


class AccessHolders(serializers.Serializer[Any]):
    """Who may do a thing to an object."""

    object = ObjectShown()
    ability = serializers.CharField()
    role = serializers.CharField(help_text="The least role that is needed at a seat.")
    everybody = serializers.BooleanField(help_text="Readers of what is public need no seat.")
    seats = AccessSeat(many=True)
    persons = AccessPerson(many=True, help_text="Those who act for your own seat.")

    class Meta:
        model = None
