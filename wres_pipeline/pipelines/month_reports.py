"""The reports of a month: ethnicity data quality for circulation and with true counts, and people's rows, restricted."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from wres_pipeline import background
from wres_pipeline.disclosure.register.releases import Release
from wres_pipeline.indicators import store
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.pipelines import check_outcomes, editions, fingerprints, records
from wres_pipeline.pipelines.month_tables import GAP, LINKS, QUALITY_FIGURES, year_with_snapshot
from wres_pipeline.pipelines.run_scope import Run, RunScope
from wres_pipeline.pipelines.step import Done, Fact, Step, one_by_one
from wres_pipeline.pipelines.year_tables import FIGURES, PROTECTED
from wres_pipeline.quality import month
from wres_pipeline.quality.expectations import Outcome
from wres_pipeline.reference import years
from wres_pipeline.reports.release import edition_folders

if TYPE_CHECKING:
    from wres_pipeline.reports.quality import circulation, month_report

QUALITY, RESTRICTED = "report_quality", "report_restricted"
CIRCULATION_SAFE = "circulated_report_cannot_be_worked_back"
TRUE_COUNTS = "internal"


@dataclass(frozen=True, slots=True)
class Begun:
    """A month's report that is being drawn. unsafe: why none is written for circulation, "" where one is."""

    figures: int
    withheld: int
    unsafe: str
    drawn: tuple[background.Work[list[Path]], ...]


def about_of(scope: RunScope, code: str, as_at: date) -> month_report.About:
    """What a month's report says of the organisation."""
    from wres_pipeline.reports.quality import month_report

    settings = scope.settings
    found = settings.organisation(code)
    return month_report.About(
        code,
        found.title,
        as_at,
        scope.judged_on(as_at),
        target=settings.targets.declaration,
        fictional=found.fictional,
        contact=found.contact,
        normal_lag_days=settings.gap.normal_lag_days,
    )


def _begin(run: Run, code: str) -> Begun:
    from wres_pipeline.reports.quality import circulation, month_report

    scope, as_at = run.scope, run.month_end
    year = year_with_snapshot(as_at)
    with scope.open() as con:
        figures = month.read(con, code, as_at)
        releases = editions.releases_of(con, scope, code)
        shown = published_beside(con, code, as_at, year, releases)
        other_months = months_beside(
            con, code, as_at, scope.output / code / edition_folders.QUALITY, releases
        )
    about = about_of(scope, code, as_at)
    folder = edition_folders.quality_folder(scope.output, code, as_at)
    drawn = [background.submit(month_report.write, figures, about, folder / TRUE_COUNTS)]
    policy = editions.policy_of(scope.settings, year or years.all_years()[0])
    safe = circulation.for_circulation(
        figures,
        policy,
        public_figures=shown,
        releases=releases,
        target=scope.settings.targets.declaration,
        beside=other_months,
    )
    if safe.safe:
        if safe.release is not None:
            texts = month_report.texts(safe.figures, figures, as_at)
            with scope.open() as con:
                said = dataclasses.replace(safe.release, texts=texts)
                editions.put_on_register(con, scope, said, about.dated)
        circulated = dataclasses.replace(about, edition=month_report.CIRCULATION, nearest=policy.nearest)
        drawn.append(background.submit(month_report.write, safe.figures, circulated, folder))
    else:
        month_report.remove(folder)
    withheld = sum(1 for f in safe.figures if f.state == "withheld")
    return Begun(len(figures), withheld, "" if safe.safe else safe.words(), tuple(drawn))


def _finish(run: Run, code: str, begun: Begun) -> Done:
    files = tuple(path for work in begun.drawn for path in work.result())
    outcome = Outcome(
        CIRCULATION_SAFE, QUALITY, check_outcomes.ERROR, code, not begun.unsafe, begun.unsafe or "every count is safe",
        begun.figures,
    )  # fmt: skip
    facts: dict[str, Fact] = {"figures": begun.figures, "withheld for circulation": begun.withheld}
    return Done(facts, (outcome,), files)


