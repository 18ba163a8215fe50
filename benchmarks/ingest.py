"""How long landing takes beside the bare readers: a clean CSV against DuckDB, an xlsx against python-calamine, many files.

Run: python -m benchmarks.ingest; writes docs/evidence/ingest.md. Each measurement runs in a process of its own, so that
its peak memory is its own; the file is read once before, so that both sides find it in the page cache.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

REPORT = Path(__file__).parent.parent / "docs" / "evidence" / "ingest.md"
NOW = datetime(2026, 11, 24)
HEADINGS = (
    "Employee Number,Assignment Number,Primary,Ethnic Origin,Staff Group,Job Role,Occupation Code,Pay Scale,Assignment Category,"
    "Assignment Status,Employee Category,FTE,Payroll,Org L1,Org L2,Org L3,Position Title,First Name,Last Name,Date Of Birth,"
    "NI Number,Email,Postcode,Gender,Latest Start Date,Termination Date"
)
LABELS = (
    "A White - British",
    "H Asian or Asian British - Indian",
    "Z Not Stated",
    "N Black or Black British - African",
)


def row(n: int) -> list[str]:
    """One assignment of an invented staff list, every one different."""
    return [
        f"{10_000_000 + n}", f"{10_000_000 + n}-2", "Y", LABELS[n % 4], "Nursing and Midwifery Registered", "Staff Nurse", "N6A",
        "NHS|XR05|Review Body Band 5", "Permanent", "Active Assignment", "Full Time", "1.0", "Carrick Bay",
        "123 Carrick Bay Hospitals", "123 Medicine", f"Site {n % 7}", "Staff Nurse", f"First{n % 5000}", f"Last{n % 20000}",
        f"{1 + n % 28:02d}-JAN-{1950 + n % 50}", f"TN{n % 1_000_000:06d}C", f"p{n}@example.nhs.uk", f"ZZ1 {n % 9}AB", "Female",
        f"01-APR-{2000 + n % 20}", "",
    ]  # fmt: skip


def write_csv(path: Path, rows: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADINGS + "\n")
        for n in range(rows):
            file.write(",".join(row(n)) + "\n")


def write_xlsx(path: Path, rows: int) -> None:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Extract")
    sheet.append(HEADINGS.split(","))
    for n in range(rows):
        sheet.append(row(n))
    book.save(path)


def duckdb_alone(path: Path, warehouse: Path) -> int:
    import duckdb

    con = duckdb.connect(str(warehouse))
    con.execute("CREATE TABLE bare AS SELECT * FROM read_csv(?, all_varchar = true)", [str(path)])
    found = con.execute("SELECT count(*) FROM bare").fetchall()[0][0]
    con.close()
    return int(found)


def calamine_alone(path: Path, _: Path) -> int:
    from python_calamine import CalamineWorkbook

    return len(CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()) - 1


def landing(path: Path, warehouse: Path) -> int:
    from wres_pipeline import warehouse as store
    from wres_pipeline.extracts.intake import landing
    from wres_pipeline.reference.local import LocalMappings

    with store.connect(warehouse) as con:
        delivery = landing.land_file(con, path, "X01", now=NOW, mappings=LocalMappings())
    assert delivery.rows_in == delivery.rows_accepted, delivery
    return delivery.rows_accepted


def landing_folder(path: Path, warehouse: Path) -> int:
    from wres_pipeline import warehouse as store
    from wres_pipeline.extracts.intake import landing
    from wres_pipeline.reference.local import LocalMappings

    with store.connect(warehouse) as con:
        return len(landing.land_folder(con, path, None, now=NOW, mappings=LocalMappings()).landed)


MEASURED: dict[str, Callable[[Path, Path], int]] = {
    f.__name__: f for f in (duckdb_alone, calamine_alone, landing, landing_folder)
}


@dataclass(frozen=True, slots=True)
class Measured:
    """One measurement: seconds by the wall and of processor, peak memory in MB, and rows or files."""

    wall: float
    processor: float
    peak_mb: int
    rows: int


def measure(what: str, path: Path, scratch: Path) -> Measured:
    """One measurement in a process of its own."""
    warehouse = scratch / f"{what}-{time.monotonic_ns()}.duckdb"
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.ingest", "--one", what, str(path), str(warehouse)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    warehouse.unlink(missing_ok=True)
    return Measured(**json.loads(done.stdout))


def one(what: str, path: Path, warehouse: Path) -> None:
    # loading libraries and modules is no part of the measurement
    import duckdb  # noqa: F401
    import python_calamine  # noqa: F401

    from wres_pipeline import warehouse as store  # noqa: F401
    from wres_pipeline.extracts.intake import landing as loaded  # noqa: F401

    began, spent = time.perf_counter(), time.process_time()
    rows = MEASURED[what](path, warehouse)
    wall, processor = time.perf_counter() - began, time.process_time() - spent
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps(asdict(Measured(wall, processor, peak, rows))))


def best(what: Sequence[str], path: Path, scratch: Path, repeats: int) -> list[Measured]:
    """The best of each, measured in turns, so that an hour in which the machine is busy falls on all alike."""
    runs = [[measure(one, path, scratch) for one in what] for _ in range(repeats)]
    return [
        Measured(
            min(r.wall for r in mine),
            min(r.processor for r in mine),
            max(r.peak_mb for r in mine),
            mine[0].rows,
        )
        for mine in zip(*runs, strict=True)
    ]


def beside(what: str, bare: Measured, ours: Measured) -> str:
    """A line of the table."""
    return (
        f"| {what} | {ours.rows:,} | {bare.wall:.2f} / {bare.processor:.2f} | {ours.wall:.2f} / {ours.processor:.2f} | "
        f"{ours.wall / bare.wall:.2f} / {ours.processor / bare.processor:.2f} | {ours.peak_mb:,} MB |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", nargs=3, metavar=("WHAT", "PATH", "WAREHOUSE"))
    parser.add_argument("--rows", type=int, default=1_500_000)
    parser.add_argument("--xlsx-rows", type=int, default=100_000)
    parser.add_argument("--organisations", type=int, default=220)
    parser.add_argument("--repeats", type=int, default=3)
    asked = parser.parse_args()
    if asked.one:
        one(asked.one[0], Path(asked.one[1]), Path(asked.one[2]))
        return
    with tempfile.TemporaryDirectory(prefix="wres-ingest-") as place:
        scratch = Path(place)
        plain, book = scratch / "esr_staff_list_2021-03-31.csv", scratch / "esr_staff_list_2020-03-31.xlsx"
        write_csv(plain, asked.rows)
        write_xlsx(book, asked.xlsx_rows)
        many = scratch / "many"
        for n in range(asked.organisations):
            folder = many / f"Y{n:03d}"
            folder.mkdir(parents=True)
            for month in range(1, 7):
                write_csv(folder / f"esr_staff_list_2021-{month:02d}-28.csv", 300)
        size = plain.stat().st_size // 1_000_000
        bare, ours = best(("duckdb_alone", "landing"), plain, scratch, asked.repeats)
        bare_book, ours_book = best(("calamine_alone", "landing"), book, scratch, asked.repeats)
        folder_run = measure("landing_folder", many, scratch)
    lines = [
        "# Ingest",
        "",
        f"Command: `python -m benchmarks.ingest --rows {asked.rows} --xlsx-rows {asked.xlsx_rows} "
        f"--organisations {asked.organisations} --repeats {asked.repeats}`; 2026-11-28; 2 cores, 24 GiB; best of {asked.repeats}.",
        "Landing includes the content hash, the reader's own count of rows, row numbers, the quarantine's checks, the order of "
        "day and month, and the ledger.",
        "",
        "Seconds and ratios: by the wall / of processor.",
        "",
        "| what | rows | bare reader | landing | ratio (limit 2) | peak memory of landing (limit 2,000 MB) |",
        "|---|---|---|---|---|---|",
        beside(
            f"staff list, CSV of {size} MB, 26 columns, against `read_csv(all_varchar)` into a table",
            bare,
            ours,
        ),
        beside("staff list, xlsx, 26 columns, against python-calamine's `to_python`", bare_book, ours_book),
        "",
        f"Many small files: {folder_run.rows:,} CSV files of 300 rows in {folder_run.wall:.1f} s, "
        f"{1000 * folder_run.wall / max(folder_run.rows, 1):.1f} ms a file, {folder_run.peak_mb:,} MB.",
    ]
    text = "\n".join(lines) + "\n"
    print(text)
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
