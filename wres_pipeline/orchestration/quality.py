"""Quality assets of a month: who was linked, did the ethnicity declared in TRAC arrive in ESR, and when it stopped."""

import dataclasses
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import dagster as dg
import duckdb

from wres_pipeline import background
from wres_pipeline.disclosure.releases import Release
from wres_pipeline.indicators import store
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.linkage import decisions, linking
from wres_pipeline.orchestration.disclosure import policy_of, put_on_register, releases_of
from wres_pipeline.orchestration.metadata import OWNER, POOL, described, markdown_table
from wres_pipeline.orchestration.partitions import month_end, months
from wres_pipeline.orchestration.resources import RunConfig, Warehouse
from wres_pipeline.quality import break_point, gap, month
from wres_pipeline.reference import years
from wres_pipeline.reports.release import edition_folders

if TYPE_CHECKING:
    from wres_pipeline.reports.quality import circulation

GAP_CHECK = "ethnicity_declared_in_trac_arrives_in_esr"


def in_words(found: break_point.Break) -> str:
    """What the series of months says, in one line."""
    words = break_point.VERDICTS[found.verdict].lower()
    if found.pace is not None:
        return f"{words} ({100 * found.pace:.0f} percentage points less in a year)"
    if found.month is None or found.before is None or found.after is None:
        return words
    shares = f"{100 * found.before:.0f}% arrived before, {100 * found.after:.0f}% after"
    repaired = f", repaired in {found.repaired:%B %Y}" if found.repaired else ""
    return f"{words} in {found.month:%B %Y} ({shares}){repaired}"


@dg.asset(
    group_name="quality",
    owners=[OWNER],
    kinds={"duckdb", "sql", "splink"},
    deps=["core_applications", "core_staff_identities", "core_assignments"],
    partitions_def=months,
    pool=POOL,
)
def linkage_links(
    context: dg.AssetExecutionContext, warehouse: Warehouse, scope: RunConfig
) -> dg.MaterializeResult:
    """One row an appointed application: the member of staff it was linked to, by which pass, how surely. Restricted."""
    codes = scope.report_codes()
    with warehouse.open() as con:
        made = linking.link(
            con,
            codes,
            month_end(context.partition_key),
            {code: scope.extracts_folder / code / decisions.FILE_NAME for code in codes},
        )
        rows = [(code, method, band, n) for (code, method, band), n in sorted(made.counts.items())]
        return dg.MaterializeResult(
            metadata=described(
                con,
                "linkage_links",
                links=markdown_table(["organisation", "pass", "band", "applications"], rows[:60]),
                **{"reviewer's decisions used": made.decisions_used, "and not used": made.decisions_unused},
            )
        )


