"""Which dates a body has to keep on a day, and from when it is warned of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from wres_pipeline.action_plan import plan, status
from wres_pipeline.extracts.naming.shown_names import shown_name
from wres_pipeline.quality import confirmations
from wres_pipeline.reference import years
from wres_pipeline.reference.written_file import WrittenFileError
from wres_pipeline.reports.release import plan_disclosure, sign_off
from wres_pipeline.reports.release.edition_folders import EditionFolders

Kind = Literal["snapshot", "submission", "sign-off", "publication", "action", "confirmation"]
WARNED: dict[Kind, tuple[int, ...]] = {
    "snapshot": (14,),
    "submission": (28, 7),
    "sign-off": (28, 7),
    "publication": (28, 7),
    "action": (14,),
    "confirmation": (28,),
}
"""Days before a date at which word of it is sent, each once. [ours]"""
APPROVAL = timedelta(days=30)
"""How long before the last day of publication a board has to have approved it: papers, web team. [ours]"""
AHEAD, BEHIND = timedelta(days=400), timedelta(days=62)
"""How far the calendar looks: a year and its next snapshot; what is over, two months back. [ours]"""


@dataclass(frozen=True, slots=True)
class Deadline:
    """One date. what: in a line; because: where the date comes from; key: names it, the same however often it is read."""

    organisation_code: str
    day: date
    kind: Kind
    what: str
    because: str
    key: str

    def warning(self, today: date) -> int | None:
        """The warning that is due on a day, by its days before the date; None before the first and after the date."""
        left = (self.day - today).days
        due = [days for days in WARNED[self.kind] if 0 <= left <= days]
        return min(due, default=None)


def of_body(code: str, extracts: Path, output: Path, today: date) -> list[Deadline]:
    """The dates of a body between two months ago and thirteen months ahead, in order."""
    found = [
        *_of_years(code, output),
        *_of_actions(code, extracts, today),
        *_of_confirmations(code, extracts),
    ]
    near = [one for one in found if today - BEHIND <= one.day <= today + AHEAD]
    return sorted(near, key=lambda one: (one.day, one.key))


def near(deadlines: Sequence[Deadline], today: date) -> list[tuple[Deadline, str]]:
    """Those a warning is due of on a day, each with the key of that warning."""
    return [
        (one, f"{one.key}/{one.day}/{days}") for one in deadlines if (days := one.warning(today)) is not None
    ]


def _of_years(code: str, output: Path) -> Iterator[Deadline]:
    for year in years.all_years():
        rules = years.load(year)
        told = "projected from the year before" if rules.projected else "the settings of the reporting year"

        def at(day: date, kind: Kind, what: str, because: str, year: int = year) -> Deadline:
            return Deadline(code, day, kind, what, because, f"{code}/{kind}/{year}")

        yield at(
            rules.snapshot_date, "snapshot", f"Snapshot of {year}: order the extracts as at this day", told
        )
        yield at(rules.submission_deadline, "submission", f"Last day to submit the return of {year}", told)
        yield at(rules.publication_deadline, "publication", f"Last day to publish the return of {year}", told)
        if not sign_off.is_signed(EditionFolders(output, code, year).private):
            words = f"Board approves the publication of {year} (wres sign-off {code} --year {year})"
            approval = rules.publication_deadline - APPROVAL
            yield at(approval, "sign-off", words, f"{APPROVAL.days} days before the last day to publish")


def _of_actions(code: str, extracts: Path, today: date) -> Iterator[Deadline]:
    mine = plan.load(extracts / code / plan_disclosure.FILE)
    for action in mine.actions if mine else ():
        stands = status.standing(action, mine, today) if mine else None
        if stands is None or (action.done and not action.recurs):
            continue
        words = f"Action {action.action_id} is due: {action.title} ({action.owner})"
        yield Deadline(
            code, stands.due, "action", words, "the action plan", f"{code}/action/{action.action_id}"
        )


def _of_confirmations(code: str, extracts: Path) -> Iterator[Deadline]:
    try:
        held = confirmations.load(extracts / code / confirmations.FILE_NAME)
    except WrittenFileError:
        return  # the findings of the run say what is wrong with the file
    for one in held:
        about = shown_name(one.file) if one.file else f"{one.period}"
        words = f"The confirmation of {one.finding.replace('_', ' ')} ({about}) ends: look again, and confirm it again if it holds"
        yield Deadline(
            code, one.until, "confirmation", words, confirmations.FILE_NAME, f"{code}/confirmation/{one.finding}/{one.mark}"
        )  # fmt: skip
