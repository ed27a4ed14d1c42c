"""The one index of the platform's texts, and how its kinds of objects are read.

Both tables are out of the runtime role's reach: functions of ``search_find`` and its like, owned
by the policy role, are the only way to them. They hold no text, only lexemes.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class SearchKind(models.Model):
    """Who reads the objects of a kind, in columns; rows are made by migrations (``sql.py``).

    A name is empty where the kind has no such thing. parent_type: the kind whose readers read
    this too, where ``inherits_column`` is true or empty.
    ring_columns: names, separated by commas, of the columns of the scopes that are a row's ring:
    of the parent's readers those read it who are in one of them, too. ring_granted: an SQL
    condition over the row ``o`` under which those whom a grant lets read the parent are in the
    ring. Both are empty for a kind whose rows have no ring.
    """

    type_name = models.CharField(max_length=64, primary_key=True)
    table_name = models.CharField(max_length=63)
    scope_column = models.CharField(max_length=63, blank=True)
    grant_table = models.CharField(max_length=63, blank=True)
    parent_type = models.CharField(max_length=64, blank=True)
    parent_column = models.CharField(max_length=63, blank=True)
    inherits_column = models.CharField(max_length=63, blank=True)
    ring_columns = models.CharField(max_length=200, blank=True)
    ring_granted = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "search_kind"

    def __str__(self) -> str:
        return self.type_name


class SearchEntry(models.Model):
    """The lexemes of one object's text in one language, with those who read it.

    words: folded words and stems (``vector.py``).
    access: ``@s<scope>`` and ``@g<reader group>``; until: when each ends; the year 9999 for never.
    within, within_until: the same of the parent's readers, for what is read by those alone who
    are in a ring besides; null for the others.
    """

    pk = models.CompositePrimaryKey("type_name", "object_id", "language")
    type_name = models.CharField(max_length=64)
    object_id = models.UUIDField()
    language = models.CharField(max_length=35)
    words = SearchVectorField()
    access = ArrayField(models.TextField(), default=list)
    until = ArrayField(models.DateTimeField(), default=list)
    within = ArrayField(models.TextField(), null=True)
    within_until = ArrayField(models.DateTimeField(), null=True)

    class Meta:
        db_table = "search_entry"
        verbose_name_plural = "search entries"

    def __str__(self) -> str:
        return f"{self.type_name} {self.object_id} {self.language}"
