"""The refusals of a merge. They are returned, not raised, so that what they keep is committed."""

from uuid import UUID

from documents.texts.models import Revision, Section
from platform_api.core.actor import Actor
from platform_api.core.errors import Conflict

from .composing import Composition
from .models import WorkingCopy
from .telling import conflict_told


class EditConflict(Conflict):
    """409: both sides changed the same words. Nothing of the section was written; the caller's
    words are kept as a working copy, and the members tell the conflict as data.

    base: the revision that the kept words were made on. merge: of them into the section.
    moved: somebody wrote after the revision that the resolutions were made against.
    """

    slug = "edit-conflict"
    code = "edit_conflict"

    def __init__(
        self,
        actor: Actor,
        section: Section,
        base: Revision,
        kept: WorkingCopy,
        merge: Composition,
        *,
        moved: bool = False,
    ) -> None:
        after = "Somebody wrote after the revision that you resolved against."
        both = "Somebody else changed the same words."
        super().__init__(
            f"{after if moved else both} Nothing was written; your words are kept.",
            extensions=conflict_told(actor, section, base, kept, merge),
            headers={"ETag": f'"{section.etag_revision}"'},
        )


class MergedTooLong(Conflict):
    """409: the merged text is longer than a section may be; the caller's words are kept."""

    code = "merged_too_long"

    def __init__(self, kept: UUID, limit: int) -> None:
        super().__init__(
            f"The merged text has more than {limit} characters. "
            "Nothing was written; your words are kept.",
            extensions={"working_copy": str(kept)},
        )
