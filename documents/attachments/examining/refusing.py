"""Why a file is not taken."""


class Refused(Exception):
    """A file that is not taken. code: stable, lower_snake; detail: a sentence for people."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


def broken(what: str) -> Refused:
    """The refusal of bytes that have not the structure that the name promises."""
    return Refused("type_mismatch", f"The file is not {what}, or it is damaged.")


def active() -> Refused:
    """The refusal of a file with programs in it."""
    return Refused("active_content", "The file holds macros, programs or what loads others.")