def published_beside(
    con: duckdb.DuckDBPyConnection, code: str, as_at: date, year: int | None, releases: Sequence[Release]
) -> list[Figure]:
    """The return's figures of the same 31 March as published, where the month ends on it and they were."""
    if year is None or years.load(year).snapshot_date != as_at:
        return []
    if not any((one.product, one.period) == ("annual", str(year)) for one in releases):
        return []
    return store.read(con, store.PROTECTED, code, year)


def months_beside(
    con: duckdb.DuckDBPyConnection, code: str, as_at: date, folder: Path, releases: Sequence[Release]
) -> list[circulation.Month]:
    """The month's own report where readers have one already, the latest month before and the first after whose report
    was passed round, as the register says, or the file of one that no register knows.
    """
    from wres_pipeline.reports.quality import circulation, month_report

    told = {
        date.fromisoformat(one.texts["month"]): one
        for one in releases
        if one.product == circulation.PRODUCT and "month" in one.texts
    }
    in_folders = {
        day
        for (day,) in con.execute(
            "SELECT DISTINCT month FROM quality_figures WHERE organisation_code = ? AND month <> ? ORDER BY month",
            [code, as_at],
        ).fetchall()
        if (folder / f"{day:%Y-%m}" / month_report.FIGURES).is_file()
    }
    days = sorted({*told, *in_folders})
    exact = circulation.exact_counts(releases)
    found = []
    for day in [*[d for d in days if d < as_at][-1:], *[d for d in days if d > as_at][:1]]:
        if day in told:
            texts = told[day].texts
            printed, true = (month_report.from_csv(texts[name]) for name in ("printed", "true"))
        else:
            printed = month_report.read_csv(folder / f"{day:%Y-%m}" / month_report.FIGURES)
            true = month.read(con, code, day)
        found.append(circulation.Month(printed, true, exact))
    return found


def _beside(run: Run, con: duckdb.DuckDBPyConnection, code: str) -> list[bytes | str]:
    """The return of the same 31 March, and the reports of the other months."""
    year = year_with_snapshot(run.month_end)
    parts: list[bytes | str] = []
    if year is not None and years.load(year).snapshot_date == run.month_end:
        parts += [records.key_of(con, each, code, str(year)) for each in (FIGURES, PROTECTED)]
    mine = edition_folders.quality_folder(run.scope.output, code, run.month_end)
    for folder in sorted(mine.parent.iterdir()) if mine.parent.is_dir() else ():
        if folder != mine and folder.is_dir():
            from wres_pipeline.reports.quality import month_report

            parts += [folder.name, *fingerprints.content_of(folder / month_report.FIGURES)]
            parts.append(records.key_of(con, QUALITY_FIGURES, code, folder.name))
    return parts


def _no_beginning(run: Run, code: str) -> None:
    return None


def _restricted(run: Run, code: str, _: None) -> Done:
    from wres_pipeline.reports.restricted import restricted_files

    folder = edition_folders.restricted_folder(run.scope.output, code, run.month_end)
    with run.scope.open() as con:
        mine = run.scope.settings.gap
        made = restricted_files.write(
            con, code, run.month_end, folder, mine.review_pairs, mine.characteristics_in_correction_list
        )
    return Done({"files": len(made)}, (), tuple(made))


def _marked_before(run: Run, con: duckdb.DuckDBPyConnection, code: str) -> list[bytes | str]:
    """The clerk's workbook of the month before, whose marks this month's says held or not."""
    from wres_pipeline.reports.restricted import clerk_workbook

    folder = edition_folders.restricted_folder(run.scope.output, code, run.month_end)
    before = clerk_workbook.earlier(folder)
    return [before.parent.name, *fingerprints.content_of(before)] if before else []


MONTH_REPORTS = (
    Step(
        RESTRICTED,
        one_by_one(_no_beginning, _restricted),
        (RESTRICTED,),
        after=(GAP, LINKS),
        extracts=True,
        reads=_marked_before,
    ),
    Step(
        QUALITY,
        one_by_one(_begin, _finish),
        (QUALITY,),
        after=(QUALITY_FIGURES,),
        extracts=True,
        reads=_beside,
    ),
)
"""The steps that write reports of a month, in order."""
