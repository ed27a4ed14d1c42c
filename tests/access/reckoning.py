"""Who sees what, and who may do what, in plain words: no query, no rule of the application.

Serbia and Albania draft two documents of Serbia's together. Of the first there are two released
sections and two at home. What is at home is Serbia's and stays so until it is released.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

DRAFTING = ("serbia", "albania")
SEATS = (*DRAFTING, "bosnia", "montenegro", "croatia")
"""The last sits in another forum."""
DOCUMENTS = ("manual", "plan")
SECTIONS = ("chapter", "annex", "draft", "note")
"""All of the manual; the last two are at home at first."""
OBJECTS = (*DOCUMENTS, *SECTIONS)


@dataclass
class Reckoning:
    """What has been done so far.

    restricted: objects that are; granted: whether what a seat was granted on an object has not
    expired. owner: by object. above: the section that a section stands below. suspended, ended:
    seats that are suspended, or whose reader's time has ended.
    """

    restricted: set[str] = field(default_factory=set)
    released: set[str] = field(default_factory=lambda: {"chapter", "annex"})
    granted: dict[tuple[str, str], bool] = field(default_factory=dict)
    owner: dict[str, str] = field(default_factory=lambda: dict.fromkeys(OBJECTS, "serbia"))
    above: dict[str, str] = field(default_factory=dict)
    suspended: set[str] = field(default_factory=set)
    ended: set[str] = field(default_factory=set)

    def sees(self, who: str, what: str) -> bool:
        """Whether the reader of a seat does."""
        return who not in self.ended and self.seat_sees(who, what)

    def seat_sees(self, who: str, what: str) -> bool:
        """Whether whoever else acts for a seat does."""
        if who in self.suspended:
            return False
        if who == self.owner[what] or self.granted.get((what, who), False):
            return True
        if what in DOCUMENTS:
            return who in DRAFTING and what not in self.restricted
        return what in self.released and not self.narrowed(what) and self.seat_sees(who, "manual")

    def narrowed(self, what: str) -> bool:
        """Whether it is restricted, or stands below a section that is."""
        return any(each in self.restricted for each in (what, *self.chain(what)))

    def chain(self, what: str) -> Iterator[str]:
        """The sections above one, the nearest first."""
        while what in self.above:
            what = self.above[what]
            yield what

    def below(self, what: str) -> set[str]:
        return {each for each in self.above if what in self.chain(each)}

    def acts(self, what: str) -> bool:
        """Whether an object's owner can do anything at all."""
        return self.owner[what] not in self.suspended

    def may_release(self, what: str) -> bool:
        """Whether its owner, who sees the document, may; nothing above it is at home."""
        owner = self.owner[what]
        if what in self.released or not self.acts(what) or not self.seat_sees(owner, "manual"):
            return False
        return what not in self.above or self.above[what] in self.released

    def may_move(self, what: str, where: str | None) -> bool:
        """Whether its owner may put a section below another, or among the chapters."""
        owner = self.owner[what]
        if not self.acts(what) or not self.seat_sees(owner, "manual"):
            return False
        if where == self.above.get(what):
            return True
        wider = self.narrowed(what)
        if where is not None:
            if self.owner[where] != owner or where in self.below(what):
                return False
            if where not in self.released and what in self.released:
                return False
            wider = wider and not self.narrowed(where)
        return not (wider and what in self.released and what not in self.restricted)

    def may_offer(self, what: str) -> bool:
        """Whether its owner may offer an object to the other of those who draft."""
        if not self.acts(what):
            return False
        if what in DOCUMENTS:
            return True
        if what not in self.released or what in self.above:
            return False
        return self.seat_sees(self.owner[what], "manual")

    def may_take(self, what: str, who: str) -> bool:
        """Whether a seat may take what it was offered: nothing of it is at home."""
        return who not in self.suspended and self.below(what) <= self.released

    def take(self, what: str, who: str) -> None:
        for each in (what, *self.below(what)):
            self.owner[each] = who
