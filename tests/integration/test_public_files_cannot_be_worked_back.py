"""The attack, small: both years' public files of generated organisations, parsed from the files, worked back by
linear programs that share no code with the disclosure room. The long version is `evidence/disclosure_attack.py`."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from evidence.generated_returns import figures_of
from evidence.public_files import Knowledge, attack, read_csv, read_pages, read_workbook
from tests.unit.reports.invented_return import invented_context
from wres_pipeline.disclosure import Policy, protect
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reports.annual import return_workbook
from wres_pipeline.reports.release import figures_csv
from wres_pipeline.reports.site import site_pages


def _editions(number: int, policy: Policy, folder: Path) -> dict[int, list[Figure]]:
    """Both editions' figures.csv of one generated organisation."""
    figures = figures_of("XTR", number)
    earlier: list[Figure] = []
    editions = {}
    for year in (2020, 2021):
        protected = protect([*figures[year], *figures[year - 1]], policy, earlier_public=earlier)
        assert not protected.audit.failed
        (folder / str(year)).mkdir()
        (folder / str(year) / "figures.csv").write_bytes(figures_csv.csv_bytes(protected.figures))
        earlier = editions[year] = protected.figures
    return editions


@pytest.mark.parametrize(
    ("number", "method"), [(0, "suppress"), (1, "suppress"), (4, "suppress"), (0, "round")]
)
def test_no_withheld_count_can_be_worked_out_of_two_years_open_data(
    tmp_path: Path, number: int, method: str
) -> None:
    policy = Policy.of({"method": method})
    _editions(number, policy, tmp_path)
    known = Knowledge()
    for year in (2020, 2021):
        read_csv(tmp_path / str(year) / "figures.csv", known, policy.nearest if method == "round" else 0)
    assert len(known.withheld) > 50
    assert attack(known, policy.width) == {}
    assert known.impossible == []


def test_pages_and_workbook_add_nothing_to_the_open_data(tmp_path: Path) -> None:
    policy = Policy()
    editions = _editions(2, policy, tmp_path)
    known = Knowledge()
    for year in (2020, 2021):
        read_csv(tmp_path / str(year) / "figures.csv", known)
    folder = tmp_path / "2021"
    context = invented_context("public", organisation_code="XTR")
    site_pages.write(editions[2021], context, folder)
    return_workbook.write_workbook(editions[2021], context, folder / "annual-return.xlsx")
    assert read_pages(folder, known) > 200
    assert read_workbook(folder / "annual-return.xlsx", known) > 300
    assert attack(known, policy.width) == {}
    assert known.impossible == []


def test_the_attack_works_a_count_out_where_protection_stops_at_the_small_ones(tmp_path: Path) -> None:
    _editions(2, Policy(), tmp_path)
    truth = {f.key: f for f in figures_of("XTR", 2)[2021]}
    path = tmp_path / "2021" / "figures.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        key = (row["organisation_code"], int(row["reporting_year"]), row["indicator"], row["measure"])
        true = truth.get((*key, row["cluster"], row["band"], row["ethnic_group"]))
        if (
            row["state"] == "withheld"
            and true is not None
            and true.unit == "people"
            and (true.value or 0) > 9
        ):
            row["state"], row["value"] = "value", str(true.value)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    known = Knowledge()
    read_csv(path, known)
    assert attack(known, Policy().width)
