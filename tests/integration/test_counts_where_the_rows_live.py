"""The counts of the sample asked in Spark's words: on Spark where it is installed, and put back into DuckDB's words everywhere."""

from __future__ import annotations

import csv
import importlib.util
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import pytest
import sqlglot

from tests.annual_run import AnnualRun
from wres_pipeline import warehouse
from wres_pipeline.commands import made_extracts as command_counts
from wres_pipeline.indicators import count_reading, on_spark
from wres_pipeline.reference import years
from wres_pipeline.settings import Settings, Spark, load

CODES = ["X01", "XTR"]
SPARK_IS_HERE = importlib.util.find_spec("pyspark") is not None and shutil.which("java") is not None


@pytest.fixture
def con(sample_run: AnnualRun) -> Iterator[duckdb.DuckDBPyConnection]:
    with warehouse.connect(sample_run.warehouse, read_only=True) as opened:
        yield opened


@dataclass
class Found:
    columns: list[str]
    rows: list[tuple[Any, ...]]

    def collect(self) -> list[tuple[Any, ...]]:
        return self.rows


class InDuckDB(on_spark.SparkTables):
    """What Spark would be told, put back into DuckDB's words and asked there."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        super().__init__(self, "")  # type: ignore[arg-type]
        self.con = con
        self.asked: list[str] = []

    def _find(self, name: str) -> None:
        self.con.execute(f"FROM {name} LIMIT 0")

    def sql(self, text: str) -> Found:
        self.asked.append(text)
        result = self.con.execute(sqlglot.transpile(text, read="spark", write="duckdb")[0])
        return Found([column[0] for column in result.description], result.fetchall())


@pytest.mark.parametrize("year", [2021, 2020])
def test_what_spark_is_told_counts_the_same_people(con: duckdb.DuckDBPyConnection, year: int) -> None:
    tables = InDuckDB(con)
    rules = years.load(year)
    counted = count_reading.read(tables, CODES, rules)  # type: ignore[arg-type]
    assert counted == count_reading.read(con, CODES, rules)
    assert all(one.workforce and one.workforce.total.total for one in counted.values())
    assert len(tables.asked) >= 12
    # Spark opens one list a query: two side by side are an error there, and none in DuckDB
    assert not [text for text in tables.asked if "EXPLODE" in text.upper()]


class Lacking(InDuckDB):
    """The same with tables that are not there, such as those of a platform that holds no survey."""

    def __init__(self, con: duckdb.DuckDBPyConnection, lacking: set[str]) -> None:
        super().__init__(con)
        self.lacking = lacking

    def has(self, name: str) -> bool:
        return name not in self.lacking

    def _find(self, name: str) -> None:
        if not self.has(name):
            super(InDuckDB, self)._find(name)

    def sql(self, text: str) -> Any:
        found = super().sql(text)
        return Kept(self, text, found) if text.endswith("WHERE FALSE") else found


@dataclass
class Kept:
    """A frame that can be given a name, under which later queries read it."""

    tables: Lacking
    text: str
    found: Found

    @property
    def columns(self) -> list[str]:
        return self.found.columns

    def collect(self) -> list[tuple[Any, ...]]:
        return self.found.collect()

    def createOrReplaceTempView(self, name: str) -> None:  # noqa: N802 - Spark's own name
        words = sqlglot.transpile(self.text, read="spark", write="duckdb")[0]
        self.tables.con.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {words}")


def test_a_table_that_the_platform_lacks_is_a_kind_that_was_not_delivered(
    sample_run: AnnualRun, con: duckdb.DuckDBPyConnection
) -> None:
    tables = Lacking(con, {"core_training", "core_survey_results", "raw_staff_survey_organisations"})
    rules = years.load(2021)
    counted = count_reading.read(tables, CODES, rules)  # type: ignore[arg-type]
    assert {"core_training", "core_survey_results"} <= tables.missing
    with warehouse.connect(sample_run.warehouse, read_only=True) as whole:
        everything = count_reading.read(whole, CODES, rules)
    for code in CODES:
        assert counted[code].workforce == everything[code].workforce
        assert counted[code].recruitment == everything[code].recruitment
        held = everything[code].training
        assert held is not None and held.people.total
        assert counted[code].training is None or not counted[code].training.people.total


def test_counts_are_handed_over_as_an_extract_that_holds_them_and_no_id_made_from_content(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    rules = years.load(2021)
    counted = count_reading.read(con, CODES, rules)
    command_counts.hand_over(_settings(tmp_path, ""), counted, rules)
    for code in CODES:
        with (tmp_path / "extracts" / code / "wres_counts_2021.csv").open(
            encoding="utf-8", newline=""
        ) as lines:
            rows = list(csv.DictReader(lines))
        assert {row["unit"] for row in rows} == {"people"}
        assert {row["deliveries"] for row in rows} == {""}
        workforce = counted[code].workforce
        assert workforce is not None
        bands = [row for row in rows if row["indicator"] == "1" and row["cluster"] and row["band"]]
        assert (
            sum(float(row["value"]) for row in bands if row["ethnic_group"] == "BME") >= workforce.total.bme
        )


def _settings(place: Path, tables: Path | str) -> Settings:
    return replace(load(), extracts=place / "extracts", spark=Spark(str(tables)))


def test_what_is_missing_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command_counts.counts(_settings(tmp_path, ""), "", ["X01"], 2021) == 2
    assert "--tables" in capsys.readouterr().err
    assert command_counts.counts(_settings(tmp_path, tmp_path), "", ["X01"], 1999) == 2
    assert "there are no rules for 1999" in capsys.readouterr().err
    assert command_counts.counts(_settings(tmp_path, tmp_path), "", ["../X"], 2021) == 2
    assert "is no ODS code" in capsys.readouterr().err
    tables = on_spark.SparkTables(None, str(tmp_path))  # type: ignore[arg-type]
    with pytest.raises(on_spark.TablesError, match="there is no table current_deliveries"):
        on_spark.organisations(tables)


@pytest.mark.skipif(SPARK_IS_HERE, reason="the extra is installed")
def test_without_the_extra_the_command_says_what_to_install(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command_counts.counts(_settings(tmp_path, tmp_path), "", ["X01"], 2021) == 2
    assert "wres_pipeline[spark]" in capsys.readouterr().err


@pytest.mark.skipif(not SPARK_IS_HERE, reason="needs the extra `spark` and Java")
def test_counts_taken_on_spark_are_extracts_of_the_same_people(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    tables = tmp_path / "tables"
    tables.mkdir()
    held = con.execute(
        "SELECT table_name FROM information_schema.tables WHERE table_name LIKE 'core_%' OR table_name = 'current_deliveries'"
    ).fetchall()
    for (name,) in held:
        con.execute(f"COPY (FROM {name}) TO '{tables / name}.parquet'")
    assert command_counts.counts(_settings(tmp_path, tables), "", [], 2021) == 0
    for code, counted in count_reading.read(con, CODES, years.load(2021)).items():
        file = tmp_path / "extracts" / code / "wres_counts_2021.csv"
        with file.open(encoding="utf-8", newline="") as lines:
            rows = [row for row in csv.DictReader(lines) if row["indicator"] == "1" and row["cluster"]]
        assert counted.workforce is not None
        assert sum(float(row["value"]) for row in rows if row["band"]) == counted.workforce.total.total
