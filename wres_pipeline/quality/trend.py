"""The declared percentage over all staff lists: what is more than noise, and when the target will be met.

XmR chart: limits of mean ± 2.66 × the mean moving range; a point outside them, or seven in a row on one
side of the mean, or seven rising or falling, is a change [seen: NHS "Making data count"; the run of seven
as there]. The forecast is a straight line through the latest year, with the 95% band of the line [ours].
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil, sqrt

from wres_pipeline.quality.figure import Place, QualityFigure
from wres_pipeline.reference import gap as reference

LATEST = 12
DAYS_A_MONTH = 365.25 / 12
WITHIN, TOO_FEW = "no change beyond noise", "too few staff lists for limits"


@dataclass(frozen=True, slots=True)
class Chart:
    """An XmR chart: mean and limits (None with too few points), and a verdict for each point."""

    mean: float | None
    low: float | None
    high: float | None
    verdicts: tuple[str, ...]


def chart(values: Sequence[float], *, floor: float = 0.0, ceiling: float = 100.0) -> Chart:
    """Limits and verdicts for a series; the limits are kept within what the values can be."""
    rules = reference.rules()["trend"]
    if len(values) < rules["least_points"]:
        return Chart(None, None, None, tuple(TOO_FEW for _ in values))
    mean = sum(values) / len(values)
    moves = [abs(b - a) for a, b in zip(values, values[1:], strict=False)]
    reach = rules["limit"] * sum(moves) / len(moves)
    low, high = max(floor, mean - reach), min(ceiling, mean + reach)
    return Chart(
        mean, low, high, tuple(_verdict(values, i, mean, low, high, rules["run"]) for i in range(len(values)))
    )


def _verdict(values: Sequence[float], i: int, mean: float, low: float, high: float, run: int) -> str:
    if values[i] < low:
        return "below the limits"
    if values[i] > high:
        return "above the limits"
    for start in range(max(0, i - run + 1), i + 1):
        part = values[start : start + run]
        if len(part) < run:
            continue
        if all(v > mean for v in part) or all(v < mean for v in part):
            return f"one of {run} or more in a row on one side of the mean"
        steps = [b - a for a, b in zip(part, part[1:], strict=False)]
        if all(step > 0 for step in steps):
            return f"one of {run} or more rising in a row"
        if all(step < 0 for step in steps):
            return f"one of {run} or more falling in a row"
    return WITHIN


def figures(place: Place, series: Sequence[tuple[date, int, int, int]]) -> list[QualityFigure]:
    """The declared and the recorded percentage of every staff list, with the limits as the interval.

    `series`: (snapshot, declared, recorded, people) in order of dates.
    """
    made = []
    held = [row for row in series if row[3]]
    for state, counts in (("declared", [row[1] for row in held]), ("recorded", [row[2] for row in held])):
        told = chart([100 * n / row[3] for n, row in zip(counts, held, strict=True)])
        for n, row, verdict in zip(counts, held, told.verdicts, strict=True):
            figure = place.percentage(
                "trend",
                "percentage",
                n,
                row[3],
                breakdown="snapshot",
                breakdown_value=row[0].isoformat(),
                ethnicity_state=state,
                verdict=verdict,
            )
            made.append(with_limits(figure, told))
    return made


def with_limits(figure: QualityFigure, told: Chart) -> QualityFigure:
    """The figure with the chart's limits as its interval, and its mean in the note."""
    note = "" if told.mean is None else f"mean {told.mean:.1f}%; the interval is the chart's limits"
    return replace(figure, interval_low=told.low, interval_high=told.high, note=note)


@dataclass(frozen=True, slots=True)
class Forecast:
    """When the target is reached: months from the last point, soonest and latest at 95% (None: not in
    sight).
    """

    verdict: str
    months: int | None = None
    soonest: int | None = None
    latest: int | None = None


def forecast(points: Sequence[tuple[date, float]], target: float) -> Forecast:
    """When a line through the latest points reaches `target` (a percentage), if it does.

    The interval is where the 95% band of the line reaches it. `will not at this pace`: the line does not
    reach it within the furthest month of the rules; `too few staff lists`: fewer points than the rules ask
    for.
    """
    rules = reference.rules()["forecast"]
    if points and points[-1][1] >= target:
        return Forecast("met", 0)
    recent = list(points)[-LATEST:]
    if len(recent) < rules["least_points"]:
        return Forecast("too few staff lists")
    furthest = int(rules["furthest_months"])
    line = _line(recent)
    months = _first(lambda t: line.at(t) >= target, furthest)
    soonest = _first(lambda t: line.at(t) + line.band(t) >= target, furthest)
    latest = _first(lambda t: line.at(t) - line.band(t) >= target, furthest)
    if months is None:
        return Forecast("will not at this pace", None, soonest, None)
    return Forecast("expected", months, soonest, latest)


class _Line:
    def __init__(self, xs: list[float], ys: list[float]) -> None:
        from scipy.special import stdtrit

        n = len(xs)
        self.n, self.x = n, sum(xs) / n
        self.y = sum(ys) / n
        self.square = sum((x - self.x) ** 2 for x in xs)
        self.slope = sum((x - self.x) * (y - self.y) for x, y in zip(xs, ys, strict=True)) / self.square
        left = sum((y - self.at(x)) ** 2 for x, y in zip(xs, ys, strict=True))
        self.error = sqrt(left / (n - 2))
        self.t = float(stdtrit(n - 2, 0.975))

    def at(self, x: float) -> float:
        return self.y + self.slope * (x - self.x)

    def band(self, x: float) -> float:
        return self.t * self.error * sqrt(1 / self.n + (x - self.x) ** 2 / self.square)


def _line(points: Sequence[tuple[date, float]]) -> _Line:
    last = points[-1][0]
    return _Line([(day - last).days / DAYS_A_MONTH for day, _ in points], [value for _, value in points])


def _first(reached: Callable[[float], bool], furthest: int) -> int | None:
    return next((t for t in range(1, furthest + 1) if reached(float(t))), None)


def forecast_figure(place: Place, points: Sequence[tuple[date, float]], target: float) -> QualityFigure:
    """The forecast as a figure: months until the target (a share 0–1) is met, and the month in words."""
    found = forecast(points, 100 * target)
    after = points[-1][0] if points else place.month
    words = found.verdict
    if found.verdict == "expected" and found.months is not None:
        words = f"{_month(after, found.months)}"
        soon = _month(after, found.soonest or found.months)
        late = "not in sight" if found.latest is None else _month(after, found.latest)
        words += (
            f" (between {soon} and {late})"
            if found.latest is not None
            else f" ({soon} at the soonest; {late} at the latest)"
        )
    elif found.verdict == "will not at this pace" and found.soonest is not None:
        words += f" ({_month(after, found.soonest)} at the very soonest)"
    return QualityFigure(
        place.organisation_code,
        place.month,
        "forecast",
        "months_to_target",
        value=found.months,
        unit="months",
        state="value" if found.months else "zero" if found.months == 0 else "not_calculable",
        interval_low=None if found.soonest is None else float(found.soonest),
        interval_high=None if found.latest is None else float(found.latest),
        verdict=found.verdict,
        shown=words,
        note=f"target: {100 * target:g}% declared{_how(found.verdict, len(points))}",
    )


def _how(verdict: str, points: int) -> str:
    if verdict in ("met", "too few staff lists"):
        return ""
    return f"; a straight line through the latest {min(LATEST, points)} staff lists"


def _month(after: date, months: int) -> str:
    index = after.year * 12 + after.month - 1 + ceil(months)
    return f"{date(index // 12, index % 12 + 1, 1):%B %Y}"
