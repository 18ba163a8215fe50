"""One sentence about a change, true by construction: each part is read from the figures it tells of."""

from __future__ import annotations

from dataclasses import dataclass

from wres_pipeline.indicators.figure import Figure, half_up
from wres_pipeline.indicators.shapes.tier_ratio import STEPS
from wres_pipeline.reference import indicators
from wres_pipeline.statistics.verdict_rule import LEVEL

CLUSTERS = {
    "clinical": "clinical staff",
    "non_clinical": "non-clinical staff",
    "medical_and_dental": "medical and dental staff",
}
PARTS = {"board": "the board", "voting": "voting members", "executive": "executive members"}
TIERS = {measure: f"from {low} to {high} bands" for measure, (low, high) in STEPS.items()}
BASES = {
    "two_year_rolling": "a two-year rolling average",
    "single_year": "a single year",
    "excludes_dont_know": "answers without “don't know”",
    "includes_dont_know": "answers with “don't know” among them",
    "includes_dont_know_2025": "answers to the question as it is worded from 2025 on",
    "voting_only": "voting members of the board",
    "total_voting_and_executive": "the whole board, voting and executive members",
}


@dataclass(frozen=True, slots=True)
class ChangeFacts:
    """What a sentence is made of: see `changes.FigureChange`.

    `other_people` is how many were counted then and now, where they can no longer be called the same.
    """

    before: Figure
    again: Figure
    now: Figure
    kind: str
    p: float | None
    other_people: tuple[int, int] | None


def sentence(told: ChangeFacts, *, public: bool = False) -> str:
    """What the figure was, is, and what the change is, in words; `public` leaves out what was not audited."""
    before, now = told.before, told.now
    head = f"{name(now)}: {before.shown} in {before.reporting_year}, {now.shown} in {now.reporting_year}"
    broken = before.basis != now.basis and told.kind != "not comparable"
    parts = [_restated(told, public) if broken else "", _judgement(told, public)]
    return f"{head}. {' '.join(part for part in parts if part)}"


def name(figure: Figure) -> str:
    """A figure's name at the beginning of a sentence."""
    rule = indicators.rule(figure.indicator)
    focus = rule.grouping.focus
    if rule.shape == indicators.TIER_RATIO:
        of = f", {CLUSTERS[figure.cluster]}" if figure.cluster else ""
        return f"{rule.short_title} {TIERS[figure.measure]}{of}"
    if figure.unit == "ratio":
        return f"Relative likelihood {' ÷ '.join(rule.above_and_below)}"
    if rule.shape == indicators.DIFFERENCE_OF_SHARES:
        return f"{focus} difference of {PARTS.get(figure.band, figure.band)} from the workforce"
    if rule.shape == indicators.HEADCOUNT_BY_BAND:
        among = CLUSTERS.get(figure.cluster, "the whole workforce")
        return f"{focus} percentage of {f'{figure.band}, {among}' if figure.band else among}"
    return f"{figure.ethnic_group or 'All'} staff"


def _restated(told: ChangeFacts, public: bool) -> str:
    before, now = told.before, told.now
    changed = f"the definition changed from {_basis(before)} to {_basis(now)}"
    if public:
        return f"{changed[0].upper()}{changed[1:]}."
    return (
        f"{before.reporting_year} worked out again under the rules of {now.reporting_year} is "
        f"{told.again.shown}: {changed}."
    )


def _judgement(told: ChangeFacts, public: bool) -> str:
    before, now = told.before, told.now
    if told.kind == "not comparable":
        if before.basis != now.basis and before.value is not None and now.value is not None:
            return (
                f"The two cannot be compared: the first is of {_basis(before)}, the second of {_basis(now)}, "
                "and the earlier year cannot be worked out again."
            )
        missing = before if before.value is None else now
        return f"The two cannot be compared: there is no single value for {missing.reporting_year}."
    p = "" if public else _p(told.p)
    if told.kind == "real":
        return f"This is unlikely to be chance{p}."
    if told.kind == "population":
        if told.other_people is not None:
            way = "grown" if told.other_people[1] > told.other_people[0] else "shrunk"
            why = f"the number of people counted has {way} by more than a quarter"
        else:
            why = "most of it comes from people standing in other bands than the year before"
        return f"This is unlikely to be chance{p}, but {why}."
    if told.kind == "chance":
        if before.value == now.value:
            return "It has not changed."
        if _alone(told):
            return f"Taken alone this would be more than chance{p}; {AMONG_ALL}."
        return f"It cannot be told from chance{p}."
    if told.kind == "definition":
        if told.p is None:
            return "What is left of the change cannot be told from chance."
        if _alone(told):
            return f"Taken alone what is left of the change would be more than chance{p}; {AMONG_ALL}."
        return f"What is left of the change cannot be told from chance{p}."
    if now.unit == "percent" and not (now.denominator and told.again.denominator):
        return "Whether this is more than chance cannot be told: the number of responses is not published."
    return "There are too few people to tell this from chance."


AMONG_ALL = "among all the changes of a return one such can come by chance"


def _alone(told: ChangeFacts) -> bool:
    return told.p is not None and told.p <= LEVEL


def _p(p: float | None) -> str:
    if p is None:
        return ""
    return " (p < 0.001)" if p < 0.001 else f" (p = {half_up(p, 3)})"


def _basis(figure: Figure) -> str:
    return BASES.get(figure.basis, figure.basis or "another definition")
