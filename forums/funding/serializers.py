"""Shapes of projects, those who take part, budgets and transactions."""

from typing import Any

from rest_framework import serializers

from platform_api.core.http.serializers import StrictSerializer

from .codes import ActivityStatus, BudgetType, OrganisationRole, TransactionType, Visibility
from .models import Budget, Project, Transaction
from .totals import PERCENT_PLACES, exact

_DECIMAL = r"^-?[0-9]{1,28}(\.[0-9]{1,10})?\Z"
_CURRENCY = r"^[A-Z]{3}\Z"
_COUNTRY = r"^[A-Z]{2}\Z"
_CURRENCY_HELP = "ISO 4217 code."
_COUNTRY_HELP = "ISO 3166-1 alpha-2 code."
_STATUS_HELP = "IATI ActivityStatus."
_TYPE_HELP = "IATI TransactionType."
_ROLE_HELP = "IATI OrganisationRole."


def _texts(help_text: str, **given: Any) -> serializers.DictField:
    return serializers.DictField(
        child=serializers.CharField(max_length=5000), help_text=help_text, **given
    )


def _changed_texts(help_text: str) -> serializers.DictField:
    return serializers.DictField(
        child=serializers.CharField(max_length=5000, allow_null=True),
        help_text=f"{help_text} What is not named stays; a text of null is taken out.",
        required=False,
    )


def _key(help_text: str) -> serializers.SlugRelatedField[Any]:
    return serializers.SlugRelatedField[Any](
        slug_field="key", read_only=True, allow_null=True, help_text=help_text
    )


class OwnerReference(serializers.Serializer[Any]):
    """The seat that reports a project, and the country or organisation that holds it."""

    id = serializers.UUIDField(help_text="The delegation.")
    country = serializers.SlugRelatedField[Any](
        slug_field="code", read_only=True, allow_null=True, help_text=_COUNTRY_HELP
    )
    organisation = _key("The organisation's key.")


class ShareDetail(serializers.Serializer[Any]):
    """The percentage of a project that goes to a country."""

    country = serializers.SlugRelatedField[Any](
        slug_field="code", read_only=True, help_text=_COUNTRY_HELP
    )
    percentage = serializers.SerializerMethodField(help_text="A decimal as a string.")

    def get_percentage(self, share: Any) -> str:
        text = format(share.percentage, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text


class ProjectSummary(serializers.ModelSerializer[Project]):
    """A project in a list."""

    owner_delegation = OwnerReference()
    forum = serializers.SlugRelatedField[Any](
        slug_field="slug",
        read_only=True,
        allow_null=True,
        help_text="Null for a project of a home seat.",
    )
    titles = _texts("Titles by BCP 47 tag.")
    status = serializers.ChoiceField(choices=ActivityStatus.choices, help_text=_STATUS_HELP)
    visibility = serializers.ChoiceField(choices=Visibility.choices)

    class Meta:
        model = Project
        fields = [
            "id",
            "identifier",
            "owner_delegation",
            "forum",
            "titles",
            "status",
            "illustrative",
            "visibility",
            "created_at",
        ]


class ProjectDetail(ProjectSummary):
    """A project."""

    descriptions = _texts("Descriptions by BCP 47 tag.")
    recipient_shares = ShareDetail(many=True)

    class Meta(ProjectSummary.Meta):
        fields = [
            *ProjectSummary.Meta.fields,
            "descriptions",
            "planned_start",
            "actual_start",
            "planned_end",
            "actual_end",
            "recipient_shares",
        ]


class ProjectFilter(StrictSerializer):
    """Filters of the list of projects."""

    status = serializers.ChoiceField(choices=ActivityStatus.choices, required=False)
    forum = serializers.SlugField(required=False, source="forum__slug", help_text="Forum slug.")


class ShareInput(StrictSerializer):
    """The percentage of a project that goes to a country."""

    country = serializers.RegexField(_COUNTRY, help_text=_COUNTRY_HELP)
    percentage = serializers.DecimalField(
        max_digits=3 + PERCENT_PLACES,
        decimal_places=PERCENT_PLACES,
        min_value=0,
        max_value=100,
        help_text="More than 0; all of a project are 100 at most.",
    )


class _ProjectDates(StrictSerializer):
    planned_start = serializers.DateField(required=False, allow_null=True)
    actual_start = serializers.DateField(required=False, allow_null=True)
    planned_end = serializers.DateField(required=False, allow_null=True)
    actual_end = serializers.DateField(required=False, allow_null=True)


class ProjectCreate(_ProjectDates):
    """A new project."""

    delegation = serializers.UUIDField(help_text="Your seat, which will own it.")
    identifier = serializers.CharField(
        max_length=200, help_text="IATI identifier; never changes, once among your projects."
    )
    titles = _texts("Titles by BCP 47 tag.", allow_empty=False)
    descriptions = _texts("Descriptions by BCP 47 tag.", required=False)
    status = serializers.ChoiceField(choices=ActivityStatus.choices, help_text=_STATUS_HELP)
    illustrative = serializers.BooleanField(
        default=False, help_text="Its amounts are made up, to show how things work."
    )
    visibility = serializers.ChoiceField(
        choices=Visibility.choices,
        default=Visibility.HOME,
        help_text="Who reads it, besides those it is granted to.",
    )
    recipient_shares = ShareInput(many=True, required=False)


class ProjectRevise(_ProjectDates):
    """Changes to a project; what is absent stays."""

    titles = _changed_texts("Titles by BCP 47 tag.")
    descriptions = _changed_texts("Descriptions by BCP 47 tag.")
    status = serializers.ChoiceField(
        choices=ActivityStatus.choices, required=False, help_text=_STATUS_HELP
    )
    illustrative = serializers.BooleanField(required=False)
    visibility = serializers.ChoiceField(
        choices=Visibility.choices, required=False, help_text="The head's to change."
    )
    recipient_shares = ShareInput(many=True, required=False, help_text="The whole set.")


class ParticipatingOrganisationDetail(serializers.Serializer[Any]):
    """An organisation that takes part in a project."""

    id = serializers.UUIDField()
    project = serializers.UUIDField(source="project_id")
    role = serializers.ChoiceField(choices=OrganisationRole.choices, help_text=_ROLE_HELP)
    organisation = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)


