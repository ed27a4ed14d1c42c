"""The services of amendments: their only writers."""

from .deciding import (
    amendment_accept,
    amendment_accept_as_modified,
    amendment_consider,
    amendment_reject,
)
from .drafting import amendment_delete, amendment_draft, amendment_rebase, amendment_revise
from .supporting import (
    amendment_cosponsor,
    amendment_submit,
    amendment_uncosponsor,
    amendment_withdraw,
)

__all__ = [
    "amendment_accept",
    "amendment_accept_as_modified",
    "amendment_consider",
    "amendment_cosponsor",
    "amendment_delete",
    "amendment_draft",
    "amendment_rebase",
    "amendment_reject",
    "amendment_revise",
    "amendment_submit",
    "amendment_uncosponsor",
    "amendment_withdraw",
]
