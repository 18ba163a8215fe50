"""What a file is that somebody wants to add: its kind, its day, and why it is taken for that."""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath

from wres_pipeline.extracts import contracts, reading
from wres_pipeline.extracts.contracts import Contract
from wres_pipeline.extracts.intake.file_safety import look
from wres_pipeline.extracts.intake.refusal import RefusedFile
from wres_pipeline.extracts.naming import file_names, name_days
from wres_pipeline.reference.local import LocalMappings

WORDS_OF_KINDS: dict[str, str] = {
    "esr_staff_list": r"staff[ _-]?list|workforce|staff in post|sip|headcount|esr|generic[ _-]outbound",
    "recruitment_summary": r"recruitment summary|equality monitoring|trac summary",
    "trac_applications": r"trac|applica|recruitment|vacanc|shortlist",
    "employee_relations": r"employee relations|\ber\b|disciplin|casework|cases",
    "training": r"training|learning|cpd|course|l ?& ?d",
    "appraisals": r"appraisal|pdr",
    "staff_survey": r"survey|nss",
    "board": r"board|governing body|directors",
    "provider_returns": r"provider",
}
"""Words of a name that hint at a kind; the content decides. [ours]"""


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a file is. kind: of extract; day: it shows, None where the kind has none; why: both in words; name: the one
    a run reads it under."""

    path: Path
    kind: str
    day: date | None
    why: tuple[str, ...]
    name: str


def recognise(path: Path, mappings: LocalMappings, *, shown: str = "", day: date | None = None) -> Recognised:
    """Look into the file. shown: its name as the sender knows it, with its folders (`2021-03/list.csv`), where `path` is a
    copy. day: as the user says it, before what the name says.

    Raises RefusedFile for what is no extract of a known kind, with the nearest, or whose day nothing says.
    """
    shown = shown or path.name
    if not file_names.is_extract(PurePath(shown).name):
        raise RefusedFile(
            shown,
            f"a file ending in {PurePath(shown).suffix or 'nothing'} is no extract.",
            "Nothing to do, if it is none; else export it again as CSV or a workbook.",
        )
    look(path, path.parent)
    kind, why_kind = _kind(path, PurePath(shown).stem, mappings)
    contract = contracts.load(kind)
    suffix = path.suffix.lower()
    if contract.period == "none":
        return Recognised(path, kind, None, (why_kind,), f"{contract.names[0]}{suffix}")
    if contract.period.startswith("survey_year"):
        year, why_day = _survey_year(shown, day, contract)
        return Recognised(
            path, kind, date(year, 11, 30), (why_kind, why_day), f"{contract.names[0]}_{year}{suffix}"
        )
    found, why_day = _day(shown, day, contract)
    return Recognised(
        path, kind, found, (why_kind, why_day), f"{contract.names[0]}_{found.isoformat()}{suffix}"
    )


def _kind(path: Path, stem: str, mappings: LocalMappings) -> tuple[str, str]:
    """(kind, why): the kinds whose headings the file has, the one its name hints at before the one that knows most."""
    words = re.sub(r"[_\-.]+", " ", stem.lower())
    hinted = [kind for kind, pattern in WORDS_OF_KINDS.items() if re.search(pattern, words)]
    order = [*hinted, *(kind for kind in contracts.kinds() if kind not in hinted)]
    known: dict[str, int] = {}
    refusals: dict[str, RefusedFile] = {}
    with tempfile.TemporaryDirectory(prefix="wres-add-") as folder:
        for kind in order:
            try:
                prepared = reading.prepare(
                    path, [contracts.load(kind)], mappings.headings, Path(folder) / f"{kind}.csv"
                )
                known[prepared.contract.kind] = len(prepared.columns)
            except RefusedFile as refused:
                refusals[kind] = refused
    if not known:
        first = refusals[order[0]]
        if hinted:
            raise RefusedFile(
                stem, first.reason, first.remedy or "Export it again with its headings in one row."
            )
        if len({refused.reason for refused in refusals.values()}) == 1:
            raise first
        titles = ", ".join(dict.fromkeys(contracts.load(kind).title for kind in contracts.kinds()))
        raise RefusedFile(
            stem,
            "its headings are those of no extract that is known.",
            f"Nothing to do, if it is none of: {titles}. If it is one, put the kind into its name, such as "
            "training_2021-03-31.csv, and add it again: the headings that are missing are then said.",
        )
    best = max(known, key=lambda kind: (known[kind], kind in hinted))
    kind = next((kind for kind in hinted if kind in known and known[kind] * 2 > known[best]), best)
    title = contracts.load(kind).title
    by_name = ", and its name says so too" if kind in hinted else ""
    return kind, f"{title}: {known[kind]} of its columns are known for one{by_name}"


def _day(shown: str, given: date | None, contract: Contract) -> tuple[date, str]:
    if given is not None:
        return given, "the day is as you say"
    for part in reversed(PurePath(shown).parts):
        stem = PurePath(part).stem if part == PurePath(shown).name else part
        found = name_days.days(stem)
        if not found:
            continue
        last = found[-1]
        if not last.sure:
            raise RefusedFile(
                shown,
                f"its name can mean {last.day.day} {last.day:%B %Y}, or another day.",
                "Say the day: add --day 2021-03-31 to the command.",
            )
        where = "the name" if part == PurePath(shown).name else f"the folder {part}"
        several = f"; of the {len(found)} days there, the last" if len({one.day for one in found}) > 1 else ""
        return last.day, f"{last.day.day} {last.day:%B %Y}: {where} says {last.how}{several}"
    raise RefusedFile(
        shown,
        f"it is read as {contract.title}, but neither its name nor its folder says which day it shows.",
        "Say the day: add --day 2021-03-31 to the command.",
    )


def _survey_year(shown: str, given: date | None, contract: Contract) -> tuple[int, str]:
    if given is not None:
        return given.year, "the year is as you say"
    years = sorted({int(year) for year in re.findall(r"(?<!\d)(20\d\d)(?!\d)", shown)})
    if len(years) != 1:
        raise RefusedFile(
            shown,
            f"it is read as {contract.title}, but its name says {'no year' if not years else 'several years'}.",
            "Say the survey's year: add --day 2020-11-30 to the command, for the survey of autumn 2020.",
        )
    return years[0], f"the survey of {years[0]}: the name says so"