@dg.asset(
    group_name="quality",
    owners=[OWNER],
    kinds={"duckdb", "sql"},
    deps=["linkage_links", "core_applications", "core_recruitment_summary", "core_staff_identities"],
    check_specs=[
        dg.AssetCheckSpec(
            GAP_CHECK,
            asset="quality_gap",
            description="Warns of single losses on the way from TRAC to ESR; an error when the arrival of declared "
            "ethnicity has broken and not been repaired.",
        )
    ],
    partitions_def=months,
    pool=POOL,
)
def quality_gap(
    context: dg.AssetExecutionContext, warehouse: Warehouse, scope: RunConfig
) -> dg.MaterializeResult:
    """One row an appointed application, in exactly one of eleven states: in sync, missing in ESR, conflict … Restricted."""
    as_at = month_end(context.partition_key)
    codes = scope.report_codes()
    lag = scope.settings().gap.normal_lag_days
    with warehouse.open() as con:
        accounts = gap.account(
            con, codes, as_at, normal_lag_days=lag, own_lag=scope.settings().gap.lag_limits
        )
        metadata = described(con, "quality_gap")
    states, arrivals, words, breaks, broken, lost = [], [], [], [], False, 0
    for code, account in accounts.items():
        found = break_point.find(account.series)
        broken = broken or found.open
        lost += account.lost
        words.append(f"{code}: {account.lost} declared in TRAC and not in ESR; {in_words(found)}")
        breaks.append((code, account.lost, account.states["conflict"], in_words(found)))
        states += [(code, state.replace("_", " "), n) for state, n in account.states.items()]
        arrivals += [(code, f"{m.month:%Y-%m}", m.arrived, m.lost) for m in account.months]
    return dg.MaterializeResult(
        metadata={
            **metadata,
            "states": markdown_table(["organisation", "state", "appointed applications"], states[:220]),
            "external starters by month": markdown_table(
                ["organisation", "month", "arrived in ESR", "lost"], arrivals[-240:]
            ),
        },
        check_results=[
            dg.AssetCheckResult(
                check_name=GAP_CHECK,
                passed=not lost and not broken,
                severity=dg.AssetCheckSeverity.ERROR if broken else dg.AssetCheckSeverity.WARN,
                description=f"At {as_at.isoformat()}: {'; '.join(words)}"[:2000],
                metadata={
                    "month": f"{as_at:%Y-%m}",
                    "declared in TRAC and not in ESR": lost,
                    "organisations": len(accounts),
                    "by organisation": markdown_table(
                        ["organisation", "declared and not in ESR", "conflicts", "arrival of ethnicity"],
                        breaks[:60],
                    ),
                    "external starters by month": markdown_table(
                        ["organisation", "month", "arrived in ESR", "lost"], arrivals[-240:]
                    ),
                },
            )
        ],
    )


@dg.asset(
    group_name="quality",
    owners=[OWNER],
    kinds={"duckdb", "python"},
    deps=[
        "quality_gap",
        "linkage_links",
        "core_workforce",
        "core_applications",
        "core_staff_identities",
        "deliveries",
        "quarantine",
        "restatements",
    ],
    partitions_def=months,
    pool=POOL,
)
def quality_figures(
    context: dg.AssetExecutionContext, warehouse: Warehouse, scope: RunConfig
) -> dg.MaterializeResult:
    """One row a figure of the month's ethnicity data quality: states, trend, forecast, gap, conflicts, deliveries."""
    as_at = month_end(context.partition_key)
    codes = scope.report_codes()
    with warehouse.open() as con:
        accounts = gap.read(con, codes, as_at)
        year = year_with_snapshot(as_at)
        figures = closed = None
        if year is not None:
            figures = store.work_out(con, codes, year)
            with gap.as_if_closed(con, codes, as_at):
                closed = store.work_out(con, codes, year)
        made = month.make(
            con, accounts, as_at, target=scope.settings().targets.declaration, figures=figures, closed=closed
        )
        sections: dict[tuple[str, str], int] = {}
        for code, rows in made.items():
            for figure in rows:
                sections[code, figure.section] = sections.get((code, figure.section), 0) + 1
        return dg.MaterializeResult(
            metadata=described(
                con,
                "quality_figures",
                sections=markdown_table(
                    ["organisation", "section", "figures"],
                    [(code, section.replace("_", " "), n) for (code, section), n in sections.items()],
                ),
            )
        )


def year_with_snapshot(day: date) -> int | None:
    """The latest reporting year whose 31 March is not after the day; None before the first."""
    known = [year for year in years.all_years() if years.load(year).snapshot_date <= day]
    return known[-1] if known else None


CIRCULATION_SAFE = "circulated_report_cannot_be_worked_back"
TRUE_COUNTS = "internal"


