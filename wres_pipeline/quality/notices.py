"""What people are told beside the gap: failed runs and checks, refused files, late deliveries, dates that come near; several in one message.

A notice holds a body's code, a period and the name of a check or kind of file, never a person and no count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from wres_pipeline.quality.alerts import Message

Kind = Literal["run", "file", "check", "late", "deadline"]
HEADS: dict[Kind, tuple[str, str, str]] = {
    "run": ("a run failed", "{} runs failed", "Open the run in the web UI, or start it again: what has been made stands."),
    "file": ("a file was refused", "{} files were refused", "wres check FILE says why, and what to do."),
    "check": ("a check failed", "{} checks failed", "findings.csv beside the outputs says what to do; wres check FOLDER says the same."),
    "late": ("a delivery is late", "{} deliveries are late", "Ask whoever exports it, and put it into the folder of extracts."),
    "deadline": ("a date comes near", "{} dates come near", "The page deadlines/index.html of the body has all of them."),
}  # fmt: skip
"""Kind -> one of it, several, and what to do; in the order of a message."""
MOST = 20
"""Lines of one kind a message shows; more are counted. [ours]"""


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to tell. key: names it for good, so that it is told once; words: a line."""

    kind: Kind
    key: str
    words: str


def grouped(notices: Sequence[Notice]) -> Message:
    """One message of all of them, a part a kind, each with what to do."""
    heads, parts = [], []
    for kind, (one, several, remedy) in HEADS.items():
        mine = [notice for notice in notices if notice.kind == kind]
        if not mine:
            continue
        heads.append(one if len(mine) == 1 else several.format(len(mine)))
        lines = [f"- {notice.words}" for notice in mine[:MOST]]
        if len(mine) > MOST:
            lines.append(f"- and {len(mine) - MOST} more")
        head = heads[-1][:1].upper() + heads[-1][1:]
        parts.append("\n".join([f"{head}:", *lines, f"What to do: {remedy}"]))
    return Message(f"WRES: {', '.join(heads)}", "\n\n".join(parts))
