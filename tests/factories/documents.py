"""Documents with their drafting groups, sections, and grants on them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import factory
from django.core.files.base import ContentFile

from documents.attachments.examining import examine
from documents.attachments.models import Attachment
from documents.attachments.services import attachment_add
from documents.citations.models import Citation
from documents.citations.services import citation_add
from documents.texts import services
from documents.texts.models import Document, DocumentKind, Section
from forums.countries.models import Country
from forums.granting.services import ROLE_OF_LEVEL
from forums.membership.models import Delegation
from forums.organisations.models import Organisation
from platform_api.core.access import permission_id
from platform_api.core.actor import Level, Role
from platform_api.core.registry import registry
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from platform_api.identity.groups import role_groups_of
from platform_api.identity.models import User

from .base import ServiceFactory, operator
from .forums import DelegationFactory, actor_at, delegate


class DocumentFactory(ServiceFactory):
    """A document of ``delegation`` with a drafting group, begun by one of its drafters.

    drafting_group: further seats; ``delegation`` is always in it. common: the forum's document;
    ``delegation`` must hold the secretariat then.
    """

    class Meta:
        model = Document

    delegation = factory.SubFactory(DelegationFactory)
    drafting_group: Sequence[Delegation] = ()
    kind = DocumentKind.MANUAL
    titles = factory.Sequence(lambda n: {"en": f"Document {n}"})
    working_language = "en"

    @classmethod
    def make(
        cls, *, delegation: Delegation, drafting_group: Sequence[Delegation], **given: Any
    ) -> Document:
        others = [seat for seat in drafting_group if seat.pk != delegation.pk]
        drafter = actor_at(delegation)
        with acting(drafter):
            return services.document_create(
                actor=drafter,
                forum=delegation.forum,
                delegation=delegation,
                drafting_group=[delegation, *others],
                **given,
            )


class SectionFactory(ServiceFactory):
    """A section of a document, at home unless ``released`` or ``common``.

    delegation: whose section it is, the document's owner by default. author: the person who
    writes it, some drafter of that seat by default; a head who wrote nothing releases it.
    """

    class Meta:
        model = Section

    document = factory.SubFactory(DocumentFactory)
    delegation = factory.LazyAttribute(lambda section: section.document.owner_delegation)
    author = None
    released = False
    title = factory.Sequence("Section {}".format)
    body = factory.Sequence("Text of section {}.".format)
    language = "en"

    @classmethod
    def make(
        cls,
        *,
        document: Document,
        delegation: Delegation,
        author: User | None,
        released: bool,
        **given: Any,
    ) -> Section:
        drafter = actor_of(author) if author else actor_at(delegation)
        with acting(drafter):
            section = services.section_create(
                actor=drafter, document=document, delegation=delegation.pk, **given
            )
        return release(section) if released else section


class AttachmentFactory(ServiceFactory):
    """A file of a section or document (``to``), attached by a drafter of ``delegation``."""

    class Meta:
        model = Attachment

    to = factory.SubFactory(SectionFactory)
    delegation = factory.LazyAttribute(lambda file: file.to.owner_delegation)
    name = factory.Sequence("File {}.txt".format)
    content = factory.Sequence(lambda n: f"Words of file {n}.\n".encode())

    @classmethod
    def make(cls, *, to: Any, delegation: Delegation, name: str, content: bytes) -> Attachment:
        drafter = actor_at(delegation)
        file = ContentFile(content, name=name)
        with acting(drafter):
            return attachment_add(actor=drafter, to=to, file=file, examined=examine(file, name, ""))


class CitationFactory(ServiceFactory):
    """A citation of an ``instrument`` in a section, by a drafter of ``delegation``."""

    class Meta:
        model = Citation

    section = factory.SubFactory(SectionFactory)
    delegation = factory.LazyAttribute(lambda citation: citation.section.owner_delegation)
    instrument = None
    provision = factory.Sequence("art_{}".format)

    @classmethod
    def make(cls, *, delegation: Delegation, instrument: Any, **given: Any) -> Citation:
        drafter = actor_at(delegation)
        with acting(drafter):
            return citation_add(actor=drafter, instrument=instrument.pk, **given)


def release(section: Section) -> Section:
    """Release a section by a head of its owner who wrote nothing of it."""
    assert section.owner_delegation is not None
    writers = section.revisions.values("author")
    heads = section.owner_delegation.delegates.filter(role=Role.HEAD, valid_until=None)
    held = heads.exclude(user__in=writers).select_related("user").first()
    head = actor_of((held or delegate(section.owner_delegation, Role.HEAD)).user)
    with acting(head):
        return services.section_release(actor=head, section=section, if_match=section.etag_revision)


def grant(
    obj: Any,
    to: Delegation | Country | Organisation,
    level: Level = Level.READ,
    *,
    expires_at: datetime | None = None,
    reason: str = "",
) -> Any:
    """A grant on an object to a seat, or to a country or organisation, with the levels below it.

    Rows as ``grant_give`` makes them, without anybody having to be allowed to give them.
    """
    table = registry.protection_of(type(obj)).grants
    assert table is not None
    groups = role_groups_of(to.pk)
    rows = [
        table._default_manager.create(
            content_object=obj,
            permission_id=permission_id(type(obj), each),
            group_id=groups[ROLE_OF_LEVEL[each]],
            expires_at=expires_at,
            reason=reason,
            granted_by_id=operator().user_id,
        )
        for each in Level
        if each <= level
    ]
    return rows[-1]