@dg.asset(
    group_name="monthly_reports",
    owners=[OWNER],
    kinds={"html", "excel", "csv"},
    deps=["quality_figures"],
    check_specs=[
        dg.AssetCheckSpec(
            CIRCULATION_SAFE,
            asset="report_quality",
            description="The report for circulation is written only where no withheld count can be worked out of it, and "
            "no small change out of its difference to the months beside it.",
        )
    ],
    partitions_def=months,
    pool=POOL,
)
def report_quality(
    context: dg.AssetExecutionContext, warehouse: Warehouse, scope: RunConfig
) -> dg.MaterializeResult:
    """The month's ethnicity data-quality report: page, workbook and figures, for circulation and with true counts."""
    from wres_pipeline.reports.quality import circulation, month_report

    as_at = month_end(context.partition_key)
    settings = scope.settings()
    year = year_with_snapshot(as_at)
    rows, unsafe = [], []
    drawn: list[background.Work[list[Path]]] = []
    for code in scope.report_codes():
        with warehouse.open() as con:
            figures = month.read(con, code, as_at)
            releases = releases_of(con, scope, code)
            shown = published_beside(con, code, as_at, year, releases)
            other_months = months_beside(
                con, code, as_at, scope.output_folder / code / edition_folders.QUALITY, releases
            )
        found = settings.organisation(code)
        about = month_report.About(
            code,
            found.title,
            as_at,
            scope.report_date(as_at),
            target=settings.targets.declaration,
            fictional=found.fictional,
            contact=found.contact,
            normal_lag_days=settings.gap.normal_lag_days,
        )
        folder = edition_folders.quality_folder(scope.output_folder, code, as_at)
        drawn.append(background.submit(month_report.write, figures, about, folder / TRUE_COUNTS))
        policy = policy_of(settings, year or years.all_years()[0])
        safe = circulation.for_circulation(
            figures,
            policy,
            public_figures=shown,
            releases=releases,
            target=settings.targets.declaration,
            beside=other_months,
        )
        if safe.safe:
            if safe.release is not None:
                said = dataclasses.replace(
                    safe.release, texts=month_report.texts(safe.figures, figures, as_at)
                )
                with warehouse.open() as con:
                    put_on_register(con, scope, said, about.dated)
            passed_round = dataclasses.replace(
                about, edition=month_report.CIRCULATION, nearest=policy.nearest
            )
            drawn.append(background.submit(month_report.write, safe.figures, passed_round, folder))
        else:
            month_report.remove(folder)
            unsafe.append((code, safe.words()))
        rows.append((code, len(figures), sum(1 for f in safe.figures if f.state == "withheld")))
    for work in drawn:
        work.result()
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": len(rows),
            "reports": markdown_table(["organisation", "figures", "withheld for circulation"], rows),
            "folder": dg.MetadataValue.text(f"<output>/<organisation>/data-quality/{as_at:%Y-%m}"),
        },
        check_results=[
            dg.AssetCheckResult(
                check_name=CIRCULATION_SAFE,
                passed=not unsafe,
                description="; ".join(f"{code}: {words}" for code, words in unsafe) or "every count is safe",
            )
        ],
    )


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
) -> "list[circulation.Month]":
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


@dg.asset(
    group_name="monthly_reports",
    owners=[OWNER],
    kinds={"csv"},
    deps=["quality_gap", "linkage_links", "quarantine"],
    partitions_def=months,
    pool=POOL,
)
def report_restricted(
    context: dg.AssetExecutionContext, warehouse: Warehouse, scope: RunConfig
) -> dg.MaterializeResult:
    """People's rows for the people team: corrections to key into ESR, links, pairs to decide, quarantine. Mode 0600."""
    from wres_pipeline.reports.restricted import restricted_files

    as_at = month_end(context.partition_key)
    rows = []
    for code in scope.report_codes():
        folder = edition_folders.restricted_folder(scope.output_folder, code, as_at)
        with warehouse.open() as con:
            made = restricted_files.write(con, code, as_at, folder, scope.settings().gap.review_pairs)
        rows.append((code, ", ".join(path.name for path in made)))
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": len(rows),
            "files": markdown_table(["organisation", "files"], rows),
            "folder": dg.MetadataValue.text(f"<output>/<organisation>/restricted/{as_at:%Y-%m}"),
        }
    )
