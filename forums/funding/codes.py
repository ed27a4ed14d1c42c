"""The codes of IATI 2.03 that funding uses; what each means is said by the standard."""

from django.db import models


class ActivityStatus(models.TextChoices):
    """IATI ActivityStatus."""

    PIPELINE = "1", "Pipeline/identification"
    IMPLEMENTATION = "2", "Implementation"
    FINALISATION = "3", "Finalisation"
    CLOSED = "4", "Closed"
    CANCELLED = "5", "Cancelled"
    SUSPENDED = "6", "Suspended"


class OrganisationRole(models.TextChoices):
    """IATI OrganisationRole."""

    FUNDING = "1", "Funding"
    ACCOUNTABLE = "2", "Accountable"
    EXTENDING = "3", "Extending"
    IMPLEMENTING = "4", "Implementing"


class TransactionType(models.TextChoices):
    """IATI TransactionType. Incoming are 1, 9, 11 and 13; the others are outgoing."""

    INCOMING_FUNDS = "1", "Incoming Funds"
    OUTGOING_COMMITMENT = "2", "Outgoing Commitment"
    DISBURSEMENT = "3", "Disbursement"
    EXPENDITURE = "4", "Expenditure"
    INTEREST_PAYMENT = "5", "Interest Payment"
    LOAN_REPAYMENT = "6", "Loan Repayment"
    REIMBURSEMENT = "7", "Reimbursement"
    PURCHASE_OF_EQUITY = "8", "Purchase of Equity"
    SALE_OF_EQUITY = "9", "Sale of Equity"
    CREDIT_GUARANTEE = "10", "Credit Guarantee"
    INCOMING_COMMITMENT = "11", "Incoming Commitment"
    OUTGOING_PLEDGE = "12", "Outgoing Pledge"
    INCOMING_PLEDGE = "13", "Incoming Pledge"


class BudgetType(models.TextChoices):
    """IATI BudgetType in words: its codes 1 and 2."""

    ORIGINAL = "original"
    REVISED = "revised"


class Visibility(models.TextChoices):
    """Who reads a project besides those it was granted to: its owner's seat, or the forum."""

    HOME = "home"
    FORUM = "forum"


class Grouping(models.TextChoices):
    """What totals are told by."""

    SOURCE = "source"
    COUNTRY = "country"
    YEAR = "year"
    TYPE = "type"
