"""What happened: entries, their erasable details, their seals; and small stores beside them.

An entry is written by ``record`` (services.py) in the transaction of what it records, and
has no number then. The sealer (sealing.py) gives committed entries gapless positions; an
entry's position is also the place in the change feed of whatever hangs on that entry.
No table here has a foreign key to a layer above.
"""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from platform_api.core.ids import new_id, new_private_id

from .fields import ClockTimestamp, CurrentTransaction, TransactionIdField

models.BinaryField.register_lookup(Length, "length")

KIND_PATTERN = r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$"


class Entry(models.Model):
    """One thing that happened; the database refuses to change or remove it.

    kind: stable dotted name such as ``section.revised``.
    actor_id: the user; seat_id: the delegation acted for. Both without a foreign key.
    owner_seat_id, effective_scope_id: who may later read it.
    details_hash: SHA-256 over the salt and the details, null for an entry without details.
    at, xid: set by a trigger, whatever is given.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField(db_default=ClockTimestamp(), editable=False)
    xid = TransactionIdField(db_default=CurrentTransaction(), editable=False)
    kind = models.CharField(max_length=100)
    actor_id = models.UUIDField(null=True)
    actor_kind = models.CharField(max_length=16)
    seat_id = models.UUIDField(null=True)
    client_id = models.CharField(max_length=255, blank=True)
    request_id = models.CharField(max_length=200, blank=True)
    object_type = models.CharField(max_length=100)
    object_id = models.CharField(max_length=200)
    owner_seat_id = models.UUIDField(null=True)
    effective_scope_id = models.IntegerField(null=True)
    details_hash = models.BinaryField(null=True)

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.CheckConstraint(condition=Q(kind__regex=KIND_PATTERN), name="ledger_entry_kind"),
            models.CheckConstraint(
                condition=Q(details_hash=None) | Q(details_hash__length=32),
                name="ledger_entry_details_hash",
            ),
        ]
        indexes = [
            models.Index(fields=["object_type", "object_id", "id"], name="ledger_entry_object"),
            models.Index(
                fields=["owner_seat_id", "-id"],
                name="ledger_entry_owner",
                condition=Q(owner_seat_id__isnull=False),
            ),
            models.Index(
                fields=["effective_scope_id", "-id"],
                name="ledger_entry_scope",
                condition=Q(effective_scope_id__isnull=False),
            ),
            models.Index(
                fields=["actor_id", "-id"],
                name="ledger_entry_actor",
                condition=Q(actor_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_type} {self.object_id}"


class Detail(models.Model):
    """Before and after, reason, note of an entry; erasable by ``detail_erase`` alone."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True)
    salt = models.BinaryField()
    payload = models.JSONField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(salt__length=32), name="ledger_detail_salt")
        ]

    def __str__(self) -> str:
        return f"details of {self.entry_id}"


class Event(models.Model):
    """What an entry tells the change feed; written with the entry, never changed or removed.

    Its place in the feed is (position of its entry's seal, ordinal), so it is told once the
    entry is sealed. The id is random: it must not tell how much else happened meanwhile.

    type: stable dotted name such as ``section.released``.
    ordinal: its place among the events of its entry, from 1.
    narrow_scope_id: the only reader scope that may ever be told, besides having to see the
        object: for what happened at home and stays untold when the object is shown to others.
    audience_group_id: the only role group that is told, whether it sees the object or not.
    Both are without a foreign key; those tables are in the layer above.
    """

    id = models.UUIDField(primary_key=True, default=new_private_id, editable=False)
    entry = models.ForeignKey(
        Entry, on_delete=models.PROTECT, related_name="events", db_index=False
    )
    ordinal = models.PositiveIntegerField()
    type = models.CharField(max_length=100)
    object_type = models.CharField(max_length=100)
    object_id = models.UUIDField()
    narrow_scope_id = models.IntegerField(null=True)
    audience_group_id = models.IntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "ordinal"], name="ledger_event_once"),
            models.CheckConstraint(condition=Q(type__regex=KIND_PATTERN), name="ledger_event_type"),
            models.CheckConstraint(condition=Q(ordinal__gte=1), name="ledger_event_ordinal"),
            models.CheckConstraint(
                condition=Q(narrow_scope_id=None) | Q(audience_group_id=None),
                name="ledger_event_one_audience",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.object_type} {self.object_id}"


class Seal(models.Model):
    """The place of a committed entry in the chain; written by the database's sealer only."""

    position = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT)
    entry_hash = models.BinaryField()
    chain_hash = models.BinaryField()
    sealed_at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(position__gte=1), name="ledger_seal_position"),
            models.CheckConstraint(
                condition=Q(entry_hash__length=32, chain_hash__length=32), name="ledger_seal_hashes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.entry_id}"


class Unsealed(models.Model):
    """A written entry that waits for its seal; filled by a trigger, emptied by the sealer."""

    pk = models.CompositePrimaryKey("xid", "entry_id")
    xid = TransactionIdField()
    entry_id = models.UUIDField()

    class Meta:
        verbose_name_plural = "unsealed"

    def __str__(self) -> str:
        return str(self.entry_id)


class DenialCount(models.Model):
    """Repetitions of one denial within the hour after the one that became an entry.

    fingerprint: SHA-256 of actor, client, action, object and reason.
    repeats: how often it was met again; the first is not counted.
    """

    fingerprint = models.BinaryField(primary_key=True)
    entry_id = models.UUIDField(null=True)
    actor_id = models.UUIDField(null=True)
    actor_kind = models.CharField(max_length=16)
    client_id = models.CharField(max_length=255, blank=True)
    action = models.CharField(max_length=100)
    object_type = models.CharField(max_length=100)
    object_id = models.CharField(max_length=200)
    reason = models.CharField(max_length=100)
    repeats = models.BigIntegerField(default=0)
    first_at = models.DateTimeField(db_default=ClockTimestamp())
    last_at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        indexes = [models.Index(fields=["first_at"], name="ledger_denialcount_first")]

    def __str__(self) -> str:
        return f"{self.action} on {self.object_type} {self.object_id}: {self.repeats} more"


class IdempotentAnswer(models.Model):
    """A 2xx answer kept for replay; of an answer with a secret only that there was one."""

    caller = models.CharField(max_length=200)
    key = models.CharField(max_length=255)
    request_sha256 = models.BinaryField()
    status = models.SmallIntegerField()
    headers = models.JSONField()
    body = models.BinaryField()
    resource_type = models.CharField(max_length=100, blank=True)
    resource_id = models.CharField(max_length=200, blank=True)
    secret = models.BooleanField()
    made_at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["caller", "key"], name="ledger_idempotentanswer_once"),
            models.CheckConstraint(
                condition=Q(secret=False) | Q(body=b"", headers={}),
                name="ledger_idempotentanswer_secret",
            ),
        ]
        indexes = [models.Index(fields=["made_at"], name="ledger_idempotentanswer_made")]

    def __str__(self) -> str:
        return f"{self.caller} {self.key}"


class Bucket(models.Model):
    """A throttle's state: when its bucket is full again (GCRA's theoretical arrival time).

    The table is unlogged: a crash of the database empties it, which fills every bucket.
    """

    key = models.CharField(max_length=255, primary_key=True)
    full_at = models.DateTimeField()

    class Meta:
        db_table = "ledger_throttle"

    def __str__(self) -> str:
        return self.key
