"""Which processes belong to a folder, read from /proc."""

from pathlib import Path


def living_under(folder: Path) -> list[str]:
    """The command lines of processes that work in ``folder``, or name it in their environment."""
    found = []
    marker = str(folder)
    for process in Path("/proc").glob("[0-9]*"):
        try:
            traces = [
                str((process / "cwd").readlink()),
                (process / "environ").read_bytes().decode("utf-8", "replace"),
                (process / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace"),
            ]
        except OSError:  # ended meanwhile, or a zombie, or another user's
            continue
        if any(marker in trace for trace in traces):
            found.append(traces[-1])
    return found
