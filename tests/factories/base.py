"""What the factories share: writes are made as services make them."""

from typing import Any

import factory

from platform_api.core.actor import Actor
from platform_api.core.service import writing
from platform_api.identity.actors import actor_of
from platform_api.identity.models import User


class RowFactory(factory.django.DjangoModelFactory):
    """Makes plain rows, from which nothing is derived."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        with writing():
            return super()._create(model_class, *args, **kwargs)


class ServiceFactory(factory.django.DjangoModelFactory):
    """Makes what a service makes, derived rows included; subclasses define ``make``."""

    class Meta:
        abstract = True

    @classmethod
    def make(cls, **given: Any) -> Any:
        raise NotImplementedError

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        return cls.make(**kwargs)


def operator() -> Actor:
    """The operator who makes what only operators make; one a database."""
    email = "operator@tests.example"
    user = User.objects.filter(email=email).first() or User.objects.create_user(
        email, name="Operator of the tests", is_operator=True
    )
    return actor_of(user)
