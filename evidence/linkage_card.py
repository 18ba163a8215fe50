"""The linkage card against the truth: estimated precision and recall by group, and whether a group left behind is told.

    python -m evidence.linkage_card [--bodies 12] [--seed 301] [--applications 2500]

Writes docs/evidence/linkage_card.md.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import duckdb

from evidence.column_population import Body, build, exported
from wres_pipeline import linkage, schema
from wres_pipeline.quality.trac_to_esr import linkage_card

OUT = Path(__file__).parents[1] / "docs" / "evidence" / "linkage_card.md"
EXPORTS = ("no NI, no date of birth", "names and email", "names and start date")
BIAS = 0.08
TRUE = """
SELECT t.wres_group, count(*) FILTER (WHERE l.band = 'automatic' AND l.employee_number = t.employee_number) AS right_ones,
       count(*) FILTER (WHERE l.band = 'automatic') AS linked, count(t.employee_number) AS findable
FROM linkage_links l JOIN linkage_truth t USING (organisation_code, application_id)
GROUP BY ALL
"""


Judged = tuple[dict[str, tuple[float, float, float, float, bool]], list[str]]


def judged(body: Body) -> dict[str, Judged]:
    """By each export, of each group: estimated and true recall, estimated and true precision, and whether the true recall
    lies in the interval; and the findings."""
    con = duckdb.connect()
    schema.bring_up(con)
    build(con, body)
    return {export: _of(con, body, export) for export in EXPORTS}


def _of(con: duckdb.DuckDBPyConnection, body: Body, export: str) -> Judged:
    exported(con, export)
    linkage.link(con, body.organisation_code, body.as_at)
    cards = linkage_card.read(con, [body.organisation_code], body.as_at)[body.organisation_code]
    truth: dict[str, Any] = {row[0]: row[1:] for row in con.execute(TRUE).fetchall()}
    made = {}
    for card in cards:
        if card.breakdown != "ethnic_group" or card.recall is None or card.precision is None:
            continue
        right, linked, findable = truth[card.value]
        low, high = card.recall_interval or (0.0, 1.0)
        true = right / findable
        made[card.value] = (card.recall, true, card.precision, right / linked, low <= true <= high)
    return made, linkage_card.behind(cards)


def main() -> None:
    """Link every body, judge its card and write the page."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--bodies", type=int, default=12)
    asked.add_argument("--seed", type=int, default=301)
    asked.add_argument("--applications", type=int, default=2500)
    given = asked.parse_args()
    lines = [
        "# The linkage card against the truth",
        "",
        f"`python -m evidence.linkage_card --bodies {given.bodies} --seed {given.seed} --applications {given.applications}`, 2026-11-28, 2 cores, 24 GiB. Bodies of "
        f"`evidence/column_population.py`: {given.applications:,} applications, {2 * given.applications:,} staff. Planted bias: names of BME applicants mistyped more often "
        f"({100 * BIAS:g} in 100 of each name, others 2.5), so that fewer of them are found.",
        "",
        "| export | planted bias | group | recall estimated within a point of the truth | true recall within its interval | mean estimated − true "
        "(points) | precision within a point | BME truly two points behind | and told | BME truly less than half a point behind | and told |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    bodies = {
        bias: [
            judged(
                Body(
                    given.applications,
                    2 * given.applications,
                    given.seed + number,
                    typo_of={"BME": BIAS, "White": 0.025} if bias else {},
                )
            )
            for number in range(given.bodies)
        ]
        for bias in (False, True)
    }
    for export in EXPORTS:
        for bias in (False, True):
            held: dict[str, list[tuple[float, float, float, float, bool]]] = {"White": [], "BME": []}
            behind = told = level = wrongly = 0
            for found, findings in (body[export] for body in bodies[bias]):
                for group in held:
                    held[group].append(found[group])
                apart, said = found["White"][1] - found["BME"][1], any(w.startswith("BME") for w in findings)
                behind, told = behind + (apart >= 0.02), told + (apart >= 0.02 and said)
                level, wrongly = level + (apart < 0.005), wrongly + (apart < 0.005 and said)
            for group, rows in held.items():
                n = len(rows)
                near = sum(abs(r[0] - r[1]) <= 0.01 for r in rows)
                within = sum(r[4] for r in rows)
                off = 100 * sum(r[0] - r[1] for r in rows) / n
                precise = sum(abs(r[2] - r[3]) <= 0.01 for r in rows)
                last = (
                    f"{behind} of {n} | {told} of {behind} | {level} of {n} | {wrongly} of {level}"
                    if group == "BME"
                    else "– | – | – | –"
                )
                lines.append(
                    f"| {export} | {'yes' if bias else 'no'} | {group} | {near} of {n} | {within} of {n} | {off:+.2f} | {precise} of {n} | {last} |"
                )
                print(lines[-1], flush=True)
    OUT.write_text("\n".join([*lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
