"""Who is found, and how surely, by what the TRAC export holds: on bodies made apart from the project's own generator.

    python -m evidence.linkage_columns [--seeds 1 2 3 4] [--applications 1000 3000 6000]

Writes docs/evidence/linkage_columns.md.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb

from evidence.column_population import COLUMNS, HARSH, Body, build, exported
from wres_pipeline import linkage, schema

OUT = Path(__file__).parents[1] / "docs" / "evidence" / "linkage_columns.md"
TARGET = {
    "no NI, no date of birth": 0.97,
    "names and postcode": 0.95,
    "names and email": 0.95,
    "names and start date": 0.90,
}
JUDGED = """
SELECT count(*) FILTER (WHERE l.band = 'automatic') AS automatic,
       count(*) FILTER (WHERE l.band = 'automatic' AND l.employee_number IS DISTINCT FROM t.employee_number) AS wrong,
       count(t.employee_number) AS findable,
       count(*) FILTER (WHERE l.band = 'automatic' AND t.wres_group = 'White' AND l.employee_number = t.employee_number) AS white_found,
       count(t.employee_number) FILTER (WHERE t.wres_group = 'White') AS white,
       count(*) FILTER (WHERE l.band = 'automatic' AND t.wres_group = 'BME' AND l.employee_number = t.employee_number) AS bme_found,
       count(t.employee_number) FILTER (WHERE t.wres_group = 'BME') AS bme,
       count(*) FILTER (WHERE l.band = 'clerical') AS review,
       sum(CASE WHEN l.method = 'whole_body' AND l.band = 'automatic' THEN 1 - l.score ELSE 0 END) AS expected_wrong
FROM linkage_links l JOIN linkage_truth t USING (organisation_code, application_id)
"""


def judged(body: Body, exports: Iterable[str] = TARGET) -> dict[str, dict[str, float]]:
    """Link one body by each export, and set it against the truth."""
    con = duckdb.connect()
    schema.bring_up(con)
    build(con, body)
    made = {}
    for export in exports:
        exported(con, export)
        linkage.link(con, body.organisation_code, body.as_at)
        found = con.execute(JUDGED)
        names = [column[0] for column in found.description or []]
        made[export] = dict(zip(names, found.fetchall()[0], strict=True))
    con.close()
    return made


def row(name: str, held: list[dict[str, float]], target: float | None = None) -> str:
    """One line of a table: all bodies together, and the least precision of one."""
    total: dict[str, float] = defaultdict(float)
    for one in held:
        for key, n in one.items():
            total[key] += n or 0
    least = min((1 - one["wrong"] / one["automatic"] if one["automatic"] else 1.0) for one in held)
    precision = 1 - total["wrong"] / total["automatic"] if total["automatic"] else 1.0
    recall = (total["white_found"] + total["bme_found"]) / total["findable"]
    groups = f"{total['white_found'] / total['white']:.4f} | {total['bme_found'] / total['bme']:.4f}"
    wanted = "" if target is None else f"{target:.2f}"
    return (
        f"| {name} | {precision:.5f} | {least:.5f} | {total['wrong']:.0f} | {total['expected_wrong']:.1f} | {recall:.4f} | {wanted} | "
        f"{groups} | {total['review'] / len(held):.0f} |"
    )


HEAD = (
    "| the TRAC export holds | precision | least in one body | wrong | wrong expected (whole body) | recall | target | White | BME | to a person, a body |",
    "|---|---|---|---|---|---|---|---|---|---|",
)


def main() -> None:
    """Link every body and write the page."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4])
    asked.add_argument("--applications", type=int, nargs="+", default=[1000, 3000, 6000])
    asked.add_argument("--harder", type=int, default=3000)
    given = asked.parse_args()
    seeds, sizes = given.seeds, given.applications
    command = f"python -m evidence.linkage_columns --seeds {' '.join(map(str, seeds))} --applications {' '.join(map(str, sizes))} --harder {given.harder}"
    lines = [
        "# Linking by what the export holds",
        "",
        f"`{command}`, 2026-11-28, 2 cores, 24 GiB, with others at work. Bodies of `evidence/column_population.py`, which shares no name and no "
        "code with the project's own generator: twice as many staff as appointed applications, five quarterly staff lists; of the "
        "applications 78 in 100 have their person in ESR. Names mistyped 2.5% each, known as another name, a second given name dropped, "
        "married, swapped; another email 45%, moved house 12%, a quarter of the starts moved by up to 30 days; relatives, twins and "
        "namesakes of one household; one start in ten without any application. "
        f"Each row: {len(seeds)} seeds and {len(sizes)} sizes together, or one size; without posts {sizes[len(sizes) // 2]:,} applications alone.",
        "",
    ]
    for title, posts in (("Vacancies with staff group, band and title", True), ("Without them", False)):
        lines += [f"## {title}", "", *HEAD]
        by_size = {
            n: [judged(Body(n, 2 * n, seed, posts=posts), COLUMNS if posts else TARGET) for seed in seeds]
            for n in (sizes if posts else sizes[len(sizes) // 2 :][:1])
        }
        for export in COLUMNS if posts else TARGET:
            of = {n: [one[export] for one in held] for n, held in by_size.items()}
            target = TARGET.get(export) if posts else None
            lines.append(row(export, [one for held in of.values() for one in held], target))
            if posts and target:
                lines += [row(f"{export}: {n:,} applications", held, target) for n, held in of.items()]
        lines.append("")
        print("\n".join(lines[-20:]), flush=True)
    lines += [
        "## Harder bodies",
        "",
        f"{given.harder:,} applications, {2 * given.harder:,} staff, every seed.",
        "",
    ]
    for name, more in HARSH.items():
        changed: Any = more
        bodies = [judged(Body(given.harder, 2 * given.harder, seed + 100, **changed)) for seed in seeds]
        rows = [row(export, [one[export] for one in bodies]) for export in TARGET]
        lines += [f"### {name.capitalize()}", "", *HEAD, *rows, ""]
        print("\n".join(lines[-5:]), flush=True)
    OUT.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
