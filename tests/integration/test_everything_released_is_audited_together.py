"""The months attack and the republishing attack: what left the building before is what a reader knows.

Small versions of `evidence/disclosure_attack.py`: the files are written, parsed and worked back by linear programs that
share no code with the disclosure room.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from evidence import disclosure_attack
from evidence.generated_returns import counts_of
from evidence.public_files import Knowledge, attack, read_csv
from evidence.released_reports import (
    MARCH,
    add_what_is_the_same,
    month_figures,
    moved,
    people_of,
    read_month,
    same_rows,
    small_moves,
)
from wres_pipeline.disclosure import Policy, protect
from wres_pipeline.disclosure.protect import Protected
from wres_pipeline.disclosure.register.releases import Release
from wres_pipeline.indicators import computation
from wres_pipeline.indicators.counts import OrganisationCounts
from wres_pipeline.reference import years
from wres_pipeline.reports.quality import circulation, month_report
from wres_pipeline.reports.release import figures_csv

POLICY = Policy()


def _return(counts: OrganisationCounts, before: OrganisationCounts, releases: Sequence[Release]) -> Protected:
    figures = [
        figure
        for one in (counts, before)
        for figure in computation.compute(one, years.load(one.reporting_year))
    ]
    made = protect(figures, POLICY, releases=releases)
    assert not made.audit.failed, made.audit.words()
    return made


def _released(made: Protected) -> Release:
    assert made.release is not None
    return made.release


def _read(made: Protected, folder: Path, known: Knowledge, of: str = "") -> None:
    folder.mkdir()
    (folder / "figures.csv").write_bytes(figures_csv.csv_bytes(made.figures))
    read_csv(folder / "figures.csv", known, of=of)


@pytest.mark.parametrize("month_first", [True, False])
@pytest.mark.parametrize("number", [2, 4])
def test_the_report_of_march_and_the_return_of_that_march_give_nothing_away_together(
    tmp_path: Path, number: int, month_first: bool
) -> None:
    counts = counts_of("X01", number)
    people = people_of(counts[2021], random.Random(number))
    figures = month_figures("X01", MARCH, {MARCH: people})
    releases: list[Release] = []
    if month_first:
        month = circulation.for_circulation(figures, POLICY)
        assert month.safe and month.release is not None
        releases.append(month.release)
        made = _return(counts[2021], counts[2020], releases)
    else:
        made = _return(counts[2021], counts[2020], releases)
        month = circulation.for_circulation(figures, POLICY, releases=[_released(made)])
        assert month.safe, month.words()
    known = Knowledge()
    _read(made, tmp_path / "2021", known)
    (tmp_path / "month.csv").write_bytes(month_report.csv_bytes(month.figures))
    assert read_month(tmp_path / "month.csv", known) > 10
    ties = add_what_is_the_same(known, {MARCH.isoformat(): "2021"})
    assert len(known.withheld) > 60
    assert attack(known, POLICY.width, ties) == {}
    assert known.impossible == []


@pytest.mark.parametrize("number", [1, 2])
def test_a_corrected_return_tells_nobody_who_was_corrected(tmp_path: Path, number: int) -> None:
    counts = counts_of("X01", number)
    first = _return(counts[2021], counts[2020], ())
    right = moved(counts[2021], random.Random(number), 4)
    second = _return(right, counts[2020], [_released(first)])
    known = Knowledge()
    _read(first, tmp_path / "first", known)
    _read(second, tmp_path / "second", known, of="corrected ")
    assert small_moves(known, "2021", "corrected 2021", POLICY.threshold_high) == []
    ties = [*same_rows(known, "2021", "corrected 2021"), *same_rows(known, "2020", "corrected 2020")]
    assert attack(known, POLICY.width, ties) == {}
    assert known.impossible == []
    # and the corrected return still says something: whoever moved is within the range that is told
    shares = {f.reporting_year: f for f in second.figures if f.key[2:] == ("1", "percentage", "", "", "BME")}
    assert shares[2021].range_low is not None or shares[2021].state == "value"


def test_a_corrected_return_that_does_not_know_of_the_first_tells_who_was_corrected(tmp_path: Path) -> None:
    counts = counts_of("X01", 1)
    known = Knowledge()
    _read(_return(counts[2021], counts[2020], ()), tmp_path / "first", known)
    right = moved(counts[2021], random.Random(1), 4)
    _read(_return(right, counts[2020], ()), tmp_path / "second", known, of="corrected ")
    assert small_moves(known, "2021", "corrected 2021", POLICY.threshold_high)


def test_the_same_return_again_is_the_same_release() -> None:
    counts = counts_of("X01", 2)
    first = _return(counts[2021], counts[2020], ())
    again = _return(counts[2021], counts[2020], [_released(first)])
    assert again.figures == first.figures
    assert _released(again).says_the_same(_released(first))


def test_two_months_beside_one_another_are_one_knowledge(tmp_path: Path) -> None:
    draw = random.Random(7)
    counts = counts_of("X01", 4)[2021]
    days = (date(2021, 2, 28), MARCH)
    lists = {days[0]: people_of(moved(counts, draw, 3), draw), days[1]: people_of(counts, draw)}
    first = circulation.for_circulation(month_figures("X01", days[0], lists), POLICY)
    assert first.safe and first.release is not None
    true = month_figures("X01", days[0], lists)
    beside = [circulation.Month(first.figures, true)]
    second = circulation.for_circulation(
        month_figures("X01", days[1], lists), POLICY, releases=[first.release], beside=beside
    )
    assert second.safe, second.words()
    known = Knowledge()
    for name, month in (("first", first), ("second", second)):
        (tmp_path / name).write_bytes(month_report.csv_bytes(month.figures))
        read_month(tmp_path / name, known)
    assert attack(known, POLICY.width, add_what_is_the_same(known, {})) == {}
    assert known.impossible == []


@pytest.fixture(scope="module")
def rounded_body(tmp_path_factory: pytest.TempPathFactory) -> disclosure_attack.Body:
    """A body of 300 staff under the rounding rule, all it released read back: the return of 2021 before its report of March."""
    return _rounded(2, tmp_path_factory.mktemp("rounded"))


def _rounded(number: int, folder: Path) -> disclosure_attack.Body:
    rule = disclosure_attack.RULES["1-7 and nearest 5"]
    body = disclosure_attack.Body(f"X{number:03d}", number, rule, disclosure_attack.Tally(), folder)
    body.known.rounded, body.known.least = True, rule.threshold_high + 1
    disclosure_attack.everything(body, files=False)
    return body


def _rows_of_march(body: disclosure_attack.Body) -> list[dict[str, str]]:
    with (body.folder / f"{MARCH}.csv").open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["section"] == "declaration"]


def test_under_the_rounding_rule_all_that_is_released_is_true_and_gives_nothing_away(
    rounded_body: disclosure_attack.Body,
) -> None:
    tally = rounded_body.tally
    assert (tally.placed, tally.contradictory, tally.refused) == (0, 0, 0), tally.told


def test_a_table_is_left_out_of_a_report_before_it_is_emptied(tmp_path: Path) -> None:
    rows = _rows_of_march(_rounded(12, tmp_path))
    assert {row["breakdown"] for row in rows} == {"", "cluster", "staff_group"}
    assert not any("whole breakdown" in row["note"] for row in rows)


def test_an_exact_headcount_beside_a_rounded_return_would_give_a_count_away(
    rounded_body: disclosure_attack.Body,
) -> None:
    """Which is why the report rounds it as the return does; and the attack can find something."""
    known, workforce = rounded_body.known, counts_of("X002", 2)[2021].workforce
    assert workforce is not None
    headcount = sum(workforce.total)
    values = {
        row["value"]
        for row in _rows_of_march(rounded_body)
        if not row["breakdown"] and row["measure"] == "headcount" and not row["ethnicity_state"]
    }
    assert values == {str(5 * round(headcount / 5))}
    known.know(("X002 2021", "staff", "", "", ""), headcount, headcount)
    ties = add_what_is_the_same(known, {f"X002 {MARCH}": "X002 2021"})
    assert attack(known, rounded_body.policy.width, ties)
