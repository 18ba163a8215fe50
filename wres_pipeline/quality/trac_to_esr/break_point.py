"""When did ethnicity stop arriving? One fall in a monthly share, and its repair, told from chance.

For every place a fall could be, the log-likelihood of two binomial shares (before, after) is set against
that of one; twice the gain, divided by the over-dispersion the best split leaves, must exceed the rule's
threshold, and the share must fall by the rule's least change. A repair is a second place, after the first,
where the share rises again by as much. Rules and their error rates: `quality_rules.yaml`,
docs/evidence/break_dates.md [ours]. Plain arithmetic on counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, log, sqrt

from wres_pipeline.reference.gap import BreakRules, break_rules

#: what the series says, and whether it is an error (a break), or nothing of the kind
VERDICTS = {
    "break": "Ethnicity stopped arriving",
    "repaired": "Ethnicity stopped arriving and has arrived again since",
    "drift": "Ethnicity arrives less and less",
    "no_break": "No break",
    "too_few": "Not enough starters to date a break",
}


@dataclass(frozen=True, slots=True)
class Break:
    """What a series of months says.

    verdict: a key of VERDICTS. month: the first month of the lower share; months: the set of months that
    holds it with the rule's coverage. before, after: the shares on both sides (0–1). repaired,
    repaired_months: the first month of the later rise. statistic: twice the gain in log-likelihood over the
    dispersion. least_drift: without a break, the steady fall in all that would have been told in four cases of five (0–1).
    """

    verdict: str
    month: date | None = None
    months: tuple[date, ...] = ()
    before: float | None = None
    after: float | None = None
    repaired: date | None = None
    repaired_months: tuple[date, ...] = ()
    statistic: float = 0.0
    dispersion: float = 1.0
    sure: bool = False
    pace: float | None = None
    least_drift: float | None = None

    @property
    def open(self) -> bool:
        """Whether the gap is open now."""
        return self.verdict == "break"


@dataclass(frozen=True, slots=True)
class Month:
    """A month of starters whose ethnicity could have arrived: how many it arrived for, of how many."""

    month: date
    arrived: int
    starters: int


def find(series: Sequence[Month], rules: BreakRules | None = None) -> Break:
    """The break, or what stands against dating one.

    `series` in order of months; months without starters say nothing and are passed over.
    """
    held = rules or break_rules()
    months = [m for m in series if m.starters > 0]
    if len(months) < 2 * held.least_months or sum(m.starters for m in months) < held.least_starters:
        return Break("too_few")
    sums = _running(months)
    fall = _best_fall(sums, held)
    dip = _best_dip(sums, held)
    if dip is not None and fall is not None and _gain(sums, dip) <= _gain(sums, fall) + held.threshold / 2:
        dip = None
    sudden = dip or fall
    drift = _drift(months, held)
    if drift is not None and not _has_a_date(sums, sudden or _likeliest(sums, held), drift, held):
        return drift
    if sudden is None:
        return Break("no_break", least_drift=_least_drift(months, held))
    return _told(months, sums, sudden, held)


Sums = list[tuple[int, int]]
Cuts = tuple[int, ...]


def _running(months: Sequence[Month]) -> Sums:
    sums, arrived, starters = [(0, 0)], 0, 0
    for m in months:
        arrived, starters = arrived + m.arrived, starters + m.starters
        sums.append((arrived, starters))
    return sums


def _share(sums: Sums, start: int, end: int) -> float:
    return (sums[end][0] - sums[start][0]) / (sums[end][1] - sums[start][1])


def _log_likelihood(sums: Sums, start: int, end: int) -> float:
    """The largest log-likelihood of one share for the months start … end − 1, without the constant."""
    arrived, starters = sums[end][0] - sums[start][0], sums[end][1] - sums[start][1]
    lost = starters - arrived
    return sum(n * log(n / starters) for n in (arrived, lost) if n)


def _gain(sums: Sums, cuts: Cuts) -> float:
    """Twice the gain in log-likelihood of splitting at `cuts` over one share throughout, over the
    dispersion.
    """
    last = len(sums) - 1
    edges = (0, *cuts, last)
    parts = sum(_log_likelihood(sums, a, b) for a, b in zip(edges, edges[1:], strict=False))
    return 2 * (parts - _log_likelihood(sums, 0, last)) / _dispersion(sums, cuts)


def _dispersion(sums: Sums, cuts: Cuts) -> float:
    """Pearson's chi-square over its degrees of freedom around the shares of the segments; at least 1.

    Half a starter is added to either side, so that a segment in which all arrived has some variance left.
    """
    last = len(sums) - 1
    edges = (0, *cuts, last)
    square = 0.0
    for a, b in zip(edges, edges[1:], strict=False):
        arrived, starters = sums[b][0] - sums[a][0], sums[b][1] - sums[a][1]
        share = (arrived + 0.5) / (starters + 1)
        for i in range(a, b):
            n = sums[i + 1][1] - sums[i][1]
            square += (sums[i + 1][0] - sums[i][0] - n * share) ** 2 / (n * share * (1 - share))
    freedom = last - len(edges) + 1
    return max(1.0, square / freedom) if freedom > 0 else 1.0


def _threshold(sums: Sums, cuts: Cuts, rules: BreakRules) -> float:
    """The rule's threshold; higher in a short series whose dispersion had to be estimated.

    A chi-square over an estimated dispersion follows F, whose tail is heavier the fewer the degrees of
    freedom.
    """
    if _dispersion(sums, cuts) == 1.0:
        return rules.threshold
    return rules.threshold * (1 + rules.estimated_dispersion / max(1, len(sums) - 2 - len(cuts)))


def _best_fall(sums: Sums, rules: BreakRules) -> Cuts | None:
    last = len(sums) - 1
    best: tuple[float, Cuts] | None = None
    for cut in range(rules.least_months, last - rules.least_months + 1):
        if _share(sums, 0, cut) - _share(sums, cut, last) < rules.least_change:
            continue
        gain = _gain(sums, (cut,))
        if gain > _threshold(sums, (cut,), rules) and (best is None or gain > best[0]):
            best = gain, (cut,)
    return best[1] if best else None


def _best_dip(sums: Sums, rules: BreakRules) -> Cuts | None:
    """The best fall with a later rise; dearer than a single fall, as there are many more places for it."""
    last = len(sums) - 1
    best: tuple[float, Cuts] | None = None
    least = rules.least_months
    for down in range(least, last - 2 * least + 1):
        before = _share(sums, 0, down)
        for up in range(down + least, last - least + 1):
            low = _share(sums, down, up)
            if before - low < rules.least_change or _share(sums, up, last) - low < rules.least_change:
                continue
            gain = _gain(sums, (down, up))
            if gain > rules.dip_factor * _threshold(sums, (down, up), rules) and (
                best is None or gain > best[0]
            ):
                best = gain, (down, up)
    return best[1] if best else None


def _told(months: Sequence[Month], sums: Sums, cuts: Cuts, rules: BreakRules) -> Break:
    last = len(sums) - 1
    down = cuts[0]
    end = cuts[1] if len(cuts) > 1 else last
    repaired = len(cuts) > 1
    return Break(
        "repaired" if repaired else "break",
        months[down].month,
        _set(months, sums, cuts, 0, rules),
        _share(sums, 0, down),
        _share(sums, down, end),
        months[cuts[1]].month if repaired else None,
        _set(months, sums, cuts, 1, rules) if repaired else (),
        _gain(sums, cuts),
        _dispersion(sums, cuts),
        _gain(sums, cuts) > rules.alarm,
    )


def _likeliest(sums: Sums, rules: BreakRules) -> Cuts:
    """The likeliest place of one change, however small."""
    least = rules.least_months
    return max(((cut,) for cut in range(least, len(sums) - least)), key=lambda cuts: _gain(sums, cuts))


def _has_a_date(sums: Sums, cuts: Cuts, drift: Break, rules: BreakRules) -> bool:
    """Whether the change at `cuts` is sudden rather than part of the drift: by its size, or as the counts are likelier so.

    Its places were chosen as the likeliest of many, the drift's slope was not: so much more it must explain.
    """
    start, end = cuts[0], cuts[1] if len(cuts) > 1 else len(sums) - 1
    if _share(sums, 0, start) - _share(sums, start, end) >= rules.drift_most:
        return True
    dearer = rules.dip_factor if len(cuts) > 1 else 1.0
    return _gain(sums, cuts) - drift.statistic >= rules.drift_margin * dearer


def _drift(months: Sequence[Month], rules: BreakRules) -> Break | None:
    """A steady fall of the share, straight on the log-odds scale; None where it is too small or chance explains it."""
    first = months[0].month
    when = [(m.month.year - first.year) * 12 + m.month.month - first.month for m in months]
    if len(months) < rules.least_drift_months:
        return None
    level, slope = _line(months, when)
    shares = [1 / (1 + exp(-(level + slope * t))) for t in when]
    whole = shares[0] - shares[-1]
    if whole < rules.least_change:
        return None
    arrived, starters = sum(m.arrived for m in months), sum(m.starters for m in months)
    flat = sum(n * log(n / starters) for n in (arrived, starters - arrived) if n)
    fitted = sum(
        m.arrived * log(p) + (m.starters - m.arrived) * log(1 - p)
        for m, p in zip(months, shares, strict=True)
    )
    square = sum(
        (m.arrived - m.starters * p) ** 2 / (m.starters * p * (1 - p))
        for m, p in zip(months, shares, strict=True)
    )
    dispersion = max(1.0, square / (len(months) - 2))
    gain = 2 * (fitted - flat) / dispersion
    if gain <= rules.drift_threshold:
        return None
    pace = whole * 12 / when[-1]
    return Break("drift", None, (), shares[0], shares[-1], statistic=gain, dispersion=dispersion, pace=pace)


def _least_drift(months: Sequence[Month], rules: BreakRules) -> float | None:
    """The fall from end to end whose statistic passes the rule in four series of five: as many standard errors of the slope
    as the threshold asks for and 0.84 more. None where no drift is looked for."""
    if len(months) < rules.least_drift_months:
        return None
    arrived, starters = sum(m.arrived for m in months), sum(m.starters for m in months)
    share = (arrived + 0.5) / (starters + 1)
    when = [
        (m.month.year - months[0].month.year) * 12 + m.month.month - months[0].month.month for m in months
    ]
    middle = sum(m.starters * t for m, t in zip(months, when, strict=True)) / starters
    spread = sum(m.starters * (t - middle) ** 2 for m, t in zip(months, when, strict=True))
    return (sqrt(rules.drift_threshold) + 0.84) * when[-1] * sqrt(share * (1 - share) / spread)


def _line(months: Sequence[Month], when: Sequence[int]) -> tuple[float, float]:
    """Level and slope of the log-odds by maximum likelihood (Newton); half a starter on either side keeps them finite."""
    level = slope = 0.0
    for _ in range(50):
        g0 = g1 = h00 = h01 = h11 = 0.0
        for m, t in zip(months, when, strict=True):
            n, k = m.starters + 0.02, m.arrived + 0.01
            p = 1 / (1 + exp(-max(-30.0, min(30.0, level + slope * t))))
            g0, g1, v = g0 + k - n * p, g1 + t * (k - n * p), n * p * (1 - p)
            h00, h01, h11 = h00 + v, h01 + v * t, h11 + v * t * t
        det = h00 * h11 - h01 * h01
        if det <= 1e-12:
            break
        d0, d1 = (h11 * g0 - h01 * g1) / det, (h00 * g1 - h01 * g0) / det
        level, slope = level + max(-2.0, min(2.0, d0)), slope + max(-0.5, min(0.5, d1))
        if abs(d0) + abs(d1) < 1e-9:
            break
    return level, slope


def _set(months: Sequence[Month], sums: Sums, cuts: Cuts, which: int, rules: BreakRules) -> tuple[date, ...]:
    """The fewest months that hold the change with the rule's coverage, each place weighed by its
    likelihood.
    """
    last = len(sums) - 1
    edges = [0, *cuts, last]
    low, high = edges[which] + 1, edges[which + 2] - 1
    scale = _dispersion(sums, cuts)
    weights = {}
    for place in range(low, high + 1):
        parts = _log_likelihood(sums, edges[which], place) + _log_likelihood(sums, place, edges[which + 2])
        weights[place] = parts / scale
    top = max(weights.values())
    shares = {place: exp(value - top) for place, value in weights.items()}
    total = sum(shares.values())
    kept: list[int] = []
    held = 0.0
    for place in sorted(shares, key=lambda p: (-shares[p], p)):
        kept.append(place)
        held += shares[place] / total
        if held >= rules.coverage:
            break
    return tuple(months[place].month for place in sorted(kept))
