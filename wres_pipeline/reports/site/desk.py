"""The internal edition as a desk: what stops the return, what to look at, what changed, and what to key where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wres_pipeline.extracts.outcomes.findings import Finding
from wres_pipeline.quality import check_findings
from wres_pipeline.reference.submission import SubmissionItem, items
from wres_pipeline.reports.context import ChangeSinceLastYear, Check, ReturnContext
from wres_pipeline.reports.figure_set import GROUPS, FigureSet, cell
from wres_pipeline.reports.labels import indicator_named

_SHOWN_CHANGES = 6


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing to do before the return can go: its place in the list, whether it stops the return, and its words."""

    number: int
    stops: bool
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class KeyedItem:
    """One item of the submission as it is keyed: numbers alone; `worked_out` ones the form gives by itself."""

    item: int
    text: str
    cells: tuple[str, str, str]
    worked_out: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """What an analyst reads first.

    `headline` says whether the return can go; `todo` what is in the way, what stops it first; `passed` counts the
    checks that found nothing; `moved` are sentences on what moved since the last run, `changes` on what moved since last year; `keyed` is the submission.
    """

    headline: str
    todo: tuple[ToDo, ...]
    passed: int
    moved: tuple[str, ...]
    changes: tuple[str, ...]
    keyed: tuple[KeyedItem, ...]

    @property
    def block(self) -> str:
        """The numbers to paste: a line an item that is keyed, White, BME and Unknown with tabs between."""
        return "\n".join("\t".join(item.cells) for item in self.keyed if not item.worked_out)


def desk(
    figures: FigureSet,
    context: ReturnContext,
    checks: Sequence[Check],
    *,
    findings: Sequence[Finding] = (),
    moved: Sequence[str] = (),
) -> Desk:
    """The desk of one return from its figures, context and checks. findings: about its extracts, each told with its remedy in
    the place of the checks that count them; moved: what moved since the last run.
    """
    todo = _todo(checks, findings)
    stops = sum(one.stops for one in todo)
    return Desk(
        headline=_headline(context, stops, len(todo) - stops),
        todo=todo,
        passed=sum(check.passed is True for check in checks),
        moved=tuple(moved),
        changes=_changes(context.changes),
        keyed=tuple(_keyed(figures, item) for item in items()),
    )


def _todo(checks: Sequence[Check], findings: Sequence[Finding]) -> tuple[ToDo, ...]:
    told = [one for one in findings if one.severity != "note" and not one.confirmed]
    counted = COUNTED if told else ()
    found = [
        (_stops(check), check.name, _told(check))
        for check in checks
        if check.passed is not True and not check.told and check.name not in counted
    ]
    found += [
        (one.stops, _called(one.code), f"{_sentence(one.what)} {_sentence(one.remedy)}") for one in told
    ]
    ordered = sorted(found, key=lambda one: (not one[0], one[1]))
    return tuple(ToDo(number, *one) for number, one in enumerate(ordered, 1))


def _called(code: str) -> str:
    """A check's or a finding's name in words."""
    return code.replace("_", " ").capitalize()


COUNTED = frozenset(map(_called, check_findings.COUNTED))
"""Names of the checks that say how many findings there are."""


def _sentence(words: str) -> str:
    """Words as a sentence of their own."""
    whole = words.strip().rstrip(".")
    return f"{whole[:1].upper()}{whole[1:]}." if whole else ""


def _told(check: Check) -> str:
    """What was found. The name says what should hold, so it stands before a check alone that could not be made."""
    words = check.words if check.passed is False else f"{check.name}: {check.words}"
    return f"{words[:1].upper()}{words[1:]}"


def _stops(check: Check) -> bool:
    """A blocking check that failed, or could not be made, stops the return: nobody knows that it is right."""
    return check.severity == "blocking" and check.passed is not True


def _headline(context: ReturnContext, stops: int, look: int) -> str:
    due = context.year.submission_deadline
    days = (due - context.dated).days
    if days > 1:
        left = f"{days} days to submission"
    elif days == 1:
        left = "1 day to submission"
    else:
        left = "due today" if days == 0 else f"submission was due on {due.day} {due:%B %Y}"
    ready = "not ready" if stops or not context.complete else "ready to key"
    parts = [f"{stops} thing{'s' if stops != 1 else ''} stop{'s' if stops == 1 else ''} it"] if stops else []
    if not context.complete:
        parts.append("extracts are missing")
    if look:
        parts.append(f"{look} to look at")
    said = ", ".join([*parts, left])
    return f"Return {context.reporting_year}: {ready}. {said[0].upper()}{said[1:]}."


def _changes(changes: Sequence[ChangeSinceLastYear]) -> tuple[str, ...]:
    """What moved since last year: real changes first, then what only looks like one; each sentence once."""
    order = {"real": 0, "definition": 1, "population": 2}
    told = sorted(
        (change for change in changes if change.kind in order), key=lambda change: order[change.kind]
    )
    words = [f"{indicator_named(change.indicator)}: {change.words}" for change in told]
    return tuple(dict.fromkeys(words))[:_SHOWN_CHANGES]


def _keyed(figures: FigureSet, item: SubmissionItem) -> KeyedItem:
    white, bme, unknown = (_number(figures, item, group) for group in GROUPS)
    return KeyedItem(item.item, f"{item.section}: {item.text}", (white, bme, unknown), item.worked_out)


def _number(figures: FigureSet, item: SubmissionItem, group: str) -> str:
    """The number as the form takes it, without separators or signs of unit; '' where the form has no cell or there is
    no number."""
    kind = item.cell(group)
    if not kind:
        return ""
    figure = figures.get(
        item.indicator,
        item.measure,
        cluster=item.cluster,
        band=item.band,
        group=group if kind == "group" else "",
    )
    value = cell(figure)
    return "" if isinstance(value, str) else str(value)
