"""How often a sound delivery is told to look wrong, and how often a wrong one is found, beside its history.

    python -m evidence.plausibility [--seed 20261127]
    python -m evidence.plausibility --changed     only the part on people who changed between White and BME

Generated bodies of four sizes, each with the year's staff list, the list a month before and the one a year before, a year
of applications, courses and cases; as they are, and each with one fault. Writes docs/evidence/plausibility.md. Ends with
status 1 when more than 2 in 100 sound bodies of any size would be blocked.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from wres_pipeline import schema
from wres_pipeline.quality.history import plausibility
from wres_pipeline.quality.history.plausibility_measure import Measure
from wres_pipeline.reference import years
from wres_pipeline.reference.plausibility import Plausibility

REPORT = Path(__file__).parents[1] / "docs" / "evidence" / "plausibility.md"
YEAR = years.load(2021)
NOW, MONTH, LAST = date(2021, 3, 31), date(2021, 2, 28), date(2020, 3, 31)
BODIES = {60: 500, 300: 400, 1000: 200, 6000: 60}
CHANGED_BODIES = {60: 500, 300: 400, 1000: 200, 6000: 20}
CHANGED = "## People who changed between White and BME"
DECLARED_ANEW = (0.005, 0.02, 0.05, 0.06, 0.08)
"""Shares of the people of two lists who really declare the other group in the year. [ours]"""
GROUPS = ("Nursing", "Additional Clinical Services", "Administrative", "Medical", "Allied Health", "Estates")
GROUP_SHARES = (0.28, 0.20, 0.22, 0.11, 0.12, 0.07)
SEASON = np.array([0.8, 0.9, 1.0, 1.0, 0.8, 1.2, 1.2, 1.1, 0.6, 1.2, 1.1, 1.1])
"""Applications by month of the year from April, against the mean: fewer at Easter, in August and at Christmas. [ours]"""

Frames = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Rates:
    """Shares of bodies, by what they were told: anything, and something that blocks; and the codes in order."""

    told: float
    blocked: float
    codes: str


def sound(rng: np.random.Generator, size: int, bodies: int, declared_anew: float = 0.005) -> Frames:
    """Lists of three days and counts of a year for each body: turnover 8 to 22% a year, growth -6 to +10%, a share of BME
    of 2 to 45%, not recorded 1 to 12%, which falls or rises by a few points; some take on a ward of another body."""
    lists, months = [], []
    for body in range(bodies):
        code = f"B{body:04d}"
        n = max(8, int(size * rng.uniform(0.7, 1.3)))
        turnover, growth = rng.uniform(0.08, 0.22), rng.uniform(-0.06, 0.10)
        bme, unknown = rng.uniform(0.02, 0.45), rng.uniform(0.01, 0.12)
        start = _people(rng, code, 0, n, bme, unknown)
        stays = start[rng.random(n) > turnover]
        joiners = _people(
            rng, code, n, max(0, int(n * (1 + growth)) - len(stays)), min(0.6, bme + rng.uniform(0, 0.15)),
            min(0.3, unknown + rng.uniform(-0.02, 0.06) + 0.02),
        )  # fmt: skip
        year_end = pd.concat([stays, joiners], ignore_index=True)
        recorded = rng.random(len(year_end)) < rng.uniform(0, 0.3)  # a campaign for declaration
        year_end.loc[recorded & (year_end.ethnic_state == "not_recorded"), ["ethnic_state", "wres_group"]] = [
            "declared",
            "White",
        ]
        again = (rng.random(len(year_end)) < declared_anew) & (
            year_end.wres_group != "Unknown"
        )  # declared anew
        year_end.loc[again, "wres_group"] = year_end.wres_group[again].map({"White": "BME", "BME": "White"})
        month = pd.concat([
            year_end[rng.random(len(year_end)) > turnover / 12], _people(rng, code, 5 * n, max(0, int(n * turnover / 12)), bme, unknown),
        ], ignore_index=True)  # fmt: skip
        for day, people in ((NOW, year_end), (MONTH, month), (LAST, start)):
            lists.append(people.assign(snapshot_date=day))
        applied = rng.poisson(SEASON * n * rng.uniform(0.5, 2.0) / 12)
        courses = rng.poisson(np.roll(SEASON, 1) * n * rng.uniform(0.2, 1.0) / 12)
        cases = rng.poisson(np.full(12, n * rng.uniform(0.005, 0.02) / 12))
        for kind, counts in (
            ("trac_applications", applied),
            ("training", courses),
            ("employee_relations", cases),
        ):
            months.append(
                pd.DataFrame({"organisation_code": code, "kind": kind, "month": range(12), "things": counts})
            )
    return {"lists": pd.concat(lists, ignore_index=True), "months": pd.concat(months, ignore_index=True)}


def _people(
    rng: np.random.Generator, code: str, first: int, n: int, bme: float, unknown: float
) -> pd.DataFrame:
    state = np.where(
        rng.random(n) < unknown, "not_recorded", np.where(rng.random(n) < 0.04, "declined", "declared")
    )
    group = np.where(state != "declared", "Unknown", np.where(rng.random(n) < bme, "BME", "White"))
    return pd.DataFrame({
        "organisation_code": code, "employee_number": [f"{code}{first + i}" for i in range(n)],
        "staff_group": rng.choice(GROUPS, n, p=GROUP_SHARES), "site": rng.choice(["North", "South", "West"], n, p=[0.5, 0.3, 0.2]),
        "ethnic_state": state, "wres_group": group,
    })  # fmt: skip


def _now(frames: Frames, change: Callable[[pd.DataFrame], pd.DataFrame]) -> Frames:
    lists = frames["lists"]
    today = lists["snapshot_date"] == NOW
    return {**frames, "lists": pd.concat([lists[~today], change(lists[today].copy())], ignore_index=True)}


def _months(frames: Frames, kind: str, change: Callable[[pd.DataFrame], pd.Series]) -> Frames:
    months = frames["months"].copy()
    mine = months["kind"] == kind
    months.loc[mine, "things"] = change(months[mine])
    return {**frames, "months": months}


def faults(rng: np.random.Generator) -> dict[str, Callable[[Frames], Frames]]:
    """Name -> what it does to a sound body."""

    def missing(share: float) -> Callable[[Frames], Frames]:
        return lambda frames: _now(frames, lambda t: t[rng.random(len(t)) >= share])

    def others(t: pd.DataFrame) -> pd.DataFrame:
        codes = sorted(t["organisation_code"].unique())
        moved = dict(zip(codes, codes[1:] + codes[:1], strict=True))
        return t.assign(organisation_code=t["organisation_code"].map(moved))

    def white(t: pd.DataFrame) -> pd.DataFrame:
        return t.assign(wres_group="White", ethnic_state="declared")

    def blanked(t: pd.DataFrame) -> pd.DataFrame:
        gone = rng.random(len(t)) < 0.3
        t.loc[gone, ["ethnic_state", "wres_group"]] = ["not_recorded", "Unknown"]
        return t

    def sorted_alone(t: pd.DataFrame) -> pd.DataFrame:
        for _, rows in t.groupby("organisation_code").groups.items():
            t.loc[rows, ["ethnic_state", "wres_group"]] = (
                t.loc[rows, ["ethnic_state", "wres_group"]]
                .sort_values(["wres_group", "ethnic_state"])
                .to_numpy()
            )
        return t

    return {
        "ethnicity sorted by itself": lambda f: _now(f, sorted_alone),
        "ethnicity moved up by one row": lambda f: _now(
            f, lambda t: t.assign(ethnic_state=np.roll(t["ethnic_state"], -1), wres_group=np.roll(t["wres_group"], -1))
        ),
        "four in ten rows missing": missing(0.4),
        "a quarter of the rows missing": missing(0.25),
        "one in ten rows missing": missing(0.1),
        "one staff group missing (nursing)": lambda f: _now(f, lambda t: t[t["staff_group"] != "Nursing"]),
        "one staff group missing (estates)": lambda f: _now(f, lambda t: t[t["staff_group"] != "Estates"]),
        "one row": lambda f: _now(f, lambda t: t.groupby("organisation_code").head(1)),
        "another body's list": lambda f: _now(f, others),
        "everybody White": lambda f: _now(f, white),
        "ethnicity blank in three of ten": lambda f: _now(f, blanked),
        "numbers lost their zeros": lambda f: _now(f, lambda t: t.assign(employee_number="0" + t["employee_number"])),
        "TRAC from October on": lambda f: _months(f, "trac_applications", lambda m: m["things"].where(m["month"] >= 6, 0)),
        "TRAC without two months": lambda f: _months(f, "trac_applications", lambda m: m["things"].where(~m["month"].isin([4, 5]), 0)),
        "training to December only": lambda f: _months(f, "training", lambda m: m["things"].where(m["month"] < 9, 0)),
        "last year's training file": lambda f: {**f, "shift": pd.DataFrame({"kind": ["training"]})},
    }  # fmt: skip


def measured(frames: Frames) -> list[Measure]:
    """The comparisons of all bodies, made by the code of a run, over core tables of these frames."""
    with duckdb.connect() as con:
        schema.bring_up(con)
        con.register("lists", frames["lists"])
        con.register("months", frames["months"])
        con.execute(
            "INSERT INTO core_assignments (delivery_id, row_number, organisation_code, snapshot_date, employee_number, staff_group, "
            "site, ethnic_state, wres_group, pay_scale, exclusion_reason, chosen) SELECT organisation_code || snapshot_date, 1, "
            "organisation_code, snapshot_date, employee_number, staff_group, site, ethnic_state, wres_group, "
            "hash(employee_number), '', TRUE FROM lists"
        )
        con.execute(
            "INSERT INTO deliveries (delivery_id, content_hash, kind, organisation_code, period, file_name, sequence, present) "
            "SELECT DISTINCT organisation_code || snapshot_date, organisation_code || snapshot_date, 'esr_staff_list', organisation_code, "
            "snapshot_date, 'list', 1, TRUE FROM lists UNION ALL SELECT DISTINCT organisation_code || kind, organisation_code || kind, "
            "kind, organisation_code, DATE '2021-03-31', kind, 1, TRUE FROM months"
        )
        back = 12 if "shift" in frames else 0
        for kind, table, columns in (
            (
                "trac_applications",
                "core_applications",
                "delivery_id, organisation_code, application_id, reference_date",
            ),
            ("training", "core_training", "delivery_id, organisation_code, employee_number, completed"),
            (
                "employee_relations",
                "core_disciplinary_cases",
                "delivery_id, organisation_code, case_reference, opened",
            ),
        ):
            moved = back if kind == "training" else 0
            con.execute(
                f"INSERT INTO {table} ({columns}) SELECT organisation_code || kind, organisation_code, "  # noqa: S608
                f"month || '-' || n, DATE '2020-04-10' + to_months(month::INTEGER - {moved}) FROM (SELECT *, unnest(range(things)) AS n "
                f"FROM months WHERE kind = '{kind}')"
            )
        return plausibility.measure(
            con, sorted(frames["lists"]["organisation_code"].unique()), YEAR, Plausibility()
        )


def rates(measures: list[Measure], bodies: int) -> Rates:
    """The shares of `bodies` that are told anything, and something that blocks."""
    told: dict[str, set[str]] = {}
    for one in measures:
        if not one.fits:
            told.setdefault(one.code, set()).add(one.organisation_code)
            if one.severity == "blocks":
                told.setdefault("", set()).add(one.organisation_code)
    blocked = len(told.pop("", set()))
    every = set().union(*told.values()) if told else set()
    codes = ", ".join(
        f"{code} {100 * len(mine) / bodies:.0f}%"
        for code, mine in sorted(told.items(), key=lambda c: -len(c[1]))
    )
    return Rates(len(every) / bodies, blocked / bodies, codes)


def changed(seed: int, *, quick: bool = False) -> list[str]:
    """The part of the page on people who changed between White and BME: false alarms by how many really did, and detection."""
    rows: dict[str, dict[int, float]] = {}
    for size, number in CHANGED_BODIES.items():
        bodies = number // 10 if quick else number
        for share in DECLARED_ANEW:
            frames = sound(np.random.default_rng([seed, size, round(1000 * share)]), size, bodies, share)
            rows.setdefault(f"sound, {100 * share:g}% declare anew in the year", {})[size] = _told_changed(
                frames
            )
        frames = sound(np.random.default_rng([seed, size, 2]), size, bodies)
        spoils = faults(np.random.default_rng([seed, size, 3]))
        for name in ("ethnicity sorted by itself", "ethnicity moved up by one row"):
            rows.setdefault(name, {})[size] = _told_changed(spoils[name](frames))
    limits = Plausibility()
    return [
        CHANGED,
        "",
        f"`python -m evidence.plausibility --changed --seed {seed}`, {date.today():%-d %B %Y}, {os.cpu_count()} cores: "
        + ", ".join(f"{n} bodies of about {size:,} staff" for size, n in CHANGED_BODIES.items())
        + ".",
        f"The limit is `group_changed` of `[plausibility]` in the settings ({100 * limits.group_changed:g}%) and {limits.standard_errors:g} "
        "standard errors for the size of the body.",
        "Each cell: bodies told `ethnic_group_changed`, in 100, which blocks until it is confirmed.",
        "",
        "| delivery | " + " | ".join(f"{size:,} staff" for size in CHANGED_BODIES) + " |",
        "|---|" + "---:|" * len(CHANGED_BODIES),
        *(
            f"| {name} | " + " | ".join(f"{100 * by_size[size]:.1f}" for size in CHANGED_BODIES) + " |"
            for name, by_size in rows.items()
        ),
        "",
    ]


def _told_changed(frames: Frames) -> float:
    frames = {**frames, "months": frames["months"].assign(things=0)}
    told = {
        one.organisation_code
        for one in measured(frames)
        if one.code == "ethnic_group_changed" and not one.fits
    }
    return len(told) / frames["lists"]["organisation_code"].nunique()


def main() -> int:
    """Run all sizes and faults, and write the page."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seed", type=int, default=20261127)
    options.add_argument(
        "--changed", action="store_true", help="only the part on changed ethnic groups, put into the page"
    )
    options.add_argument("--quick", action="store_true", help="a tenth of the bodies, and no page")
    given = options.parse_args()
    if given.changed:
        part = "\n".join(changed(given.seed, quick=given.quick))
        print(part)
        if not given.quick:
            before = REPORT.read_text(encoding="utf-8").split(CHANGED)[0].rstrip()
            REPORT.write_text(f"{before}\n\n{part}", encoding="utf-8")
        return 0
    began = time.perf_counter()
    rows: dict[str, dict[int, Rates]] = {}
    for size, number in BODIES.items():
        bodies = number // 10 if given.quick else number
        frames = sound(np.random.default_rng([given.seed, size]), size, bodies)
        for name, spoil in {
            "sound": lambda f: f,
            **faults(np.random.default_rng([given.seed, size, 1])),
        }.items():
            rows.setdefault(name, {})[size] = rates(measured(spoil(frames)), bodies)
    took = time.perf_counter() - began
    for name, by_size in rows.items():
        print(
            f"{name:36}",
            "  ".join(f"{size}: {100 * r.told:.0f}/{100 * r.blocked:.0f}" for size, r in by_size.items()),
        )
    print({size: rates.codes for size, rates in rows["sound"].items()})
    if not given.quick:
        whole = page(rows, given.seed, took) + "\n" + "\n".join(changed(given.seed))
        REPORT.write_text(whole, encoding="utf-8")
    return 1 if max(r.blocked for r in rows["sound"].values()) > 0.02 else 0


