"""Abstract bases of the domain's models; nothing here has a table."""

from collections.abc import Iterable
from typing import Any, Self, TypeVar

from django.db import models

from .access import visible_condition
from .actor import Actor
from .ids import new_id
from .registry import registry
from .service import require_service

M = TypeVar("M", bound=models.Model)


class GuardedQuerySet(models.QuerySet[M]):
    """A queryset whose mass writes work inside services only.

    They would otherwise bypass the ledger. What they write is put into the search index.
    """

    def update(self, **kwargs: Any) -> int:
        require_service(f"{self.model.__name__}.update")
        if not registry.is_searchable(self.model):
            return super().update(**kwargs)
        keys = list(self.values_list("pk", flat=True))
        changed = super().update(**kwargs)
        registry.written(list(self.model._default_manager.filter(pk__in=keys)))
        return changed

    def delete(self) -> tuple[int, dict[str, int]]:
        require_service(f"{self.model.__name__}.delete")
        return super().delete()

    def bulk_create(self, *args: Any, **kwargs: Any) -> list[M]:
        require_service(f"{self.model.__name__}.bulk_create")
        made = super().bulk_create(*args, **kwargs)
        registry.written(made)
        return made

    def bulk_update(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> int:
        require_service(f"{self.model.__name__}.bulk_update")
        rows = list(objs)
        changed = super().bulk_update(rows, *args, **kwargs)
        registry.written(rows)
        return changed


class ProtectedQuerySet(GuardedQuerySet[M]):
    """The only way to rows of a protected model on behalf of a caller."""

    def visible_to(self, actor: Actor) -> Self:
        """The rows this actor may see now, by the model's registered protection."""
        return self.filter(visible_condition(self.model, actor))


class Guarded(models.Model):
    """A model whose rows are written by services only."""

    objects = GuardedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        require_service(f"{type(self).__name__}.save")
        super().save(*args, **kwargs)
        registry.written([self])

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        require_service(f"{type(self).__name__}.delete")
        return super().delete(*args, **kwargs)


class Entity(Guarded):
    """A guarded model with a time-ordered id and the time it was made."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField(auto_now_add=True, editable=False)

    class Meta:
        abstract = True


class Protected(models.Model):
    """A model whose rows have readers; its protection is registered in ``AppConfig.ready``."""

    objects = ProtectedQuerySet.as_manager()

    class Meta:
        abstract = True


class Revisioned(models.Model):
    """A mutable resource: its revision counts its own changes and makes its ETag."""

    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    @property
    def etag_revision(self) -> str:
        return str(self.revision)
