"""Report assets: everything that leaves the building, printed from the figures."""

import dataclasses
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb

from wres_pipeline.commissioning import store as desk_store
from wres_pipeline.disclosure import store as disclosure_store
from wres_pipeline.improvement import plan as action_plans
from wres_pipeline.improvement.progress import progress
from wres_pipeline.indicators import change_store, changes, store
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.orchestration.metadata import OWNER, POOL, markdown_table
from wres_pipeline.orchestration.partitions import reporting_years, year_of
from wres_pipeline.orchestration.resources import Scope, Warehouse
from wres_pipeline.reference import years
from wres_pipeline.reports import assembly, commissioning_pages, notes, release, sign_off
from wres_pipeline.reports.context import PlannedAction, ReturnContext, WithheldFigure
from wres_pipeline.reports.page import Crumb
from wres_pipeline.settings import Settings

INTERNAL, PUBLIC, NOTES = "internal", release.PUBLIC, "notes.yaml"
ACTIONS, PLAN_PAGE = "actions.yaml", "action-plan.html"
LINT_CHECK = "publication_has_no_mistake_that_shows"
AGREES_CHECK, ODD_CHECK = "return_agrees_with_itself", "return_is_not_odd"
NOTES_CHECK = "notes_say_nothing_withheld"


def described(settings: Settings, code: str) -> dict[str, Any]:
    """What the settings say of an organisation, in the words of the report's context."""
    found = settings.organisation(code)
    return {
        "name": found.title,
        "kind": found.kind,
        "fictional": found.fictional,
        "board_lead": found.board_lead,
        "author": found.author,
        "contact": found.contact,
        "commissioners": (found.commissioners_sent_to,) if found.commissioners_sent_to else (),
        "published_at": found.published_at,
    }


def year_folder(scope: Scope, code: str, year: int) -> Path:
    """Where one organisation's outputs of a reporting year stand."""
    return scope.output_folder / code / str(year)


def planned_actions(scope: Scope, code: str, year: int, figures: list[Figure]) -> tuple[PlannedAction, ...]:
    """The action plan on the report's date, each action with its status; empty where there is no plan."""
    file = scope.extracts_folder / code / ACTIONS
    if not file.exists():
        return ()
    by_year = {each: [f for f in figures if f.reporting_year == each] for each in (year, year - 1)}
    on = scope.report_date(years.load(year).publication_deadline)
    stands = progress(action_plans.load(file), by_year, year, on)
    return tuple(
        PlannedAction(
            one.action.action_id,
            one.action.title,
            one.action.owner,
            f"{one.standing.due.day} {one.standing.due:%B %Y}",
            f"{one.standing.status}: {one.standing.because}",
            tuple(one.action.indicators),
        )
        for one in stands.actions
    )


def desk_pages(con: duckdb.DuckDBPyConnection, scope: Scope, code: str, year: int) -> tuple[Crumb, ...]:
    """The commissioner's pages that stand beside the return's, for its navigation."""
    reviews = any(f.section == "provider_log" for f in desk_store.read(con, code, year))
    return commissioning_pages.pages(reviews=reviews, plan=(scope.extracts_folder / code / ACTIONS).exists())


def both_years(con: duckdb.DuckDBPyConnection, table: str, code: str, year: int) -> list[Figure]:
    """The figures of the year and of the year before, from one of the two tables of figures."""
    return [*store.read(con, table, code, year), *store.read(con, table, code, year - 1)]


def internal_edition(
    con: duckdb.DuckDBPyConnection, scope: Scope, code: str, year: int
) -> tuple[list[Figure], ReturnContext]:
    """The true figures of the year and the year before, and the context of the internal edition."""
    from wres_pipeline.reports import notes_safety

    figures = both_years(con, store.FIGURES, code, year)
    notes_file = year_folder(scope, code, year) / NOTES
    found = assembly.gather(
        con,
        code,
        year,
        figures,
        edition="internal",
        described=described(scope.settings(), code),
        dated=scope.report_date(years.load(year).publication_deadline),
        notes_file=notes_file,
    )
    return figures, dataclasses.replace(
        found,
        changes=assembly.change_words(change_store.read(con, code, year), for_public=False),
        actions=planned_actions(scope, code, year, figures),
        action_plan=PLAN_PAGE if (scope.extracts_folder / code / ACTIONS).exists() else "",
        notes_left_out=notes_safety.left_out(
            notes.load(notes_file), figures, both_years(con, store.PROTECTED, code, year)
        ),
        withheld=tuple(WithheldFigure(*row) for row in disclosure_store.withheld(con, code, year)),
    )


