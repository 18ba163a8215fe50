"""Which people of a staff list the figures count."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.core_rows import SNAPSHOT, CoreRows
from wres_pipeline.indicators import count_reading
from wres_pipeline.indicators.count_reading import read
from wres_pipeline.indicators.counts import Groups, LeftOut, OrganisationCounts
from wres_pipeline.reference import years

RULES = years.load(2021)


def counts_of(rows: CoreRows, code: str = "XTR"):
    return read(rows.con, [code], RULES)[code]


def test_a_person_with_five_assignments_counts_once(rows):
    (who,) = rows.staff("BME")
    for _ in range(4):
        rows.staff("BME", number=who, reason="second assignment", chosen=False)
    assert counts_of(rows).workforce.total == Groups(0, 1, 0)


def test_everybody_outside_the_workforce_is_counted_by_the_reason(rows):
    rows.staff("White", 3)
    for reason, people in (("bank", 2), ("honorary", 1), ("leaver", 4), ("hosted on another payroll", 1)):
        rows.staff("White", people, reason=reason)
    counts = counts_of(rows)
    assert counts.workforce.total == Groups(3, 0, 0)
    assert set(counts.left_out) == {
        LeftOut("1", "bank", 2),
        LeftOut("1", "honorary", 1),
        LeftOut("1", "leaver", 4),
        LeftOut("1", "hosted on another payroll", 1),
    }


def test_people_on_a_scale_no_list_knows_are_in_the_total_and_named(rows):
    rows.staff("White", 2)
    rows.staff("BME", band="Unmapped")
    counts = counts_of(rows)
    assert counts.workforce.total == Groups(2, 1, 0)
    assert counts.left_out == (LeftOut("1", "staff group or pay scale that no list knows", 1, inside=True),)


def test_senior_medical_managers_are_a_subset_of_consultants(rows):
    rows.staff("White", 3, cluster="medical_and_dental", band="Consultants")
    rows.staff("BME", 1, cluster="medical_and_dental", band="Consultants", senior=True)
    rows.staff("BME", 1, cluster="medical_and_dental", band="Other", senior=True)
    workforce = counts_of(rows).workforce
    assert workforce.cells["medical_and_dental", "Consultants"] == Groups(3, 1, 0)
    assert workforce.senior_medical == Groups(0, 1, 0)


def test_only_the_list_of_the_snapshot_makes_the_workforce(rows):
    rows.staff("White", 5, snapshot=date(2021, 2, 28))
    assert counts_of(rows).workforce is None
    rows.staff("White", 4)
    assert counts_of(rows).workforce.total.white == 4


def test_organisations_are_counted_apart_and_one_without_files_is_empty(rows):
    rows.staff("White", 2, organisation="X01")
    rows.staff("BME", 3, organisation="XTR")
    found = read(rows.con, ["XTR", "X01", "X99"], RULES)
    assert list(found) == ["XTR", "X01", "X99"]
    assert found["X01"].workforce.total == Groups(2, 0, 0)
    assert found["XTR"].workforce.total == Groups(0, 3, 0)
    assert found["X99"].empty and not found["X01"].empty


def test_deliveries_stand_beside_what_was_counted(rows):
    rows.staff("White", 2)
    assert counts_of(rows).workforce.deliveries == ("XTR-esr_staff_list-2021-03-31",)


PERSON = st.tuples(
    st.sampled_from(["White", "BME", "Unknown"]),
    st.sampled_from(["Band 2", "Band 6", "Band 8a", "VSM", "Unmapped"]),
    st.sampled_from(["clinical", "non_clinical", "Unmapped"]),
    st.sampled_from(["", "", "", "bank", "leaver"]),
    st.sampled_from([0, 0, 1, 4]),
)


@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PERSON, max_size=7), st.randoms(use_true_random=False))
def test_headcount_is_of_people_under_any_mix_and_order_of_assignments(people, order):
    rows = CoreRows()
    try:
        for group, band, cluster, reason, more in people:
            (who,) = rows.staff(group, band=band, cluster=cluster, reason=reason)
            for _ in range(more):
                rows.staff(
                    group, band=band, cluster=cluster, number=who, reason="second assignment", chosen=False
                )
        before = _counted(rows)
        _shuffle(rows.con, order)
        after = _counted(rows)
    finally:
        rows.close()
    inside = [p for p in people if p[3] == ""]
    if people:
        assert before.workforce.total == Groups.from_pairs(
            {name: sum(p[0] == name for p in inside) for name in ("White", "BME", "Unknown")}
        )
    assert before == after


def _counted(rows: CoreRows):
    return read(rows.con, ["XTR"], RULES)["XTR"]


def _shuffle(con: duckdb.DuckDBPyConnection, order) -> None:
    found = con.execute("SELECT * FROM core_assignments").fetchall()
    order.shuffle(found)
    con.execute("DELETE FROM core_assignments")
    if found:
        con.executemany(
            f"INSERT INTO core_assignments VALUES ({', '.join('?' * len(found[0]))})",
            [list(row) for row in found],
        )


def test_the_snapshot_of_the_year_is_the_31st_of_march():
    assert RULES.snapshot_date == SNAPSHOT


def test_counts_are_read_once_in_a_run_until_core_tables_are_made_again_and_never_where_a_change_is_tried(
    tmp_path: Path,
) -> None:
    rows = CoreRows(str(tmp_path / "w.duckdb"))

    def people(read_by: Callable[..., dict[str, OrganisationCounts]]) -> int:
        workforce = read_by(rows.con, ["X01", "XTR"], RULES)["XTR"].workforce
        assert workforce is not None
        return workforce.total.white

    rows.staff("White", 2)
    with count_reading.remembering():
        assert people(count_reading.read_once) == 2
        rows.staff("White", 3)
        assert people(count_reading.read_once) == 2
        assert people(read) == 5
        count_reading.forget()
        assert people(count_reading.read_once) == 5
        rows.staff("White", 1)
        assert people(count_reading.read_once) == 5
    assert people(count_reading.read_once) == 6
    rows.close()
