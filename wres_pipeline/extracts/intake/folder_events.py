"""What became of the files of a folder that are no deliveries: refused, not used, gone, restored."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from wres_pipeline import schema
from wres_pipeline.extracts.intake.deliveries import LandingReport
from wres_pipeline.extracts.naming import file_names
from wres_pipeline.extracts.naming.shown_names import shown_name
from wres_pipeline.reference import written_choice

TABLE = "folder_events"
REFUSED, NOT_USED, GONE, RESTORED = "refused", "not_used", "gone", "restored"
READ_BESIDE = frozenset(
    {
        "mappings", *written_choice.NAMES, "provider_comments.yaml", "confirmations.yaml",
        *file_names.REVIEWERS,
    }
)  # fmt: skip
"""Names that are no extracts and are read, each by its own part of the pipeline."""


@dataclass(frozen=True, slots=True)
class FolderEvent:
    """What became of one file. event: one of the four; kind and period where they are known."""

    organisation_code: str
    file_name: str
    event: str
    reason: str = ""
    remedy: str = ""
    kind: str = ""
    period: date | None = None


def keep(
    con: duckdb.DuckDBPyConnection, extracts: Path, organisations: Sequence[str], report: LandingReport
) -> None:
    """Replace what `folder_events` holds of these organisations by what the landing of `extracts` reports."""
    events = [
        FolderEvent(r.organisation_code, r.file_name, REFUSED, r.reason, r.remedy) for r in report.refused
    ]
    for code, name in report.skipped:
        if name.lower() not in READ_BESIDE and not name.startswith("~$"):
            events.append(
                FolderEvent(code, shown_name(name), NOT_USED, *_unused(extracts / code / name, code))
            )
    for event, deliveries in ((GONE, report.gone), (RESTORED, report.returned)):
        events += [
            FolderEvent(d.organisation_code, shown_name(d.file_name), event, kind=d.kind, period=d.period)
            for d in deliveries
        ]
    schema.replace(con, TABLE, events, organisation_code=list(organisations))


def _named(path: Path) -> str:
    """The path where its last name may be shown, else words that stand for it."""
    return shlex.quote(str(path)) if shown_name(path.name) == path.name else "<its path>"


def _unused(path: Path, code: str) -> tuple[str, str]:
    """Why nothing reads a file or folder beside the extracts, and what to do."""
    if path.is_dir():
        inside = sorted(p.name for p in path.rglob("*") if p.is_file() and file_names.is_extract(p.name))
        if not inside:
            return "a folder that holds no extract is not read.", "Nothing to do, if it is to hold none."
        count = f"{len(inside)} file{'s' if len(inside) > 1 else ''}"
        return (
            f"a folder inside the organisation's folder is not read; it holds {count}.",
            f"Run: wres add {_named(path)} --organisation {code}",
        )
    if path.suffix.lower() == ".zip":
        return (
            "a zip file is not read where it stands.",
            f"Run: wres add {_named(path)} --organisation {code}",
        )
    if path.suffix.lower() in (".yaml", ".yml"):
        known = ", ".join(sorted(name for name in READ_BESIDE if name.endswith(".yaml")))
        return (
            "no part of the pipeline reads a file of this name.",
            f"Name it as one of {known}, or move it away.",
        )
    if path.suffix.lower() in (".doc", ".docx", ".docm", ".dotx", ".odt", ".rtf"):
        return (
            "no part of the pipeline reads a document of this name and kind.",
            "A plan is read from actions.docx, as wres form plan writes it; move any other document away.",
        )
    if file_names.may_be_meant(path.name):
        return (
            f"its name is that of an extract, but a file ending in {path.suffix or 'nothing'} is not read.",
            "Export it as CSV or a workbook (unpack it first, if it is packed).",
        )
    return (
        f"a file ending in {path.suffix or 'nothing'} is no extract.",
        "Nothing to do, if it is none; else export it again as CSV or a workbook.",
    )