def public_edition(
    con: duckdb.DuckDBPyConnection, scope: Scope, code: str, year: int
) -> tuple[list[Figure], ReturnContext]:
    """The protected figures, and the context of the public edition: nothing in it has passed disclosure control by."""
    _, found = internal_edition(con, scope, code, year)
    figures = both_years(con, store.PROTECTED, code, year)
    told = assembly.change_words(changes.public(change_store.read(con, code, year), figures), for_public=True)
    about = dataclasses.replace(
        assembly.public(found, disclosure_store.tables(con, code, year), told),
        actions=planned_actions(scope, code, year, figures),
    )
    folder = year_folder(scope, code, year)
    content = publication_content(con, scope, code, year, figures, about)
    return figures, dataclasses.replace(about, sign_off=sign_off.status(folder, content))


def publication_content(
    con: duckdb.DuckDBPyConnection,
    scope: Scope,
    code: str,
    year: int,
    figures: list[Figure],
    about: ReturnContext,
) -> str:
    """The hash of all that the public edition is made from."""
    files = (year_folder(scope, code, year) / NOTES, scope.extracts_folder / code / ACTIONS)
    desk_rows = repr(desk_store.read(con, code, year)).encode()
    return sign_off.content_hash(
        figures, about, (desk_rows, *(file.read_bytes() for file in files if file.exists()))
    )


@dg.asset(
    group_name="annual_reports",
    owners=[OWNER],
    kinds={"excel", "html", "csv"},
    deps=["figures", "figure_changes", "protected_figures", "commissioning_figures"],
    check_specs=[
        dg.AssetCheckSpec(
            AGREES_CHECK,
            asset="report_annual_return",
            blocking=True,
            description="The sums and limits of the submission hold between its items: a figure is wrong where one does not, "
            "and nothing is published.",
        ),
        dg.AssetCheckSpec(
            ODD_CHECK,
            asset="report_annual_return",
            description="Warns of what is odd between the items of the submission and can be true, such as more people in the "
            "disciplinary process than in the workforce of the snapshot.",
        ),
    ],
    partitions_def=reporting_years,
    pool=POOL,
)
def report_annual_return(
    context: dg.AssetExecutionContext, warehouse: Warehouse, scope: Scope
) -> dg.MaterializeResult:
    """The internal edition: the annual return workbook in the submission's item order, figures.csv and a page."""
    from wres_pipeline.reports import annual_return, figures_csv, site, submission_checks
    from wres_pipeline.reports.figure_set import FigureSet

    year = year_of(context)
    rows, broken = [], []
    for code in scope.report_codes():
        with warehouse.open() as con:
            figures, about = internal_edition(con, scope, code, year)
            more = desk_pages(con, scope, code, year)
        folder = year_folder(scope, code, year) / INTERNAL
        annual_return.write_workbook(figures, about, folder / "annual-return.xlsx")
        figures_csv.write(figures, about, folder)
        site.write_notes_once(figures, about)
        site.write_internal(figures, about, folder, more=more)
        state = "complete" if about.complete else f"incomplete: {', '.join(about.missing_kinds)}"
        rows.append((code, len(figures), state))
        failed = [
            one for one in submission_checks.checks(FigureSet(figures, code, year)) if one.passed is False
        ]
        broken += [(one.severity, f"{code}: {one.name}") for one in failed]
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": len(rows),
            "returns": markdown_table(["organisation", "figures", "state"], rows),
            "folder": dg.MetadataValue.text(f"<output>/<organisation>/{year}/{INTERNAL}"),
        },
        check_results=[
            _of_the_return(AGREES_CHECK, [words for severity, words in broken if severity == "blocking"]),
            _of_the_return(ODD_CHECK, [words for severity, words in broken if severity == "warning"]),
        ],
    )


def _of_the_return(check: str, broken: list[str]) -> dg.AssetCheckResult:
    """The result of a check of the return against itself; its counts stand in the internal edition only."""
    told = "Does not hold, see Checks in the internal edition: " + "; ".join(broken)
    return dg.AssetCheckResult(
        check_name=check,
        passed=not broken,
        severity=dg.AssetCheckSeverity.ERROR if check == AGREES_CHECK else dg.AssetCheckSeverity.WARN,
        description=told[:2000] if broken else "as expected",
        metadata={"failed": len(broken)},
    )


