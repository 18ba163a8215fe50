"""The lint of a figures file: the house's own open data, or anybody's in the same columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from wres_pipeline.disclosure.register.previous_release import flags_of
from wres_pipeline.indicators import merged_bands
from wres_pipeline.indicators.figure import UNPLACED
from wres_pipeline.lint.finding import Finding
from wres_pipeline.reference import indicators

Row = Mapping[str, str]
_CLOSE = 1e-6
_EVENTS = {
    number: tuple(reversed(indicators.rule(number).base_and_events)) for number in indicators.LIKELIHOODS
}
_NAMES = ("organisation_code", "reporting_year", "indicator", "measure", "cluster", "band", "ethnic_group")


def check_figures(name: str, rows: list[dict[str, str]]) -> Iterator[Finding]:
    """Percentages, ratios, differences and totals of a figures file, worked out again; one figure, one row."""
    seen: dict[tuple[str, ...], Row] = {}
    for row in rows:
        key = tuple(row.get(column, "") for column in _NAMES)
        if key in seen and seen[key]["value"] != row["value"]:
            yield _finding(
                "two_values", name, row, row["value"], seen[key]["value"], "The figure stands in two rows."
            )
        seen.setdefault(key, row)
    for row in rows:
        yield from _shown(name, row)
        if row["unit"] == "percent" and row["numerator"] and row["denominator"] and row["value"]:
            bottom = float(row["denominator"])
            if bottom:
                exact = 100 * float(row["numerator"]) / bottom
                if abs(exact - float(row["value"])) > _CLOSE * max(1.0, exact):
                    words = f"{row['numerator']} of {row['denominator']}."
                    yield _finding(
                        "percentage_does_not_follow", name, row, row["value"], f"{exact:.4f}", words
                    )
    counts = _counts(rows)
    yield from _ratios(name, rows, counts)
    yield from _totals(name, rows, counts)
    yield from _order(name, rows, counts)


def _finding(rule: str, name: str, row: Row, found: str, expected: str, words: str) -> Finding:
    what = ", ".join(row[column] for column in _NAMES[1:] if row.get(column))
    return Finding(rule, f"{name}, {what}", found, expected, words)


def _shown(name: str, row: Row) -> Iterator[Finding]:
    shown = row.get("shown", "")
    if row["unit"] == "ratio" and shown.endswith("%"):
        yield _finding("ratio_as_percentage", name, row, shown, "a plain number", "A ratio is no percentage.")


def _counts(rows: Iterable[Row]) -> dict[tuple[str, ...], float]:
    return {
        (
            row["organisation_code"],
            row["reporting_year"],
            row["indicator"],
            row["measure"],
            row["cluster"],
            row["band"],
            row["ethnic_group"],
        ): float(row["value"])
        for row in rows
        if row["unit"] == "people" and row["value"]
    }


def _ratios(name: str, rows: Iterable[Row], counts: Mapping[tuple[str, ...], float]) -> Iterator[Finding]:
    for row in rows:
        direction = row["measure"].removeprefix("relative_likelihood_")
        if direction == row["measure"] or not row["value"] or row["indicator"] not in _EVENTS:
            continue
        top, bottom = _EVENTS[row["indicator"]]
        place = (row["organisation_code"], row["reporting_year"], row["indicator"])
        likely = {}
        for group in ("White", "BME"):
            done, out_of = (counts.get((*place, measure, "", "", group)) for measure in (top, bottom))
            if done is not None and out_of:
                likely[group] = done / out_of
        if len(likely) < 2 or not all(likely.values()):
            continue
        white_over_bme = likely["White"] / likely["BME"]
        right = white_over_bme if direction == "white_over_bme" else 1 / white_over_bme
        value = float(row["value"])
        if abs(value - right) <= _CLOSE * right:
            continue
        backwards = abs(value - 1 / right) <= _CLOSE / right
        rule = "wrong_direction" if backwards else "ratio_does_not_follow"
        yield _finding(
            rule, name, row, row["value"], f"{right:.6f}", f"{direction.replace('_', ' ')} gives {right:.2f}."
        )


def _totals(name: str, rows: Iterable[Row], counts: Mapping[tuple[str, ...], float]) -> Iterator[Finding]:
    for row in rows:
        if row["unit"] != "people" or row["ethnic_group"] or not row["value"]:
            continue
        key = tuple(row[column] for column in _NAMES[:-1])
        parts = [counts.get((*key, group)) for group in ("White", "BME", "Unknown")]
        if None not in parts and sum(part or 0 for part in parts) != float(row["value"]):
            added = f"{sum(part or 0 for part in parts):.0f}"
            yield _finding(
                "total_does_not_add", name, row, row["value"], added, "The groups add to another number."
            )
    by_cluster: dict[tuple[str, ...], dict[str, Row]] = defaultdict(dict)
    for row in rows:
        if (
            row["indicator"] == indicators.WORKFORCE
            and row["measure"] == "headcount"
            and not row["band"].startswith("of which")
        ):
            place = (row["organisation_code"], row["reporting_year"], row["cluster"], row["ethnic_group"])
            by_cluster[place][row["band"]] = row
    for bands in by_cluster.values():
        total = bands.get("")
        parts_of = [row for band, row in bands.items() if band and band not in merged_bands.rows()]
        if total is None or not total["value"] or not parts_of or UNPLACED in flags_of(total):
            continue
        if all(row["value"] for row in parts_of):
            added_up = sum(float(row["value"]) for row in parts_of)
            if added_up != float(total["value"]):
                words = "The bands of the cluster add to another number."
                yield _finding("total_does_not_add", name, total, total["value"], f"{added_up:.0f}", words)
    for (code, year, cluster, group), bands in by_cluster.items():
        for band, row in bands.items():
            cells = [
                by_cluster.get((code, year, other, group), {}).get(one, {"value": ""})
                for other, one in merged_bands.parts(cluster, band)
            ]
            if not cells or not row["value"] or not all(cell["value"] for cell in cells):
                continue
            added_up = sum(float(cell["value"]) for cell in cells)
            if added_up != float(row["value"]):
                words = "The bands that it names add to another number."
                yield _finding("total_does_not_add", name, row, row["value"], f"{added_up:.0f}", words)


def _order(name: str, rows: Iterable[Row], counts: Mapping[tuple[str, ...], float]) -> Iterator[Finding]:
    for row in rows:
        if row["measure"] != "appointed" or not row["value"]:
            continue
        key = tuple(row[column] for column in _NAMES)
        larger = counts.get((*key[:3], "shortlisted", *key[4:]))
        if larger is not None and float(row["value"]) > larger:
            yield _finding(
                "more_than_possible",
                name,
                row,
                row["value"],
                f"at most {larger:.0f}",
                "More appointed than shortlisted.",
            )