def page(rows: dict[str, dict[int, Rates]], seed: int, took: float) -> str:
    """The page of results."""
    sizes = list(BODIES)
    lines = [
        "# Plausibility: false alarms and detection",
        "",
        f"`python -m evidence.plausibility --seed {seed}`, {date.today():%-d %B %Y}, {os.cpu_count()} cores, {took:.0f} s.",
        "",
        "Generated bodies, each with the staff list of 31 March, of the month and of the year before, and a year of",
        "applications, courses and cases: "
        + ", ".join(f"{n} of about {size:,} staff" for size, n in BODIES.items())
        + ".",
        "Turnover 8 to 22% a year, growth -6 to +10%, ethnicity moving with joiners and declarations, seasons in recruitment.",
        "Each cell: bodies told anything / bodies blocked, in 100. The limits are those of `[plausibility]` in the settings.",
        "",
        "| delivery | " + " | ".join(f"{size:,} staff" for size in sizes) + " |",
        "|---|" + "---:|" * len(sizes),
    ]
    for name, by_size in rows.items():
        lines.append(
            f"| {name} | "
            + " | ".join(f"{100 * by_size[s].told:.1f} / {100 * by_size[s].blocked:.1f}" for s in sizes)
            + " |"
        )
    lines += ["", "## What sound bodies are told", ""]
    lines += [f"- {size:,} staff: {rows['sound'][size].codes or 'nothing'}" for size in sizes]
    lines += [
        "",
        "A tenth of the rows missing is found in large bodies by the list of the month before, and hardly in small ones; nor is a",
        "small part found that is gone from a small body. Chance is as large there; the joins to the other extracts find them.",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