def make_publication(
    figures: list[Figure], about: ReturnContext, draft: Path, more: tuple[Crumb, ...], *, with_pdf: bool
) -> tuple[Path, ...]:
    """Write the public edition into an empty folder; gives the files that the lint reads."""
    from wres_pipeline.reports import annual_return, figures_csv, pdf, reporting_template, site

    workbook = annual_return.write_workbook(figures, about, draft / "annual-return.xlsx")
    open_data, _ = figures_csv.write(figures, about, draft)
    reporting_template.write_docx(figures, about, draft / reporting_template.NAME)
    downloads = (*site.DOWNLOADS, site.PDF_DOWNLOAD) if with_pdf else site.DOWNLOADS
    pages = site.write(figures, about, draft, downloads=downloads, more=more)
    if with_pdf:
        pdf.write_pdf(figures, about, draft / pdf.NAME)
    return (*pages, workbook, open_data)


@dg.asset(
    group_name="annual_reports",
    owners=[OWNER],
    kinds={"excel", "html", "csv"},
    deps=["protected_figures", "figure_changes", "commissioning_figures", "report_annual_return"],
    check_specs=[
        dg.AssetCheckSpec(
            LINT_CHECK,
            asset="report_publication",
            blocking=True,
            description="The publication has no mistake a page shows by itself: ratios, directions, totals, signs, "
            "the same figure with two values. One that has is not released. `wres lint` says the same of anybody's page.",
        ),
        dg.AssetCheckSpec(
            NOTES_CHECK,
            asset="report_publication",
            description="No text of the author's notes says a number that the public edition withholds; one that does is "
            "left out of it.",
        ),
    ],
    partitions_def=reporting_years,
    pool=POOL,
)
def report_publication(
    context: dg.AssetExecutionContext, warehouse: Warehouse, scope: Scope
) -> dg.MaterializeResult:
    """The public edition: static pages, the workbook, open data and the reporting template, from protected figures only."""
    from wres_pipeline.reports import lint, pdf

    year = year_of(context)
    no_pdf = "No publication is asked for."
    if scope.report_codes():
        wanted = scope.settings().reports.pdf
        no_pdf = pdf.missing() if wanted else "Not wanted: [reports] pdf is false in wres.toml."
    rows, findings, left_out = [], [], []
    for code in scope.report_codes():
        with warehouse.open() as con:
            figures, about = public_edition(con, scope, code, year)
            more = desk_pages(con, scope, code, year)
            content = publication_content(con, scope, code, year, figures, about)
        folder = year_folder(scope, code, year)
        made = make_publication(figures, about, release.draft_folder(folder), more, with_pdf=not no_pdf)
        found = lint.lint_files(made)
        findings += [(code, one.rule, one.place, one.words) for one in found]
        left_out += [f"{code}: {one.words}" for one in about.notes_left_out]
        if not found:
            release.release(folder, content=content, dated=about.dated, replaced=("charts/*.svg", pdf.NAME))
        withheld = sum(1 for f in figures if f.state == "withheld")
        rows.append((code, len(made), len(figures), withheld, "not released" if found else "released"))
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": len(rows),
            "publications": markdown_table(["organisation", "files", "figures", "withheld", "state"], rows),
            "folder": dg.MetadataValue.text(f"<output>/<organisation>/{year}/{PUBLIC}"),
            "pdf": dg.MetadataValue.text(no_pdf or "written"),
        },
        check_results=[
            dg.AssetCheckResult(
                check_name=LINT_CHECK,
                passed=not findings,
                description=_not_released(findings) if findings else "nothing found",
                metadata={"found": markdown_table(["organisation", "rule", "place", "words"], findings[:50])},
            ),
            dg.AssetCheckResult(
                check_name=NOTES_CHECK,
                passed=not left_out,
                severity=dg.AssetCheckSeverity.WARN,
                description="; ".join(left_out)[:2000] or "every text of the notes is in the public edition",
            ),
        ],
    )


def _not_released(findings: list[tuple[str, str, str, str]]) -> str:
    codes = ", ".join(sorted({code for code, *_ in findings}))
    told = "; ".join(f"{code}: {place}: {words}" for code, _, place, words in findings)
    return f"Not released ({codes}); it stands in <organisation>/<year>/{release.DRAFT}. {told}"[:2000]
