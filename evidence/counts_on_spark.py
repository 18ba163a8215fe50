"""Figures of a generated nation from counts taken on Spark, beside those taken in DuckDB, cell by cell.

    python -m evidence.counts_on_spark [STAFF]        (needs the extra `spark` and Java)

Writes the nation preset, lands it and makes its figures (`wres run --no-reports`), hands the core tables over as Parquet, takes the
counts on Spark in this machine's local mode, and compares every figure. Writes docs/evidence/counts_on_spark.md; status 1 where any differs.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from wres_pipeline import warehouse
from wres_pipeline.indicators import compute, count_reading, on_spark
from wres_pipeline.reference import years
from wres_pipeline.synthetic import write_sample

REPORT = Path(__file__).parents[1] / "docs" / "evidence" / "counts_on_spark.md"
YEAR = 2021


def main() -> int:
    """Compare, write the page, and say in the exit status whether nothing differs."""
    staff = int(sys.argv[1]) if len(sys.argv) > 1 else 150_000
    with tempfile.TemporaryDirectory(prefix="wres-spark-") as folder:
        place = Path(folder)
        write_sample(place / "extracts", "nation", scale=staff)
        file, tables = place / "wres.duckdb", place / "tables"
        tables.mkdir()
        command = [
            sys.executable, "-m", "wres_pipeline.cli", "run", "--no-reports", "--extracts", str(place / "extracts"),
            "--output", str(place / "out"), "--warehouse", str(file),
        ]  # fmt: skip
        done = subprocess.run(
            command,
            env={**os.environ, "WRES_DAGSTER_HOME": str(place / "home")},
            capture_output=True,
            check=False,
        )
        if done.returncode not in (0, 1):
            raise SystemExit(done.stdout.decode()[-3000:])
        with warehouse.connect(file, read_only=True) as con:
            names = con.execute(
                "SELECT table_name FROM information_schema.tables "
                "WHERE table_name LIKE 'core_%' OR table_name IN ('current_deliveries', 'raw_staff_survey_organisations')"
            ).fetchall()
            for (name,) in names:
                con.execute(f"COPY (FROM {name}) TO '{tables / name}.parquet'")
            rows = sum(con.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for (name,) in names)  # type: ignore[index]
            codes = [
                code
                for (code,) in con.execute(
                    "SELECT DISTINCT organisation_code FROM current_deliveries ORDER BY 1"
                ).fetchall()
            ]
            rules = years.load(YEAR)
            began = time.perf_counter()
            in_duckdb = count_reading.read(con, codes, rules)
            duckdb_seconds = time.perf_counter() - began
        began = time.perf_counter()
        session = on_spark.session()
        starting = time.perf_counter() - began
        began = time.perf_counter()
        on = count_reading.read(on_spark.SparkTables(session, str(tables)), codes, rules)  # type: ignore[arg-type]
        spark_seconds = time.perf_counter() - began
        session.stop()
    figures = wrong = 0
    for code in codes:
        one, other = compute(in_duckdb[code], rules), compute(on[code], rules)
        figures += len(one)
        wrong += sum(a != b for a, b in zip(one, other, strict=True))
    counts = sum(in_duckdb[code] != on[code] for code in codes)
    text = (
        "# Counts taken on Spark\n\n"
        f"`python -m evidence.counts_on_spark {staff}`, {time.strftime('%Y-%m-%d')}, PySpark in local mode, 2 cores shared with other work, "
        "24 GiB.\n\n"
        f"{len(codes)} bodies, {staff:,} staff, {rows:,} rows of core tables handed over as Parquet. Year {YEAR}.\n\n"
        "| | |\n|---|---|\n"
        f"| figures compared, every field | {figures:,} |\n| different | **{wrong}** |\n"
        f"| bodies whose counts differ in anything | **{counts}** |\n"
        f"| DuckDB, core tables to counts | {duckdb_seconds:.1f} s |\n"
        f"| Spark, the same | {spark_seconds:.1f} s |\n| Spark, starting | {starting:.1f} s |\n\n"
        "It needs Java (17) and PySpark. On one machine DuckDB is the faster by far; Spark is for rows that may not leave their platform.\n"
    )
    REPORT.write_text(text, encoding="utf-8")
    print(text)
    return 1 if wrong or counts else 0


if __name__ == "__main__":
    raise SystemExit(main())