class ParticipatingOrganisationCreate(StrictSerializer):
    """An organisation that is to be named in a role."""

    role = serializers.ChoiceField(choices=OrganisationRole.choices, help_text=_ROLE_HELP)
    organisation = serializers.SlugField(help_text="The organisation's key.")


class ParticipatingOrganisationFilter(StrictSerializer):
    """Filters of the list of those who take part."""

    role = serializers.ChoiceField(choices=OrganisationRole.choices, required=False)


class BudgetDetail(serializers.Serializer[Any]):
    """What a project is planned to cost in a period."""

    id = serializers.UUIDField()
    project = serializers.UUIDField(source="project_id")
    type = serializers.ChoiceField(choices=BudgetType.choices)
    period_start = serializers.DateField()
    period_end = serializers.DateField(help_text="The last day of the period.")
    value = serializers.SerializerMethodField("exact_value", help_text="A decimal as a string.")
    currency = serializers.CharField(help_text=_CURRENCY_HELP)
    value_date = serializers.DateField(help_text="The day by whose rate it is meant.")

    def exact_value(self, budget: Budget) -> str:
        return exact(budget.value, budget.currency)


class BudgetCreate(StrictSerializer):
    """A new budget."""

    type = serializers.ChoiceField(choices=BudgetType.choices, default=BudgetType.ORIGINAL)
    period_start = serializers.DateField()
    period_end = serializers.DateField(help_text="The last day of the period.")
    value = serializers.RegexField(_DECIMAL, help_text="A decimal as a string.")
    currency = serializers.RegexField(_CURRENCY, help_text=_CURRENCY_HELP)
    value_date = serializers.DateField(
        required=False, allow_null=True, help_text="The first day of the period by default."
    )


class TransactionDetail(serializers.Serializer[Any]):
    """Money promised, received or spent."""

    id = serializers.UUIDField()
    project = serializers.UUIDField(source="project_id")
    type = serializers.ChoiceField(choices=TransactionType.choices, help_text=_TYPE_HELP)
    amount = serializers.SerializerMethodField(
        help_text="A decimal as a string; negative for a refund or a reduction."
    )
    amount_text = serializers.CharField(help_text="The amount as it was given.")
    currency = serializers.CharField(help_text=_CURRENCY_HELP)
    transaction_date = serializers.DateField()
    value_date = serializers.DateField(help_text="The day by whose rate the amount is meant.")
    provider = _key("The key of the organisation that gives.")
    receiver = _key("The key of the organisation that receives.")
    recipient_country = serializers.SlugRelatedField[Any](
        slug_field="code",
        read_only=True,
        allow_null=True,
        help_text="With one, only that country and the owner see it.",
    )
    descriptions = _texts("Descriptions by BCP 47 tag.")
    ref = serializers.CharField(help_text="The owner's own reference.")
    ordinal = serializers.IntegerField(
        help_text="Tells apart transactions that are alike in all the rest."
    )

    def get_amount(self, transaction: Transaction) -> str:
        return exact(transaction.amount, transaction.currency)


class TransactionFilter(StrictSerializer):
    """Filters of the list of transactions."""

    type = serializers.ChoiceField(choices=TransactionType.choices, required=False)
    currency = serializers.RegexField(_CURRENCY, required=False, help_text=_CURRENCY_HELP)
    country = serializers.RegexField(
        _COUNTRY, required=False, source="recipient_country__code", help_text=_COUNTRY_HELP
    )


class _TransactionParties(StrictSerializer):
    value_date = serializers.DateField(
        required=False, allow_null=True, help_text="The transaction's own date by default."
    )
    provider = serializers.SlugField(required=False, allow_null=True)
    receiver = serializers.SlugField(required=False, allow_null=True)
    recipient_country = serializers.RegexField(
        _COUNTRY, required=False, allow_null=True, help_text=_COUNTRY_HELP
    )


class TransactionCreate(_TransactionParties):
    """A new transaction."""

    type = serializers.ChoiceField(choices=TransactionType.choices, help_text=_TYPE_HELP)
    amount = serializers.RegexField(_DECIMAL, help_text="A decimal as a string.")
    currency = serializers.RegexField(_CURRENCY, help_text=_CURRENCY_HELP)
    transaction_date = serializers.DateField()
    descriptions = _texts("Descriptions by BCP 47 tag.", required=False)
    ref = serializers.CharField(max_length=200, allow_blank=True, default="")


class TransactionRevise(_TransactionParties):
    """Changes to a transaction; what is absent stays."""

    type = serializers.ChoiceField(
        choices=TransactionType.choices, required=False, help_text=_TYPE_HELP
    )
    amount = serializers.RegexField(_DECIMAL, required=False, help_text="A decimal as a string.")
    currency = serializers.RegexField(_CURRENCY, required=False, help_text=_CURRENCY_HELP)
    transaction_date = serializers.DateField(required=False)
    descriptions = _changed_texts("Descriptions by BCP 47 tag.")
    ref = serializers.CharField(max_length=200, allow_blank=True, required=False)
