"""A warehouse and a published folder that an earlier version left work on, with the same figures."""

from __future__ import annotations

import csv
import lzma
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from wres_pipeline import schema, settings, warehouse
from wres_pipeline.disclosure.register import store as disclosure_store
from wres_pipeline.extracts.canonical import core
from wres_pipeline.extracts.intake import landing, ledger
from wres_pipeline.indicators import store
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.pipelines.editions import editions_in_folders, read_published
from wres_pipeline.pipelines.run_scope import RunScope
from wres_pipeline.quality import month
from wres_pipeline.reference.local import LocalMappings
from wres_pipeline.schema import Column

KEPT = Path(__file__).parents[1] / "earlier_version"
NOW = datetime(2026, 11, 1)
GIVEN_UP = {"refused_files"}
"""Tables of the last run alone that have become columns of another."""
NOW_CALLED = {"core_staff_identities": "core_staff"}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A copy of the earlier warehouse."""
    file = tmp_path / "wres.duckdb"
    file.write_bytes(lzma.decompress((KEPT / "wres.duckdb.xz").read_bytes()))
    return file


@pytest.fixture
def con(place: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with warehouse.connect(place) as connection:
        yield connection


def columns(con: duckdb.DuckDBPyConnection) -> dict[str, set[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = {}
    for table, column, kind in con.execute(
        "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_name NOT LIKE 'indicator_%'"
    ).fetchall():
        found.setdefault(table, set()).add((column, kind))
    return found


def what_is_shown(figures: list[Figure]) -> dict[tuple[object, ...], tuple[object, ...]]:
    return {
        figure.key: (figure.shown, figure.state, figure.numerator, figure.denominator, figure.value)
        for figure in figures
    }


def test_it_is_brought_up_once_and_said_in_a_line(place: Path) -> None:
    told = warehouse.bring_up(place)
    assert told.startswith(
        f"The warehouse was of version 0 and has been brought up to version {schema.newest_version()}"
    )
    assert "deliveries.present" in told and "\n" not in told
    assert warehouse.bring_up(place) == ""


def test_brought_up_it_has_the_tables_and_columns_of_a_new_one(con: duckdb.DuckDBPyConnection) -> None:
    landing.create_tables(con)
    with warehouse.connect(":memory:") as fresh:
        landing.create_tables(fresh)
        assert columns(con) == columns(fresh)


def test_nothing_that_was_kept_is_lost(place: Path) -> None:
    with duckdb.connect(str(place), read_only=True) as con:
        before = {
            t: con.table(t).count("*").fetchall()[0][0] for (t,) in con.execute("SHOW TABLES").fetchall()
        }
    with warehouse.connect(place) as con:
        after = {
            t: con.table(NOW_CALLED.get(t, t)).count("*").fetchall()[0][0]
            for t in before
            if t not in GIVEN_UP
        }
    assert after == {t: rows for t, rows in before.items() if t not in GIVEN_UP}
    assert before["figures"] == 722


def test_what_earlier_runs_kept_is_read(con: duckdb.DuckDBPyConnection) -> None:
    figures = store.read(con, store.FIGURES, "X01", 2021)
    assert {f.indicator for f in figures} == {*"123456789", "race_disparity"}
    assert all(type(f.numerator) is int for f in figures if f.indicator == "1" and f.numerator is not None)
    assert month.read(con, "X01", datetime(2021, 3, 31).date())
    assert disclosure_store.withheld(con, "X01", 2021)
    assert {*disclosure_store.tables(con, "X01", 2021)} == {"declaration X01 2020", "declaration X01 2021"}
    assert [a for a in ledger.accounts(con) if not a.adds_up] == []


def test_the_same_extracts_give_the_same_figures_again(con: duckdb.DuckDBPyConnection) -> None:
    before = [f for year in (2020, 2021) for f in store.read(con, store.FIGURES, "X01", year)]
    report = landing.land_folder(con, KEPT / "extracts", None, now=NOW, mappings=LocalMappings())
    assert report.refused == [] and len(report.landed) + len(report.already) == 15
    core.build(con, core.CORE_TABLES, ["X01"], {})
    store.make(con, ["X01"], 2021)
    again = [f for year in (2020, 2021) for f in store.read(con, store.FIGURES, "X01", year)]
    assert what_is_shown(again) == what_is_shown(before)


def test_last_year_s_edition_is_read_from_where_the_earlier_version_released_it() -> None:
    scope = RunScope(settings.load(), Path(), KEPT / "output", Path())
    found = editions_in_folders(scope, "X01", 2021, [])
    assert {f.reporting_year for f in found} >= {2020}
    assert [f.shown for f in found] == [
        row["shown"]
        for row in csv.DictReader((KEPT / "output/X01/2020/public/figures.csv").open(encoding="utf-8"))
    ]


@pytest.mark.parametrize(
    "lacking", [("deliveries",), ("basis", "rule_version", "deliveries"), ("bound_low", "bound_high")]
)
def test_a_published_file_without_newer_columns_is_read_with_their_defaults(
    tmp_path: Path, lacking: tuple[str, ...]
) -> None:
    published = KEPT / "output/X01/2020/public/figures.csv"
    with published.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    file = tmp_path / "figures.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, [name for name in rows[0] if name not in lacking], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    defaults = {name: None if name.startswith("bound") else "" for name in lacking}
    assert read_published(file) == [replace(figure, **defaults) for figure in read_published(published)]


def test_a_published_file_without_a_column_that_cannot_be_guessed_is_refused_by_its_name(
    tmp_path: Path,
) -> None:
    file = tmp_path / "figures.csv"
    file.write_text("organisation_code,reporting_year,indicator\nX01,2020,1\n", encoding="utf-8")
    with pytest.raises(schema.SchemaError, match="measure"):
        read_published(file)


def test_a_column_declared_since_is_added_and_the_rows_before_it_have_its_default(
    con: duckdb.DuckDBPyConnection,
) -> None:
    declared = schema.table("figures")
    grown = replace(
        declared, columns=(*declared.columns, Column("checked", "BOOLEAN", "", "", "Ours.", "FALSE"))
    )
    assert schema.add_to(con, [grown]) == ["figures.checked"]
    assert con.execute("SELECT count(*) FROM figures WHERE NOT checked").fetchall() == [(722,)]
    assert len(store.read(con, store.FIGURES, "X01", 2021)) == 361
    assert con.execute("SELECT count(*) FROM indicator_1").fetchall()[0][0] > 0


def test_a_column_that_a_contract_has_gained_is_added_to_the_raw_table(
    con: duckdb.DuckDBPyConnection,
) -> None:
    con.execute("ALTER TABLE raw_training DROP COLUMN approved")
    con.execute(
        """UPDATE deliveries SET reading = json_merge_patch(reading, '{"read_with": "a contract without it"}')
        WHERE kind = 'training'"""
    )
    report = landing.land_folder(con, KEPT / "extracts", None, now=NOW, mappings=LocalMappings())
    assert report.refused == []
    assert {d.kind for d in report.landed} >= {"training"}
    assert con.execute("SELECT count(approved) > 0 FROM raw_training").fetchall() == [(True,)]


def test_a_warehouse_of_a_newer_version_is_refused_in_words_and_left_as_it_is(place: Path) -> None:
    with warehouse.connect(place) as con:
        con.execute("INSERT INTO schema_version VALUES (99, 'other', now()::TIMESTAMP)")
        con.execute("DROP TABLE restatements")
    with (
        pytest.raises(schema.NewerWarehouseError, match="version 99.*Install the newer one"),
        warehouse.connect(place),
    ):
        pass
    with duckdb.connect(str(place)) as con:
        assert ("restatements",) not in con.execute("SHOW TABLES").fetchall()


def test_bringing_up_that_fails_leaves_the_warehouse_as_old_as_it_was(place: Path) -> None:
    with duckdb.connect(str(place)) as con:
        con.execute("DROP VIEW core_workforce")
        con.execute("CREATE TABLE core_workforce (somebody_else VARCHAR)")
        before = columns(con)
    with pytest.raises(duckdb.Error), warehouse.connect(place):
        pass
    with duckdb.connect(str(place)) as con:
        assert columns(con) == before
