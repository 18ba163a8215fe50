"""What is declared: every column has a meaning, every dataclass its columns, every INSERT its names."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from wres_pipeline import schema, warehouse
from wres_pipeline.commissioner.figure import CommissioningFigure
from wres_pipeline.disclosure.register.store import ProtectedCell, WithheldFigure
from wres_pipeline.extracts.intake import landing
from wres_pipeline.extracts.intake.deliveries import Delivery
from wres_pipeline.extracts.intake.folder_events import FolderEvent
from wres_pipeline.extracts.intake.resubmission import Restatement
from wres_pipeline.indicators.changes import FigureChange
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.indicators.store import FigureRestatement
from wres_pipeline.quality.figure import QualityFigure

PACKAGE = Path(schema.__file__).parents[1]
ROWS = {
    "figures": Figure,
    "protected_figures": Figure,
    "figure_changes": FigureChange,
    "figure_restatements": FigureRestatement,
    "quality_figures": QualityFigure,
    "commissioning_figures": CommissioningFigure,
    "protected_tables": ProtectedCell,
    "withheld_figures": WithheldFigure,
    "deliveries": Delivery,
    "folder_events": FolderEvent,
    "restatements": Restatement,
}


@pytest.mark.parametrize(
    "table", [*schema.stored_tables(), *landing.raw_tables()], ids=lambda table: table.name
)
def test_a_table_says_what_a_row_is_and_every_column_what_it_means(table: schema.Table) -> None:
    assert table.one_row_is
    assert len(set(table.names)) == len(table.names)
    assert [c.name for c in table.columns if len(c.meaning) < 4] == []
    assert [c.name for c in table.columns if c.type == "DOUBLE" and not c.unit] == []


@pytest.mark.parametrize("name", sorted(ROWS))
def test_the_dataclass_of_a_row_has_a_field_for_every_column(name: str) -> None:
    assert {field.name for field in fields(ROWS[name])} == {*schema.table(name).names}


def test_the_warehouse_has_every_declared_table_with_its_columns() -> None:
    with warehouse.connect(":memory:") as con:
        for declared in (*schema.stored_tables(), *(schema.table(name) for name in schema.views())):
            held = [(row[0], row[1]) for row in con.execute(f"DESCRIBE {declared.name}").fetchall()]
            assert held == [(c.name, c.type) for c in declared.columns], declared.name


def test_every_table_a_file_describes_is_declared_and_the_other_way_round() -> None:
    described = {path.stem for path in (PACKAGE / "schema/tables").glob("*.csv")} - {"tables", "shared"}
    borrowed = {"system_figures", "protected_figures", "protected_system_figures", "current_deliveries"}
    assert described | borrowed == {table.name for table in schema.stored_tables()} | {*schema.views()}


@pytest.mark.parametrize(
    "path",
    [p for p in PACKAGE.rglob("*.sql") if "INSERT INTO" in p.read_text(encoding="utf-8")],
    ids=lambda p: p.name,
)
def test_an_insert_names_its_columns(path: Path) -> None:
    for found in re.finditer(r"INSERT INTO (\w+)\s*(\S+ \S+)", path.read_text(encoding="utf-8")):
        assert found[2].startswith(("BY NAME", "(")), found[0]


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.glob("extracts/canonical/sql/core_*.sql")), ids=lambda p: p.stem
)
def test_the_rows_of_a_core_table_give_every_column_of_it(path: Path) -> None:
    sqlglot = pytest.importorskip("sqlglot")
    text = path.read_text(encoding="utf-8")
    if "INSERT INTO" not in text:
        return
    insert = next(s for s in sqlglot.parse(text, read="duckdb") if isinstance(s, sqlglot.exp.Insert))
    assert {e.alias_or_name for e in insert.expression.expressions} == set(
        schema.table(insert.this.name).names
    )


def test_a_partition_is_replaced_and_the_others_are_left() -> None:
    def figure(code: str, year: int, shown: str) -> Figure:
        return Figure(code, year, "1", "headcount", value=1, shown=shown)

    with warehouse.connect(":memory:") as con:
        schema.append(
            con, "figures", [figure("X01", 2021, "a"), figure("X01", 2020, "b"), figure("X02", 2021, "c")]
        )
        schema.replace(
            con, "figures", [figure("X01", 2021, "d")], organisation_code="X01", reporting_year=[2021, 2022]
        )
        assert sorted(f.shown for f in schema.read(con, "figures", Figure)) == ["b", "c", "d"]
        assert [f.shown for f in schema.read(con, "figures", Figure, reporting_year=2021)] == ["c", "d"]
        schema.replace(con, "figures", [])
        assert schema.read(con, "figures", Figure) == []


def test_a_replacement_that_fails_leaves_the_old_rows() -> None:
    with warehouse.connect(":memory:") as con:
        schema.append(con, "figures", [Figure("X01", 2021, "1", "headcount")])
        with pytest.raises(AttributeError):
            schema.replace(con, "figures", [object()], organisation_code="X01")
        assert len(schema.read(con, "figures", Figure)) == 1


def test_a_partition_by_a_column_that_is_not_there_is_named() -> None:
    with (
        warehouse.connect(":memory:") as con,
        pytest.raises(schema.SchemaError, match="figures has no column year"),
    ):
        schema.read(con, "figures", Figure, year=2021)


def test_a_table_that_is_not_declared_is_named() -> None:
    with pytest.raises(schema.SchemaError, match="no table figurez"):
        schema.table("figurez")


def test_counts_come_back_whole_or_as_halves_and_values_in_their_unit() -> None:
    half = Figure(
        "X01", 2021, "3", "likelihood", numerator=Fraction(3, 2), denominator=40, value=3.75, unit="percent"
    )
    people = Figure("X01", 2021, "1", "headcount", value=12)
    with warehouse.connect(":memory:") as con:
        schema.append(con, "figures", [half, people])
        first, second = schema.read(con, "figures", Figure)
    assert (first.numerator, first.denominator, first.value) == (Fraction(3, 2), 40, 3.75)
    assert type(first.denominator) is int and type(second.value) is int


def test_a_count_of_applications_comes_back_whole_and_its_file_reads_the_same() -> None:
    row = QualityFigure(
        "X01", date(2021, 3, 31), "gap", "appointed", numerator=7, value=7, unit="applications"
    )
    declared = schema.table("quality_figures")
    cells = dict(zip(declared.names, schema.to_text(declared, row), strict=True))
    assert (cells["value"], cells["month"], cells["denominator"]) == ("7", "2021-03-31", "")
    assert schema.from_text(declared, QualityFigure, cells) == row


def test_a_cell_that_cannot_be_read_is_named_with_its_column() -> None:
    declared = schema.table("figures")
    cells = {
        "organisation_code": "X01",
        "reporting_year": "last year",
        "indicator": "1",
        "measure": "headcount",
    }
    with pytest.raises(schema.SchemaError, match="reporting_year: 'last year'"):
        schema.from_text(declared, Figure, cells)


def test_rows_of_a_query_are_read_by_name() -> None:
    with warehouse.connect(":memory:") as con:
        (row,) = schema.named_rows(con.execute("SELECT 1 AS people, 'X01' AS organisation_code"))
    assert (row.organisation_code, row.people) == ("X01", 1)
