"""Months of circulated reports side by side: an attack of its own on their files of figures finds no small change.

The attack shares nothing with the project but the file: it reads figures.csv, knows what rounding to the nearest 5
and "withheld" mean and which counts add up, and asks a linear program for the least and the largest change of each count.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import linprog

from wres_pipeline.disclosure.rules.policy import Policy
from wres_pipeline.quality import declaration, trend
from wres_pipeline.quality.figure import Place, QualityFigure
from wres_pipeline.reports.quality import circulation, month_counts, month_report

DAYS = (date(2020, 12, 31), date(2021, 1, 31), date(2021, 2, 28))
GROUPS, SITES = ("Administrative and Clerical", "Nursing", "Estates"), ("North", "South")
STATES = ("declared", "declined", "not_recorded", "unmapped")
Staff = list[tuple[str, str, str]]
Key = tuple[str, str, str]


def _staff(draw: random.Random) -> list[Staff]:
    """Staff (staff group, site, state) of three months: each month a few leave, join, declare or relapse."""

    def somebody() -> tuple[str, str, str]:
        state = draw.choices(STATES, (88, 5, 5, 1))[0]
        return draw.choice(GROUPS), draw.choice(SITES), state

    now = [somebody() for _ in range(draw.randrange(120, 400))]
    made = [now]
    for _ in DAYS[1:]:
        now = [one for one in now if draw.random() > 0.01] + [somebody() for _ in range(draw.randrange(0, 4))]
        now = [
            (g, s, "declared" if state != "declared" and draw.random() < 0.05 else state)
            for g, s, state in now
        ]
        made.append(now)
    return made


def _counts(staff: Staff) -> dict[tuple[str, str], dict[str, int]]:
    made: dict[tuple[str, str], dict[str, int]] = {}
    for place, mine in (
        [(("", ""), staff)]
        + [(("staff_group", g), [one for one in staff if one[0] == g]) for g in GROUPS]
        + [(("site", s), [one for one in staff if one[1] == s]) for s in SITES]
    ):
        made[place] = {state: sum(1 for one in mine if one[2] == state) for state in STATES}
    return made


def _months(lists: list[Staff], folder: Path) -> tuple[list[Path], list[Path]]:
    """The written files of every month: as passed round (each beside the one before), and with true counts."""
    passed_round, true = [], []
    beside: list[circulation.Month] = []
    points: list[tuple[date, int, int, int]] = []
    for day, staff in zip(DAYS, lists, strict=True):
        place = Place("X01", day)
        counts = _counts(staff)
        whole = counts["", ""]
        points.append((day, whole["declared"], whole["declared"] + whole["declined"], len(staff)))
        figures: list[QualityFigure] = declaration.figures(place, counts, 0.95) + trend.figures(place, points)
        groups = sorted(
            ((g, s, sum(one[:2] == (g, s) for one in staff), sum(one[:2] == (g, s) and one[2] != "declared" for one in staff))
             for g in GROUPS for s in SITES),
            key=lambda row: -row[3],
        )  # fmt: skip
        figures += declaration.movers(place, groups, len(staff), 0.95)
        made = circulation.for_circulation(figures, Policy(), beside=beside)
        assert made.safe, made.words()
        beside = [circulation.Month(made.figures, figures)]
        for name, content, files in (("out", made.figures, passed_round), ("true", figures, true)):
            files.append(folder / f"{name}-{day:%Y-%m}.csv")
            files[-1].write_bytes(month_report.csv_bytes(content))
    return passed_round, true


@dataclass
class Attack:
    """What one file says: least and largest of each count of the declaration, by (breakdown, value, state)."""

    ends: dict[Key, tuple[float, float]]

    @classmethod
    def on(cls, file: Path, *, exact: bool) -> Attack:
        with file.open(encoding="utf-8", newline="") as lines:
            rows = [
                row
                for row in csv.DictReader(lines)
                if (row["section"], row["measure"]) == ("declaration", "headcount")
            ]
        ends = {}
        for row in rows:
            key = row["breakdown"], row["breakdown_value"], row["ethnicity_state"] or "people"
            if row["state"] == "withheld":
                ends[key] = 1.0, 2000.0
            else:
                n = float(row["value"])
                slack = 0.0 if exact or not n else 2.0
                ends[key] = (max(n - slack, 10.0) if slack else n), n + slack
        return cls(ends)

    def sums(self) -> Iterable[tuple[Key, list[Key]]]:
        places = {key[:2] for key in self.ends}
        for place in places:
            yield (*place, "recorded"), [(*place, "declared"), (*place, "declined")]
            yield (*place, "people"), [(*place, "recorded"), (*place, "not_recorded"), (*place, "unmapped")]
        for breakdown in {place[0] for place in places} - {""}:
            for state in (*STATES, "recorded", "people"):
                yield ("", "", state), [(*place, state) for place in places if place[0] == breakdown]


def _changes(before: Attack, after: Attack) -> dict[Key, tuple[float, float]]:
    """The least and the largest change of each count that both print, by linear programming."""
    columns = {
        (m, key): i
        for i, (m, key) in enumerate((m, key) for m, a in enumerate((before, after)) for key in a.ends)
    }
    bounds = [*before.ends.values(), *after.ends.values()]
    rows = []
    for m, attack in enumerate((before, after)):
        for total, parts in attack.sums():
            row = np.zeros(len(columns))
            row[columns[m, total]] = -1
            row[[columns[m, part] for part in parts]] = 1
            rows.append(row)
    found = {}
    for key in before.ends.keys() & after.ends.keys():
        aim = np.zeros(len(columns))
        aim[columns[1, key]], aim[columns[0, key]] = 1, -1
        ends = [
            linprog(way * aim, A_eq=np.array(rows), b_eq=np.zeros(len(rows)), bounds=bounds)
            for way in (1, -1)
        ]
        found[key] = float(np.ceil(ends[0].fun - 1e-6)), float(np.floor(-ends[1].fun + 1e-6))
    return found


def _small_and_pinned(found: dict[Key, tuple[float, float]]) -> list[Key]:
    return [
        k
        for k, (low, high) in found.items()
        if high - low < 2 and max(-low, high) <= 9 and (low, high) != (0, 0)
    ]


@pytest.mark.parametrize("seed", range(2))
def test_no_small_change_can_be_worked_out_from_two_circulated_months(seed: int, tmp_path: Path) -> None:
    passed_round, true = _months(_staff(random.Random(seed)), tmp_path)
    for one, other in ((0, 1), (1, 2), (0, 2)):
        pinned = _small_and_pinned(
            _changes(Attack.on(passed_round[one], exact=False), Attack.on(passed_round[other], exact=False))
        )
        assert pinned == []
        # the same attack on true counts works: it is no weaker than a reader
        assert _small_and_pinned(
            _changes(Attack.on(true[one], exact=True), Attack.on(true[other], exact=True))
        )


def test_everything_derived_follows_from_the_printed_counts(tmp_path: Path) -> None:
    passed_round, _ = _months(_staff(random.Random(0)), tmp_path)
    figures = month_report.read_csv(passed_round[-1])
    counts = {
        (f.breakdown, f.breakdown_value, f.ethnicity_state): f.numerator
        for f in figures
        if f.section == "declaration" and f.measure == "headcount"
    }
    people = counts["", "", ""]
    for figure in figures:
        if figure.numerator is not None and figure.unit in ("people", "percent"):
            assert figure.numerator % 5 == 0, figure.section
        if figure.section == "declaration" and figure.unit == "percent" and figure.state == "value":
            place = figure.breakdown, figure.breakdown_value
            assert figure.value == pytest.approx(
                100 * counts[*place, figure.ethnicity_state] / counts[*place, ""]
            )  # type: ignore[operator]
        if figure.measure == "points_gained" and figure.state == "value":
            [group] = [
                f for f in figures if (f.measure, f.breakdown_value) == ("undeclared", figure.breakdown_value)
            ]
            assert figure.value == pytest.approx(100 * group.numerator / people)  # type: ignore[operator]


def test_a_reader_who_knows_the_people_of_a_cluster_learns_nothing_from_its_staff_group() -> None:
    """14 medical staff, 13 of them declared: 14 and 10 White stand in the return, so 15 (13 to 17) would say 13, and 1 not known."""
    lists = {
        ("", ""): {"declared": 110, "declined": 10, "not_recorded": 0, "unmapped": 0},
        ("cluster", "medical_and_dental"): {"declared": 13, "declined": 1, "not_recorded": 0, "unmapped": 0},
        ("cluster", "clinical"): {"declared": 97, "declined": 9, "not_recorded": 0, "unmapped": 0},
        ("staff_group", "Medical and Dental"): {"declared": 13, "declined": 1, "not_recorded": 0, "unmapped": 0},
        ("staff_group", "Nursing and Midwifery Registered"): {"declared": 97, "declined": 9, "not_recorded": 0, "unmapped": 0},
    }  # fmt: skip
    figures = declaration.figures(Place("X01", date(2021, 3, 31)), lists, 0.95)
    for told in (figures, [one for one in figures if one.breakdown != "cluster"]):
        table = month_counts.count_table(told)
        tied = {whole: parts for whole, parts in table.sums if whole[:2] == ("declaration", "cluster")}
        for state in ("people", "unknown", "declined"):
            whole = ("declaration", "cluster", "medical_and_dental", state)
            assert (whole, (("declaration", "staff_group", "Medical and Dental", state),)) in table.sums
            assert whole in table.same
        assert tied and (("declaration", "cluster", "clinical", "people") in table.implied) is (
            told is not figures
        )


def test_a_staff_group_that_no_list_places_leaves_the_other_clusters_their_people() -> None:
    """Two nurses stand under a group of no list: clinical staff are more than the nurses, medical staff are the doctors still."""

    def group(declared: int) -> dict[str, int]:
        return {"declared": declared, "declined": 1, "not_recorded": 0, "unmapped": 0}

    lists = {
        ("", ""): group(117) | {"declined": 3},
        ("cluster", "medical_and_dental"): group(13),
        ("cluster", "clinical"): group(104) | {"declined": 2},
        ("staff_group", "Medical and Dental"): group(13),
        ("staff_group", "Nursing and Midwifery Registered"): group(103),
        ("staff_group", "Not recorded"): group(1),
    }
    figures = declaration.figures(Place("X01", date(2021, 3, 31)), lists, 0.95)
    table = month_counts.count_table(figures)
    sums = [(whole, parts) for whole, parts in table.sums if parts[0][1] == "staff_group"]
    tied = {whole[2] for whole, _ in sums if whole[1] == "cluster" and whole[3] == "people"}
    assert tied == {"medical_and_dental"}
    without = month_counts.count_table([one for one in figures if one.breakdown != "cluster"])
    assert not any(whole[1] == "cluster" for whole, _ in without.sums)
