"""Where it is broken: which starters stopped arriving, by what a cause could follow, and since which day.

Every value of every split (and everybody but it, and the values that lost most together) is an explanation: those
starters fell, the others did not. The one under which the counts are likeliest is named, where it beats "everybody fell"
by more than the number of explanations tried allows for; else everybody fell. [ours]; error rates in
docs/evidence/break_cause.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import log
from typing import Any

import duckdb

from wres_pipeline.quality.trac_to_esr import break_point
from wres_pipeline.quality.trac_to_esr.break_point import Break, Month
from wres_pipeline.reference import gap as reference
from wres_pipeline.warehouse import sql

SPLITS = {
    "source": "whose application came from {}",
    "route": "of the route “{}”",
    "starter": "who are {}",
    "staff_group": "in {}",
    "site": "at {}",
    "vacancy_team": "of vacancies {}",
    "position_type": "on a post of the type {}",
}
"""What a cause can follow -> how its starters are named."""


@dataclass(frozen=True, slots=True)
class Starter:
    """A linked starter: day of the start, whether the declared ethnicity arrived, and the value of every split known."""

    day: date
    arrived: bool
    splits: dict[str, str]
    external: bool = True


@dataclass(frozen=True, slots=True)
class Cause:
    """Which starters fell. split: blank where everybody did. values: of the split; `others` says that everybody but those
    fell. since: first day of it, where the starts allow a day (else the break's month); last_well: the last start before.
    before, after: share that arrived of those concerned; unaffected: share since then of all others (None: nobody).
    odds: how many times likelier than that everybody fell, as a logarithm to base e, after what many looks cost.
    """

    split: str
    values: tuple[str, ...]
    others: bool
    since: date
    exact_day: bool
    last_well: date | None
    before: float
    after: float
    unaffected: float | None
    odds: float
    internal: float | None = None

    def concerns(self, starter: Starter) -> bool:
        """Whether the starter is one of those concerned."""
        if not self.split:
            return True
        return (starter.splits.get(self.split) in self.values) != self.others

    def words(self) -> tuple[str, str]:
        """Two sentences a supplier can act on."""
        when = f"{self.since.day} {self.since:%B %Y}" if self.exact_day else f"{self.since:%B %Y}"
        first = (
            f"Since {when} the ethnicity that starters declared has stopped arriving: it arrived for {100 * self.before:.0f}% of "
            f"those concerned before, and for {100 * self.after:.0f}% since."
        )
        if not self.split:
            second = "It concerns every source, route, staff group, site and team: look for what they share."
        else:
            named = SPLITS[self.split].format(" or ".join(self.values))
            whom = f"everybody but starters {named}" if self.others else f"only starters {named}"
            rest = (
                ""
                if self.unaffected is None
                else f"; of all others it still arrives for {100 * self.unaffected:.0f}%"
            )
            second = f"It concerns {whom}{rest}."
        if self.internal is not None:
            second += f" Internal movers are unaffected: ESR knows {100 * self.internal:.0f}% of them."
        return first, second


def starters(con: duckdb.DuckDBPyConnection, organisation: str, as_at: date) -> list[Starter]:
    """The linked starters of an account, from outside and from inside, in order of their starts."""
    found = con.execute(
        sql(__package__, "break_starters.sql"), {"organisation": organisation, "as_at": as_at}
    )
    names = [column[0] for column in found.description or []]
    made = []
    for row in found.fetchall():
        held: dict[str, Any] = dict(zip(names, row, strict=True))
        splits = {name: held[name] for name in SPLITS if held[name]}
        made.append(Starter(held["start_date"], held["arrived"], splits, held["external"]))
    return made


def find(everybody: Sequence[Starter], found: Break) -> Cause | None:
    """The cause of an open break; or, where all starters together show none, of the group that surely has one alone.

    None where there is neither.
    """
    outside = [s for s in everybody if s.external]
    if len(outside) < reference.break_rules().least_starters:
        return None
    month = found.month if found.open else _broken_group(outside)
    if month is None:
        return None
    cause = _explained(outside, month)
    if not found.open and not cause.split:
        return None
    inside = [s for s in everybody if not s.external and s.day >= cause.since]
    known = sum(s.arrived for s in inside)
    if len(inside) >= 10 and known >= 0.8 * len(inside):
        return _with_internal(cause, known / len(inside))
    return cause


def _with_internal(cause: Cause, share: float) -> Cause:
    from dataclasses import replace

    return replace(cause, internal=share)


def _months(held: Iterable[Starter]) -> list[Month]:
    counts: dict[date, list[int]] = {}
    for s in held:
        at = counts.setdefault(s.day.replace(day=1), [0, 0])
        at[0] += s.arrived
        at[1] += 1
    return [Month(day, n, of) for day, (n, of) in sorted(counts.items())]


def _broken_group(held: Sequence[Starter]) -> date | None:
    """The month of the surest break of a single value, where it is sure beyond what looking at all of them costs."""
    values = sorted({(split, value) for s in held for split, value in s.splits.items()})
    best: tuple[float, date] | None = None
    for split, value in values:
        told = break_point.find(_months(s for s in held if s.splits.get(split) == value))
        enough = reference.break_rules().alarm + 2 * log(max(1, len(values)))
        if (
            told.open
            and told.month
            and told.statistic > enough
            and (best is None or told.statistic > best[0])
        ):
            best = told.statistic, told.month
    return best[1] if best else None


def _explained(held: Sequence[Starter], month: date) -> Cause:
    after = [s for s in held if s.day >= month]
    explanations = _explanations(after)
    plain = _likelihood(held, month, set(range(len(held))))
    best: tuple[float, tuple[str, tuple[str, ...], bool]] | None = None
    for split, values, others in explanations:
        mine = {i for i, s in enumerate(held) if split in s.splits and (s.splits[split] in values) != others}
        gain = _likelihood(held, month, mine) - plain
        if best is None or gain > best[0]:
            best = gain, (split, values, others)
    cost = log(max(1, len(explanations)) / reference.rules()["break_cause"]["wrongly_named"])
    if best is None or best[0] <= cost:
        return _told(held, month, "", (), False, 0.0)
    split, values, others = best[1]
    return _told(held, month, split, values, others, best[0] - cost)


def _explanations(after: Sequence[Starter]) -> list[tuple[str, tuple[str, ...], bool]]:
    """Single values, everybody but one, and the two or three values that lost most, of every split."""
    least = reference.rules()["break_cause"]["least_starters"]
    made: list[tuple[str, tuple[str, ...], bool]] = []
    for split in SPLITS:
        counts: dict[str, list[int]] = {}
        for s in after:
            if split in s.splits:
                at = counts.setdefault(s.splits[split], [0, 0])
                at[0] += s.arrived
                at[1] += 1
        values = sorted(v for v, (_, n) in counts.items() if n >= least)
        if len(counts) < 2:
            continue
        made += [(split, (value,), False) for value in values]
        if len(counts) > 2:
            made += [(split, (value,), True) for value in values]
            worst = sorted(values, key=lambda v: (counts[v][0] / counts[v][1], v))
            made += [
                (split, tuple(sorted(worst[:n])), False)
                for n in (2, 3)
                if n < len(counts) and n <= len(worst)
            ]
    return made


def _likelihood(held: Sequence[Starter], month: date, concerned: set[int]) -> float:
    """Log-likelihood with one share for those concerned since the month and one for everybody else."""
    fell, rest = [0, 0], [0, 0]
    for i, s in enumerate(held):
        into = fell if i in concerned and s.day >= month else rest
        into[0] += s.arrived
        into[1] += 1
    if fell[1] and rest[1] and fell[0] / fell[1] >= rest[0] / rest[1]:
        return float("-inf")
    return sum(_binomial(*part) for part in (fell, rest))


def _binomial(arrived: int, n: int) -> float:
    return sum(k * log(k / n) for k in (arrived, n - arrived) if k)


def _told(
    held: Sequence[Starter], month: date, split: str, values: tuple[str, ...], others: bool, odds: float
) -> Cause:
    draft = Cause(split, values, others, month, False, None, 0.0, 0.0, None, odds)
    mine = [s for s in held if draft.concerns(s)]
    since, exact, last_well = _day(mine, month)
    before, after = [s for s in mine if s.day < since], [s for s in mine if s.day >= since]
    rest = [s for s in held if s.day >= since and not draft.concerns(s)]
    return Cause(
        split, values, others, since, exact, last_well, _share(before), _share(after), _share(rest) if rest else None, odds
    )  # fmt: skip


def _share(held: Sequence[Starter]) -> float:
    return sum(s.arrived for s in held) / len(held) if held else 0.0


def _day(mine: Sequence[Starter], month: date) -> tuple[date, bool, date | None]:
    """The day from which it broke, near the month found: likeliest of all days of starting; exact where the days nearly
    as likely lie within the rule's span. Gives also the last day of starting before it."""
    days = sorted({s.day for s in mine})
    window = [d for d in days if abs((d.year - month.year) * 12 + d.month - month.month) <= 1]
    told = []
    for day in window:
        parts = [[0, 0], [0, 0]]
        for s in mine:
            at = parts[s.day >= day]
            at[0] += s.arrived
            at[1] += 1
        if parts[0][1] and parts[1][1]:
            told.append((sum(_binomial(*part) for part in parts), day))
    if not told:
        return month, False, None
    top, best = max(told, key=lambda one: (one[0], one[1]))
    near = [day for value, day in told if value > top - 2]
    span = (max(near) - min(near)).days
    earlier = [d for d in days if d < best]
    if span > reference.rules()["break_cause"]["exact_within_days"]:
        return month, False, None
    return best, True, earlier[-1] if earlier else None
