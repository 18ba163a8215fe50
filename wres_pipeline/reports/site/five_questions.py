"""What a board member asks first, each answered in a line: fairer than last year, than England, where worst, what is done, trust.

Every answer follows from fields: printed figures, their intervals and verdicts, the kind of a change, national values, the
status of actions. It says no number that the page does not print elsewhere, and counts only what is printed.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import shorten

from wres_pipeline.action_plan.status import DONE, DUE, LATE, NO_EVIDENCE, ON_TRACK
from wres_pipeline.indicators import changes
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference import indicators
from wres_pipeline.reference.indicators import IndicatorRule
from wres_pipeline.render.text import count_of, listed, typeset
from wres_pipeline.reports.context import Check, ReturnContext
from wres_pipeline.reports.figure_set import FigureSet
from wres_pipeline.reports.narrative_text import about
from wres_pipeline.reports.site.glance import England, england, followed
from wres_pipeline.reports.site.key_findings import STRENGTH, judged

NAMED, SHOWN_ACTIONS, TITLE = 3, 2, 80
"""How many indicators and actions are named in a line, and how long a title may be there."""
STATUS_WORDS = {
    DONE: "done",
    ON_TRACK: "on track",
    DUE: "due within a month",
    LATE: "late",
    NO_EVIDENCE: "without evidence",
}
MOVED = (changes.REAL, changes.POPULATION)
STEADY = (changes.CHANCE, changes.DEFINITION)


@dataclass(frozen=True, slots=True)
class Answer:
    """One question, its answer in whole sentences, and the part of the page that says more."""

    question: str
    words: str
    place: str


def answers(
    figures: FigureSet, context: ReturnContext, checks: Sequence[Check], *, members: int = 0
) -> tuple[Answer, ...]:
    """The five answers. members: how many bodies are added up; 0 for a body of its own."""
    return (
        Answer("Are we fairer than last year?", _than_last_year(figures, context), "glance"),
        Answer("Are we fairer than England?", _than_england(figures), "glance"),
        Answer("Where is it worst?", _worst(figures), "findings"),
        Answer("What are we doing?", _doing(figures, context, members), "members" if members else "actions"),
        Answer("Can you trust it?", _trust(figures, context, checks, members), "how" if members else "trust"),
    )


def distance(rule: IndicatorRule, value: float) -> float:
    """How far a value of the followed figure is from fair, on a scale on which less is fairer: a ratio from 1, a difference
    from 0, a percentage of the survey from nobody, or from everybody.
    """
    if rule.shape == indicators.SURVEY_PERCENTAGE:
        return -value if rule.adverse == "lower" else value
    if rule.shape == indicators.DIFFERENCE_OF_SHARES:
        return abs(value)
    return abs(math.log(value)) if value > 0 else math.inf


def _judged_by_fairness() -> list[IndicatorRule]:
    """The indicators of which nearer to something is fairer; a share of the workforce is no such thing."""
    return [rule for rule in indicators.REGISTRY if rule.shape != indicators.HEADCOUNT_BY_BAND]


def _than_last_year(figures: FigureSet, context: ReturnContext) -> str:
    kinds = {(c.indicator, c.measure, c.cluster, c.band, c.ethnic_group): c.kind for c in context.changes}
    better: list[str] = []
    worse: list[str] = []
    others: list[str] = []
    steady = 0
    for rule in _judged_by_fairness():
        now = followed(rule.number, figures, figures.year)
        kind = kinds.get(now.key[2:], "")
        last = figures.same(now, figures.year - 1)
        if kind not in (*MOVED, *STEADY) or now.rounded is None or last.rounded is None:
            continue
        then, at_present = distance(rule, last.rounded), distance(rule, now.rounded)
        if kind in STEADY or then == at_present:
            steady += 1
        elif kind == changes.POPULATION:
            others.append(rule.number)
        else:
            (better if at_present < then else worse).append(rule.number)
    moved = len(better) + len(worse) + len(others)
    if not moved + steady:
        return "That cannot be told: none of the figures that would say so can be compared with last year’s."
    if not moved:
        many = "The one figure" if steady == 1 else f"All {steady} figures"
        return f"That cannot be told: {many[0].lower()}{many[1:]} that can be compared changed by no more than chance can make."
    sentences = [_said("Fairer", better), _said("Less fair", worse)]
    if others:
        sentences.append(f"Changed, but other people are counted: {_named(others)}.")
    if steady:
        sentences.append(f"In {_others(steady)} the change is no more than chance can make.")
    return " ".join(one for one in sentences if one)


def _than_england(figures: FigureSet) -> str:
    better: list[str] = []
    worse: list[str] = []
    read: list[int] = []
    unclear = 0
    for rule in _judged_by_fairness():
        value = england(rule.number, figures.year)
        ours = followed(rule.number, figures, figures.year)
        if not _alike(rule, value, ours) or value is None or ours.rounded is None:
            continue
        read.append(value.year)
        theirs = float(value.value)
        low, high = ours.interval_low, ours.interval_high
        if (low is None or low <= theirs) and (high is None or theirs <= high):
            unclear += 1
            continue
        nearer = distance(rule, float(ours.rounded)) < distance(rule, theirs)
        (better if nearer else worse).append(
            f"{about(rule.number)} ({typeset(ours.shown)}, England {value.shown})"
        )
    if not read:
        return "That cannot be told: none of the figures that would say so can be compared with England’s."
    when = f"{min(read)} to {max(read)}" if min(read) != max(read) else f"{read[0]}"
    theirs_are = f"England’s figures are those of NHS trusts in {when}."
    if not better + worse:
        return f"That cannot be told: in {_others(unclear, first=True)} the difference is no more than chance can make. {theirs_are}"
    sentences = [_said("Fairer", better, name=str), _said("Less fair", worse, name=str)]
    if unclear:
        sentences.append(f"In {_others(unclear)} the difference is no more than chance can make.")
    return " ".join([*(one for one in sentences if one), theirs_are])


def _alike(rule: IndicatorRule, value: England | None, ours: Figure) -> bool:
    """Whether the two are the same figure by one definition, and ours has an interval to judge by."""
    return (
        value is not None
        and value.same_basis
        and value.measure == ours.measure
        and rule.shape != indicators.DIFFERENCE_OF_SHARES
        and (ours.interval_low is not None or ours.interval_high is not None)
    )


def _worst(figures: FigureSet) -> str:
    found = judged(figures)
    against = [one for one in found if one.adverse > 0]
    clear, likely = ([one.number for one in against if one.verdict == word] for word in STRENGTH[:2])
    if clear or likely:
        sentences = [_said("Clear differences, worst first", clear, one="A clear difference")]
        sentences.append(_said("Likely differences, worst first", likely, one="A likely difference"))
        return " ".join(one for one in sentences if one)
    if any(one.strength == STRENGTH.index("likely difference") and not one.verdict for one in against):
        return "That cannot be told: not every figure here says whether it is more than chance."
    if any(one.verdict in STRENGTH[: STRENGTH.index("too few")] for one in found):
        return "No figure shows that BME people fare worse by more than chance can make."
    if any(one.strength == len(STRENGTH) for one in found):
        return "That cannot be told: figures are given as ranges, so that nobody can be recognised."
    return "That cannot be told: too few people are counted, or their figures are not shown."


def _doing(figures: FigureSet, context: ReturnContext, members: int) -> str:
    if members:
        return "That stands in the publication of each organisation."
    actions = context.actions
    if not actions:
        return (
            "The action plan says it."
            if context.action_plan
            else "No action plan was supplied with this return."
        )
    counts = Counter(one.status for one in actions)
    stands = [f"{counts[status]} {words}" for status, words in STATUS_WORDS.items() if counts[status]]
    worst = {one.number for one in judged(figures)[:NAMED] if one.strength in (0, 1)}
    still = [one for one in actions if one.status != DONE] or list(actions)
    first = sorted(still, key=lambda one: not worst & set(one.indicators))[:SHOWN_ACTIONS]
    titles = "; ".join(shorten(one.title.rstrip("."), TITLE, placeholder=" …") for one in first)
    said = f": {', '.join(stands)}" if stands else ""
    return f"{count_of(len(actions), 'action')}{said}. {'It is' if len(actions) == 1 else 'Among them'}: {titles}."


def _trust(figures: FigureSet, context: ReturnContext, checks: Sequence[Check], members: int) -> str:
    rate = next((r for r in context.declaration if r.reporting_year == figures.year), None)
    unknown = figures.get(indicators.WORKFORCE, "percentage", group="Unknown")
    if rate is not None and rate.declared.number is not None:
        sentences = [f"{rate.declared} of staff declared their ethnicity."]
    elif unknown.rounded is not None:
        sentences = [f"The ethnicity of {typeset(unknown.shown)} of staff is not known."]
    else:
        sentences = ["How many staff declared their ethnicity is not shown."]
    if members:
        sentences.append(f"The counts of {members} organisations are added up; nothing is averaged.")
    elif checks:
        passed = sum(check.passed is True for check in checks)
        sentences.append(f"{passed} of {len(checks)} checks passed.")
    if not context.complete:
        sentences.append(f"Not supplied: {listed(context.missing_kinds)}.")
    if context.projected:
        sentences.append(f"The rules of {context.reporting_year} are not yet held against the guidance.")
    sentences.append(_signed(context))
    return " ".join(sentences)


def _signed(context: ReturnContext) -> str:
    signed = context.sign_off
    if signed.status != "signed off":
        return (
            "It is not signed off yet."
            if signed.status == "draft"
            else "It has changed since it was signed off."
        )
    return f"Signed off by {signed.body}."


def _said(words: str, found: Sequence[str], *, one: str = "", name: object = None) -> str:
    """'Fairer: a, b and 2 more.'; '' for none."""
    if not found:
        return ""
    named = list(found) if name is str else [about(number) for number in found]
    return f"{one if one and len(found) == 1 else words}: {_shortened(named)}."


def _named(numbers: Sequence[str]) -> str:
    return _shortened([about(number) for number in numbers])


def _shortened(names: Sequence[str]) -> str:
    more = len(names) - NAMED
    return listed([*names[:NAMED], f"{more} more"]) if more > 0 else listed(list(names))


def _others(many: int, *, first: bool = False) -> str:
    if first:
        return (
            "the one figure that can be compared" if many == 1 else f"all {many} figures that can be compared"
        )
    return "1 other" if many == 1 else f"{many} others"
