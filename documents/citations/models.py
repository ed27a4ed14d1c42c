"""Which provisions of which instruments a section cites."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from documents.texts.models import Section
from forums.membership.models import Delegation
from platform_api.core.ids import new_private_id
from platform_api.core.models import Guarded, Protected, Revisioned


class Citation(Protected, Guarded, Revisioned):
    """A section cites a provision of an instrument, as it stood on a day.

    The instrument is an opaque reference that its own app resolves for each reader: who does not
    see it learns neither what it is nor whether it is there.

    The id is random: a time-ordered one would tell others when something was cited at home.
    provision: an eId of Akoma Ntoso (``art_12__para_3``); empty for the whole instrument.
    as_of: the day; null for the instrument as it stands.
    """

    id = models.UUIDField(primary_key=True, default=new_private_id, editable=False)
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="citations")
    instrument = models.UUIDField()
    provision = models.CharField(max_length=200, blank=True)
    as_of = models.DateField(null=True, blank=True)
    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True, editable=False)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(provision="") | Q(provision__regex=r"^[A-Za-z][A-Za-z0-9_.-]*$"),
                name="documents_citation_provision",
            ),
            models.UniqueConstraint(
                fields=["section", "instrument", "provision", "as_of"],
                nulls_distinct=False,
                name="documents_citation_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section_id} cites {self.provision or 'an instrument'}"
