"""The register of releases: it stands in the warehouse and in the body's folder, and neither loses what the other has."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import duckdb
import pytest

from wres_pipeline import schema
from wres_pipeline.disclosure import figure_cells
from wres_pipeline.disclosure.proof.audit import audit
from wres_pipeline.disclosure.proof.cells import Arithmetic, Cell
from wres_pipeline.disclosure.register import release_store
from wres_pipeline.disclosure.register.previous_release import release_of
from wres_pipeline.disclosure.register.releases import Release, Said, add_releases, origins, rows_apart
from wres_pipeline.disclosure.rules.policy import Policy
from wres_pipeline.disclosure.rules.presets import PRESETS
from wres_pipeline.indicators.figure import Figure

WHITE = ("X01", "2021", "staff", "", "", "White")
BME = ("X01", "2021", "staff", "", "", "BME")
TOTAL = ("X01", "2021", "staff", "", "", "")
FIRST = Release(
    "X01",
    "annual",
    "public",
    "2021",
    dated="2021-10-31",
    counts={WHITE: Said(275, 275, 275), BME: Said(1, 9, 5, how="withheld"), TOTAL: Said(280, 280, 280)},
    sums=((TOTAL, (WHITE, BME)),),
    survey={("X01", "2021", "5", "percentage", "", "", "White"): 210},
    texts={"figures.csv": "a,b\n"},
)


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    made = duckdb.connect(":memory:")
    schema.bring_up(made)
    yield made
    made.close()


def _fresh() -> duckdb.DuckDBPyConnection:
    made = duckdb.connect(":memory:")
    schema.bring_up(made)
    return made


def test_a_release_is_read_back_as_it_was_said(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    kept = release_store.record(con, tmp_path, FIRST)
    assert release_store.read(con, tmp_path, "X01") == [kept]
    assert kept == FIRST


def test_a_lost_folder_is_written_again_from_the_warehouse(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    release_store.record(con, tmp_path, FIRST)
    shutil.rmtree(tmp_path / release_store.FOLDER)
    assert release_store.read(con, tmp_path, "X01") == [FIRST]
    assert [file.name for file in (tmp_path / release_store.FOLDER).iterdir()] == ["annual-2021-1.json"]


def test_a_new_machine_knows_what_was_released_from_the_folder(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    release_store.record(con, tmp_path, FIRST)
    assert release_store.read(_fresh(), tmp_path, "X01") == [FIRST]


def test_the_file_is_its_owners_alone(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    release_store.record(con, tmp_path, FIRST)
    assert (tmp_path / release_store.FOLDER / "annual-2021-1.json").stat().st_mode & 0o077 == 0


def test_the_same_said_again_is_no_new_release(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    release_store.record(con, tmp_path, FIRST)
    release_store.record(con, tmp_path, replace(FIRST, dated="2022-01-01"))
    assert len(release_store.read(con, tmp_path, "X01")) == 1


def test_a_second_version_says_what_it_replaces_and_the_first_stays(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    release_store.record(con, tmp_path, FIRST)
    second = release_store.record(
        con, tmp_path, replace(FIRST, counts={**FIRST.counts, WHITE: Said(266, 284, 274, how="withheld")})
    )
    assert second.version == 2
    assert second.replaces == "Replaces version 1 of 2021-10-31: 1 counts are told otherwise."
    assert [one.version for one in release_store.read(con, tmp_path, "X01")] == [1, 2]


def test_a_release_that_never_left_the_building_is_taken_off_and_its_entry_stays(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    release_store.record(con, tmp_path, FIRST)
    release_store.withdraw(
        con, tmp_path, "X01", "annual-2021-1", "Withdrawn by the Head of Information: a trial"
    )
    assert release_store.read(con, tmp_path, "X01") == []
    [entry] = release_store.every(con, tmp_path, "X01")
    assert entry.withdrawn.startswith("Withdrawn by the Head of Information")
    assert release_store.read(_fresh(), tmp_path, "X01") == []


def test_an_entry_that_cannot_be_read_stops_the_run_and_names_the_file(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    (tmp_path / release_store.FOLDER).mkdir()
    (tmp_path / release_store.FOLDER / "annual-2020-1.json").write_text("{", encoding="utf-8")
    with pytest.raises(release_store.RegisterError, match="annual-2020-1"):
        release_store.read(con, tmp_path, "X01")


def test_a_count_that_moved_by_a_few_people_is_withheld_within_the_range_that_says_no_more() -> None:
    # 275 was printed; 274 now: the row is told by ranges, 275 ± 9
    now = Arithmetic({key: Cell(key, n) for key, n in ((WHITE, 274), (BME, 6), (TOTAL, 280))})
    now.add_sum(TOTAL, (WHITE, BME))
    add_releases(now, [FIRST], Policy())
    assert now.cells[WHITE].forced and now.cells[WHITE].reader == (266, 284)
    assert now.cells[BME].forced and not now.cells[TOTAL].forced
    assert now.cells[(*WHITE, "released", "annual 2021 1")].reader == (275, 275)


def test_a_count_that_moved_by_many_is_printed() -> None:
    now = Arithmetic({key: Cell(key, n) for key, n in ((WHITE, 375), (BME, 5), (TOTAL, 380))})
    add_releases(now, [FIRST], Policy())
    assert not now.cells[WHITE].forced


def test_a_count_that_did_not_move_is_known() -> None:
    now = Arithmetic({key: Cell(key, n) for key, n in ((WHITE, 275), (BME, 5), (TOTAL, 280))})
    add_releases(now, [FIRST], Policy())
    assert now.cells[WHITE].known and now.cells[BME].forced and not now.cells[BME].known


def test_to_publish_everything_takes_a_recorded_decision() -> None:
    with pytest.raises(ValueError, match="role, date and because"):
        Policy.of(dict(PRESETS["none"].settings))
    decided = {"decided_by": "Caldicott Guardian", "decided_on": "2021-09-07", "because": "all have agreed"}
    policy = Policy.of({**PRESETS["none"].settings, **decided})
    assert not policy.small(1)
    assert "Decided by the Caldicott Guardian on 2021-09-07: all have agreed." in policy.words()


@pytest.mark.parametrize("name", [name for name in PRESETS if name != "none"])
def test_every_preset_says_in_a_sentence_what_it_does_and_why(name: str) -> None:
    policy = Policy.of(dict(PRESETS[name].settings))
    assert f"Counts from 1 to {policy.threshold_high} are withheld" in policy.words()
    assert "names are public" in policy.words()
    assert PRESETS[name].because


def test_what_a_release_printed_is_known_where_a_later_table_leaves_readers_to_subtract_it() -> None:
    """Of 285 the return printed 30 of Unknown ethnicity: a report after it that leaves the 30 out hides them from nobody."""
    unknown = (*TOTAL[:-1], "Unknown")
    said = replace(FIRST, counts={TOTAL: Said(285, 285, 285), unknown: Said(30, 30, 30)}, sums=(), survey={})
    report = Arithmetic({TOTAL: Cell(TOTAL, 285), unknown: Cell(unknown, 30, kind="implied")})
    add_releases(report, [said], Policy())
    assert report.cells[unknown].known and report.cells[unknown].reader == (30, 30)


def test_a_count_that_neither_prints_is_of_other_people_where_it_is_another_number() -> None:
    unknown = (*TOTAL[:-1], "Unknown")
    now = Arithmetic({TOTAL: Cell(TOTAL, 280), unknown: Cell(unknown, 6)})
    before = replace(
        FIRST, counts={TOTAL: Said(280, 280, 280), unknown: Said(0, 2_000_000, 5, how="implied")}
    )
    assert rows_apart(now, [before]) == {before.name: {unknown}}
    same = replace(before, counts=before.counts | {unknown: Said(0, 2_000_000, 6, how="implied")})
    assert rows_apart(now, [same]) == {same.name: frozenset()}


def test_a_rounded_count_that_its_true_count_no_longer_rounds_to_is_what_it_printed() -> None:
    # 25 may stand for 23 to 27; of 31 people it is another count, and said to be 25
    one = Figure("X01", 2021, "2", "appointed", "", "", "White", value=25, state="value", shown="25")
    key = figure_cells.key_of(one)
    said = {
        true: release_of([one], {key: Fraction(true)}, Policy.rounding()).counts[key] for true in (26, 31)
    }
    assert said == {26: Said(23, 27, 26), 31: Said(25, 25, 25)}


def test_what_two_releases_say_of_the_same_people_is_put_together_where_a_corrected_edition_has_others() -> (
    None
):
    """A return prints 29 staff, 16 of them White; a report that 11 are of Unknown ethnicity: 29 - 16 - 11 leave 2 BME staff."""
    row = ("X01", "2021", "staff", "medical_and_dental", "Consultants")
    everybody, white, bme, unknown = ((*row, group) for group in ("", "White", "BME", "Unknown"))
    a_return = replace(
        FIRST,
        counts={
            everybody: Said(29, 29, 29), white: Said(16, 16, 16),
            bme: Said(1, 12, 2, how="withheld"), unknown: Said(1, 12, 11, how="withheld"),
        },
        sums=((everybody, (white, bme, unknown)),),
    )  # fmt: skip
    report = replace(
        FIRST,
        product="data_quality",
        counts={everybody: Said(28, 32, 29), unknown: Said(11, 11, 11)},
        sums=(),
    )
    others = replace(report, period="2022", counts={everybody: Said(28, 32, 31), unknown: Said(11, 11, 11)})
    told = [a_return, report, others]
    first = origins(told)
    assert [first[each.name][row] for each in told] == [a_return.name, a_return.name, others.name]
    apart = {each.name: frozenset({row}) for each in told}
    alone = audit([], Policy(), releases=[a_return], apart=apart, told_first=first)
    assert not alone.already
    both = audit([], Policy(), releases=told, apart=apart, told_first=first)
    assert {(each.key[:6], each.low, each.high) for each in both.already} >= {(bme, 2, 2)}

    corrected = Arithmetic()
    for key, steps in ((everybody, 28), (white, 16), (bme, 1), (unknown, 11)):
        corrected.add(Cell(key, steps))
    add_releases(corrected, told, Policy())
    of_the_return = corrected.cells[*unknown, "released", a_return.name]
    assert of_the_return.known and (*unknown, "released", report.name) not in corrected.cells
    assert corrected.cells[*everybody, "released", others.name].steps == 31
