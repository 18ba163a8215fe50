"""`wres check FILE`: what a file is, what of it was understood, what was not, and what to do about it.
Changes nothing."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import duckdb

from wres_pipeline.extracts import cell_checks, contracts
from wres_pipeline.extracts.intake import landing
from wres_pipeline.extracts.intake.refusal import RefusedFile
from wres_pipeline.extracts.naming.shown_names import shown_name
from wres_pipeline.extracts.outcomes import label_checks
from wres_pipeline.extracts.outcomes.findings import Finding, in_order
from wres_pipeline.extracts.outcomes.label_checks import UnknownLabel
from wres_pipeline.extracts.reading.headings import nearest, showable
from wres_pipeline.reference.local import LocalMappings

MOST_ROWS_SHOWN = 5
_WIDTH = 110
_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars", "~": "tildes"}


@dataclass(frozen=True, slots=True)
class SetAside:
    """Rows that cannot be used for one reason: how many, the first of them, where and in what shape, and the
    remedy."""

    reason: str
    rows: int
    first: tuple[int, ...]
    column: str
    shapes: tuple[str, ...]
    remedy: str


@dataclass(frozen=True, slots=True)
class CheckPage:
    """The result of checking one file; `as_text` is the page a person reads. Holds no person's data.

    refused: (reason, remedy), and then nothing else is known. understood: (heading or blank, canonical name).
    unknown_headings: (heading, the nearest known ones as `heading (column)`).
    """

    file_name: str
    refused: tuple[str, str] | None = None
    kind: str = ""
    title: str = ""
    period: str = ""
    reading: dict[str, object] = field(default_factory=dict)
    rows_in: int = 0
    rows_accepted: int = 0
    rows_quarantined: int = 0
    understood: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    unknown_headings: tuple[tuple[str, tuple[str, ...]], ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    date_orders: dict[str, str] = field(default_factory=dict)
    unknown_labels: tuple[UnknownLabel, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def exit_status(self) -> int:
        """0: nothing to act on; 1: usable, with things to look at or to put right; 2: refused, or nothing in it can be used."""
        if self.refused is not None or (self.rows_in and not self.rows_accepted):
            return 2
        to_act_on = any(not a.remedy.startswith("Nothing to do") for a in self.set_aside)
        return 1 if to_act_on or any(one.severity != "note" for one in self.findings) else 0

    def as_text(self) -> str:
        """The page, plain text, about 100 columns wide, with what the file holds as it stands there."""
        if self.refused is not None:
            reason, remedy = self.refused
            return "\n".join(
                [self.file_name, f"  REFUSED: {reason}", *([f"  What to do: {remedy}"] if remedy else []), ""]
            )
        lines = [self.file_name, f"  {self.title}{self.period}, {self._how_read()}"]
        lines.append(
            f"  {self.rows_in:,} rows in: {self.rows_accepted:,} can be used, {self.rows_quarantined:,} "
            f"cannot"
            f" (one row is {self.reading.get('one_row_is', 'a row')})"
        )
        lines.append(_wrapped("Understood: " + ", ".join(self.understood)))
        if self.missing:
            lines.append(_wrapped("Not in the file: " + ", ".join(self.missing)))
        lines += self._headings() + self._rows() + self._dates() + self._cells()
        lines += [f"  Note: {note}" for note in _texts(self.reading.get("notes"))]
        lines.append(f"  {self._verdict()}")
        return "\n".join(lines) + "\n"

    def _verdict(self) -> str:
        if not self.rows_accepted and self.rows_in:
            return "Nothing in it can be used."
        if any(one.severity == "blocks" for one in self.findings):
            return "Its figures are not printed before what blocks them is put right."
        return "Nothing needs attention." if self.exit_status == 0 else "Usable, with the above to look at."

    def _how_read(self) -> str:
        parts = [str(self.reading.get("format", ""))]
        if self.reading.get("sheet"):
            parts.append(f"sheet {showable(str(self.reading['sheet']))}")
        if parts[0] == "text":
            delimiter = str(self.reading.get("delimiter"))
            parts.append(
                f"{self.reading.get('encoding')}, values separated by {_DELIMITERS.get(delimiter, delimiter)}"
            )
        if self.reading.get("header_row"):
            parts.append(f"headings in row {self.reading['header_row']}")
        return ", ".join(parts)

    def _headings(self) -> list[str]:
        lines = []
        for heading, like in self.unknown_headings:
            lines.append(f"  Heading not known: {heading!r} (its values are not kept)")
            if like:
                lines.append(f"    near {' or '.join(like)}")
        if self.unknown_headings:
            lines.append(
                "    to use one, add a line `heading,column` below `label,means` to mappings/headings.csv beside the extracts"
            )
        return lines

    def _rows(self) -> list[str]:
        lines = []
        for found in self.set_aside:
            first = ", ".join(map(str, found.first)) + (" …" if found.rows > len(found.first) else "")
            where = f" in {found.column}" if found.column else ""
            shapes = f" (looks like {', '.join(found.shapes)})" if found.shapes else ""
            lines.append(f"  {found.rows:,} × {found.reason}{where}{shapes}: row {first}")
            lines.append(f"    {found.remedy}")
        return lines

    def _dates(self) -> list[str]:
        return [
            f"  Month stands before day in {column}"
            for column, order in self.date_orders.items()
            if order == "mdy"
        ]

    def _cells(self) -> list[str]:
        """What the cells do not say, and what to do: blocking first, then what to look at, then notes."""
        lines = []
        for finding in in_order(self.findings):
            mark = {"blocks": "Blocks the return", "look_at": "To look at", "note": "Note"}[finding.severity]
            lines.append(_wrapped(f"{mark}: {finding.what}"))
            if finding.severity != "note":
                lines.append(f"    {finding.remedy}")
        return lines


def check_file(path: Path, mappings: LocalMappings) -> CheckPage:
    """Read `path` as a run would, into memory only, and say what came of it; never raises for a bad file."""
    con = duckdb.connect(":memory:")
    try:
        try:
            delivery = landing.land_file(con, path, "CHECK", now=datetime(1970, 1, 1), mappings=mappings)  # noqa: DTZ001
        except RefusedFile as refused:
            return CheckPage(refused.name, refused=(refused.reason, refused.remedy))
        return _page(con, delivery, mappings)
    finally:
        con.close()


def _page(con: duckdb.DuckDBPyConnection, delivery: landing.Delivery, mappings: LocalMappings) -> CheckPage:
    contract = contracts.load(delivery.kind)
    aside = [
        SetAside(
            reason,
            rows,
            tuple(sorted(first)[:MOST_ROWS_SHOWN]),
            column,
            tuple(s for s in sorted(shapes)[:3] if s),
            remedy,
        )
        for reason, column, remedy, rows, first, shapes in con.execute(
            "SELECT reason, column_name, remedy, count(*), list(row_number ORDER BY row_number)[:5], "
            "list_distinct(list(shape)) "
            "FROM quarantine GROUP BY ALL ORDER BY 4 DESC, 1"
        ).fetchall()
    ]
    gone = set(_texts(delivery.reading.get("columns_missing")))
    day = delivery.period
    period = "" if day is None else f" of {delivery.survey_year or f'{day.day} {day:%B %Y}'}"
    unknown = _texts(delivery.reading.get("unknown_headings"))
    return CheckPage(
        file_name=shown_name(delivery.file_name),
        kind=delivery.kind,
        title=contract.title,
        period=period,
        reading={**delivery.reading, "sheet": delivery.sheet},
        rows_in=delivery.rows_in,
        rows_accepted=delivery.rows_accepted,
        rows_quarantined=delivery.rows_quarantined,
        understood=tuple(c.name for c in contract.columns if c.name not in gone),
        missing=tuple(c.name for c in contract.columns if c.name in gone),
        unknown_headings=tuple(
            (heading, tuple(f"{known!r} ({column})" for known, column in nearest(heading, contract)))
            for heading in unknown
        ),
        set_aside=tuple(aside),
        date_orders=delivery.date_orders,
        unknown_labels=tuple(label_checks.unknown(con, contract, delivery, mappings)),
        findings=tuple(_findings(con, delivery, mappings)),
    )


def _findings(
    con: duckdb.DuckDBPyConnection, delivery: landing.Delivery, mappings: LocalMappings
) -> list[Finding]:
    return cell_checks.find(con, [delivery], {delivery.organisation_code: mappings})


def _texts(found: object) -> list[str]:
    return [str(item) for item in found] if isinstance(found, list) else []


def _wrapped(text: str) -> str:
    return textwrap.fill(text, _WIDTH, initial_indent="  ", subsequent_indent="    ")
