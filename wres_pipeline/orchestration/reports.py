"""Report assets: everything that leaves the building, printed from the figures."""

import dataclasses
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb

from wres_pipeline import background
from wres_pipeline.action_plan import plan as action_plans
from wres_pipeline.action_plan.plan import Plan
from wres_pipeline.action_plan.progress import PlanProgress, progress
from wres_pipeline.commissioner import provider_log
from wres_pipeline.commissioner import store as desk_store
from wres_pipeline.disclosure import release_store
from wres_pipeline.disclosure import store as disclosure_store
from wres_pipeline.governance import audit_trail
from wres_pipeline.indicators import change_store, changes, store
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.orchestration.disclosure import policy_of, put_on_register
from wres_pipeline.orchestration.metadata import OWNER, POOL, markdown_table
from wres_pipeline.orchestration.partitions import reporting_years, year_of
from wres_pipeline.orchestration.resources import RunConfig, Warehouse
from wres_pipeline.reference import years
from wres_pipeline.render.page import BreadcrumbItem
from wres_pipeline.reports import report_context
from wres_pipeline.reports.annual import notes
from wres_pipeline.reports.commissioner import commissioner_pages
from wres_pipeline.reports.context import PlannedAction, ReturnContext, WithheldFigure
from wres_pipeline.reports.release import (
    edition_folders,
    notes_disclosure,
    plan_disclosure,
    release,
    sign_off,
)
from wres_pipeline.reports.release.edition_folders import EditionFolders
from wres_pipeline.settings import Settings

ACTIONS, PLAN_PAGE = plan_disclosure.FILE, "action-plan.html"
LINT_CHECK = "publication_has_no_mistake_that_shows"
AGREES_CHECK, ODD_CHECK = "return_agrees_with_itself", "return_is_not_odd"
TEXTS_CHECK = "texts_say_nothing_withheld"


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


def folders_of(scope: RunConfig, code: str, year: int) -> EditionFolders:
    """Where one organisation's outputs of a reporting year stand."""
    return EditionFolders(scope.output_folder, code, year)


def action_plan(scope: RunConfig, code: str) -> Plan | None:
    """The organisation's action plan as it was written; None where there is none."""
    file = scope.extracts_folder / code / ACTIONS
    return action_plans.load(file) if file.exists() else None


def progress_of(scope: RunConfig, plan: Plan | None, year: int, figures: list[Figure]) -> PlanProgress | None:
    """The plan on the report's date, with the figures of one edition; None for no plan."""
    if plan is None:
        return None
    by_year = {each: [f for f in figures if f.reporting_year == each] for each in (year, year - 1)}
    return progress(plan, by_year, year, scope.report_date(years.load(year).publication_deadline))


def planned_actions(stands: PlanProgress | None) -> tuple[PlannedAction, ...]:
    """The actions of a plan in the words of a return's context."""
    return tuple(
        PlannedAction(
            one.action.action_id,
            one.action.title,
            one.action.owner,
            f"{one.standing.due.day} {one.standing.due:%B %Y}",
            f"{one.standing.status}: {one.standing.because}",
            tuple(one.action.indicators),
        )
        for one in (stands.actions if stands else ())
    )


def desk_pages(
    con: duckdb.DuckDBPyConnection, scope: RunConfig, code: str, year: int
) -> tuple[BreadcrumbItem, ...]:
    """The commissioner's pages that stand beside the return's, for its navigation."""
    reviews = provider_log.tells_of_providers(desk_store.read(con, code, year))
    return commissioner_pages.pages(reviews=reviews, plan=(scope.extracts_folder / code / ACTIONS).exists())


def both_years(con: duckdb.DuckDBPyConnection, table: str, code: str, year: int) -> list[Figure]:
    """The figures of the year and of the year before, from one of the two tables of figures."""
    return [*store.read(con, table, code, year), *store.read(con, table, code, year - 1)]


def internal_edition(
    con: duckdb.DuckDBPyConnection, scope: RunConfig, code: str, year: int
) -> tuple[list[Figure], ReturnContext]:
    """The true figures of the year and the year before, and the context of the internal edition."""
    figures = both_years(con, store.FIGURES, code, year)
    notes_file = folders_of(scope, code, year).notes
    found = report_context.gather(
        con,
        code,
        year,
        figures,
        edition="internal",
        described=described(scope.settings(), code),
        dated=scope.report_date(years.load(year).publication_deadline),
        notes_file=notes_file,
    )
    public = both_years(con, store.PROTECTED, code, year)
    plan = action_plan(scope, code)
    return figures, dataclasses.replace(
        found,
        changes=report_context.change_words(change_store.read(con, code, year), for_public=False),
        actions=planned_actions(progress_of(scope, plan, year, figures)),
        action_plan=PLAN_PAGE if plan else "",
        texts_left_out=(
            *notes_disclosure.left_out(notes.load(notes_file), figures, public),
            *(plan_disclosure.left_out(plan, figures, public) if plan else ()),
        ),
        withheld=tuple(
            WithheldFigure(kept.figure, kept.because) for kept in disclosure_store.withheld(con, code, year)
        ),
    )


def public_plan(scope: RunConfig, code: str, about: ReturnContext) -> Plan | None:
    """The action plan as the public edition may print it; None where there is none. about: of either edition."""
    plan = action_plan(scope, code)
    return plan_disclosure.without(plan, about.texts_left_out) if plan else None


def public_edition(
    con: duckdb.DuckDBPyConnection,
    scope: RunConfig,
    code: str,
    year: int,
    internal: ReturnContext | None = None,
) -> tuple[list[Figure], ReturnContext]:
    """The protected figures, and the context of the public edition: nothing in it has passed disclosure control by.

    internal: the context of the internal edition, where the caller has it already.
    """
    found = internal or internal_edition(con, scope, code, year)[1]
    figures = both_years(con, store.PROTECTED, code, year)
    told = report_context.change_words(
        changes.public(change_store.read(con, code, year), figures), for_public=True
    )
    about = dataclasses.replace(
        report_context.public(found, disclosure_store.tables(con, code, year), told),
        actions=planned_actions(progress_of(scope, public_plan(scope, code, found), year, figures)),
        method_notes=(*found.method_notes, policy_of(scope.settings(), year).words()),
    )
    folder = folders_of(scope, code, year).private
    content = publication_content(con, scope, code, year, figures, about)
    return figures, dataclasses.replace(about, sign_off=sign_off.status(folder, content))


def publication_content(
    con: duckdb.DuckDBPyConnection,
    scope: RunConfig,
    code: str,
    year: int,
    figures: list[Figure],
    about: ReturnContext,
) -> str:
    """The hash of all that the public edition is made from."""
    files = (folders_of(scope, code, year).notes, scope.extracts_folder / code / ACTIONS)
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
    context: dg.AssetExecutionContext, warehouse: Warehouse, scope: RunConfig
) -> dg.MaterializeResult:
    """The internal edition: the annual return workbook in the submission's item order, figures.csv and a page."""
    from wres_pipeline.reports.annual import return_workbook, submission_checks
    from wres_pipeline.reports.figure_set import FigureSet
    from wres_pipeline.reports.release import figures_csv
    from wres_pipeline.reports.site import site_pages

    year = year_of(context)

    def begin(code: str) -> tuple[list[Figure], ReturnContext, tuple[background.Work[Any], ...]]:
        with warehouse.open() as con:
            figures, about = internal_edition(con, scope, code, year)
            more = desk_pages(con, scope, code, year)
        folder = folders_of(scope, code, year).internal
        workbook = background.submit(
            return_workbook.write_workbook, figures, about, folder / "annual-return.xlsx"
        )
        figures_csv.write(figures, about, folder)
        site_pages.write_notes_once(figures, about)
        _, charts = site_pages.write_internal(figures, about, folder, more=more)
        return figures, about, (workbook, charts)

    rows, broken = [], []
    for figures, about, drawn in background.prefetch(begin, scope.report_codes()):
        for work in drawn:
            work.result()
        code = about.organisation_code
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
            "folder": dg.MetadataValue.text(f"<output>/<organisation>/{year}/{edition_folders.INTERNAL}"),
        },
        check_results=[
            _of_the_return(AGREES_CHECK, [words for severity, words in broken if severity == "blocking"]),
            _of_the_return(ODD_CHECK, [words for severity, words in broken if severity == "warning"]),
        ],
    )


def trail(act: str, **facts: Any) -> None:
    """Note an act of a job in the audit trail of the Dagster home it runs in; one without a home has none."""
    if home := os.environ.get("DAGSTER_HOME"):
        audit_trail.append(Path(home), act, **facts)


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


@dataclasses.dataclass(frozen=True, slots=True)
class Draft:
    """A public edition that is written, or still being drawn, and not released.

    content: the hash of all it is made from. read_by_the_lint: its pages, workbook and CSV file.
    """

    figures: list[Figure]
    about: ReturnContext
    content: str
    read_by_the_lint: tuple[Path, ...]
    drawn: tuple[background.Work[Any], ...]


def draft_publication(
    warehouse: Warehouse, scope: RunConfig, code: str, year: int, *, with_pdf: bool
) -> Draft:
    """Write the public edition into an empty folder beside the released one; its PDF and charts may still be drawn."""
    from wres_pipeline.reports.annual import reporting_template, return_workbook
    from wres_pipeline.reports.board_pack import board_paper, slides
    from wres_pipeline.reports.release import figures_csv
    from wres_pipeline.reports.site import pdf, site_pages

    with warehouse.open() as con:
        figures, about = public_edition(con, scope, code, year)
        more = desk_pages(con, scope, code, year)
        content = publication_content(con, scope, code, year, figures, about)
    folder = release.draft_folder(folders_of(scope, code, year))
    drawn = [background.submit(pdf.write_pdf, figures, about, folder / pdf.NAME)] if with_pdf else []
    workbook = return_workbook.write_workbook(figures, about, folder / "annual-return.xlsx")
    open_data, _ = figures_csv.write(figures, about, folder)
    reporting_template.write_docx(figures, about, folder / reporting_template.NAME)
    slides.write(figures, about, folder / slides.NAME)
    board_paper.write(figures, about, folder / board_paper.NAME)
    downloads = (*site_pages.DOWNLOADS, site_pages.PDF_DOWNLOAD) if with_pdf else site_pages.DOWNLOADS
    pages, charts = site_pages.write(figures, about, folder, downloads=downloads, more=more)
    return Draft(figures, about, content, (*pages, workbook, open_data), (*drawn, charts))


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
            TEXTS_CHECK,
            asset="report_publication",
            description="No text of the author's notes or of the action plan says a number that the public edition "
            "withholds; one that does is left out of it.",
        ),
    ],
    partitions_def=reporting_years,
    pool=POOL,
)
def report_publication(
    context: dg.AssetExecutionContext, warehouse: Warehouse, scope: RunConfig
) -> dg.MaterializeResult:
    """The public edition: static pages, the workbook, open data and the reporting template, from protected figures only."""
    from wres_pipeline import lint
    from wres_pipeline.reports.site import pdf

    year = year_of(context)
    no_pdf = _why_no_pdf(scope)

    def begin(code: str) -> Draft:
        return draft_publication(warehouse, scope, code, year, with_pdf=not no_pdf.result())

    rows, findings, left_out = [], [], []
    for draft in background.prefetch(begin, scope.report_codes()):
        code = draft.about.organisation_code
        found = lint.lint_files(draft.read_by_the_lint)
        findings += [(code, one.rule, one.place, one.words) for one in found]
        left_out += [f"{code}: {one.words}" for one in draft.about.texts_left_out]
        for work in draft.drawn:
            work.result()
        signed = ""
        if not found:
            try:
                release.release(
                    folders_of(scope, code, year),
                    content=draft.content,
                    dated=draft.about.dated,
                    replaced=("charts/*.svg", pdf.NAME),
                )
                with warehouse.open() as con:
                    said = release_store.kept(con, code, "annual", str(year))
                    if said is not None:
                        put_on_register(con, scope, said, draft.about.dated)
                trail("released", organisation=code, year=year, content=draft.content[:12])
            except release.SignedEditionError as error:
                signed = str(error)
                findings.append((code, "signed off", "the publication", signed))
        withheld = sum(1 for f in draft.figures if f.state == "withheld")
        state = "not released" if found or signed else "released"
        rows.append((code, len(draft.read_by_the_lint), len(draft.figures), withheld, state))
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": len(rows),
            "publications": markdown_table(["organisation", "files", "figures", "withheld", "state"], rows),
            "folder": dg.MetadataValue.text(f"<output>/{edition_folders.PUBLIC}/<organisation>/{year}"),
            "pdf": dg.MetadataValue.text(no_pdf.result() or "written"),
        },
        check_results=[
            dg.AssetCheckResult(
                check_name=LINT_CHECK,
                passed=not findings,
                description=_not_released(findings) if findings else "nothing found",
                metadata={"found": markdown_table(["organisation", "rule", "place", "words"], findings[:50])},
            ),
            dg.AssetCheckResult(
                check_name=TEXTS_CHECK,
                passed=not left_out,
                severity=dg.AssetCheckSeverity.WARN,
                description="; ".join(left_out)[:2000]
                or "every text of the notes and of the action plan is in the public edition",
            ),
        ],
    )


def _why_no_pdf(scope: RunConfig) -> background.Work[str]:
    """Why the publication has no PDF, '' where it has one; what draws it is imported in the second process."""
    from wres_pipeline.reports.site import pdf

    if not scope.report_codes():
        return background.completed("No publication is asked for.")
    if not scope.settings().reports.pdf:
        return background.completed("Not wanted: [reports] pdf is false in wres.toml.")
    return background.submit(pdf.missing)


def mistakes_that_show(code: str, files: Iterable[Path]) -> list[str]:
    """What the lint finds in the pages among the files of one organisation, each as a sentence."""
    from wres_pipeline import lint

    pages = [file for file in files if file.suffix == ".html"]
    return [f"{code}: {one.place}: {one.words}" for one in lint.lint_files(pages)]


def _not_released(findings: list[tuple[str, str, str, str]]) -> str:
    codes = ", ".join(sorted({code for code, *_ in findings}))
    told = "; ".join(f"{code}: {place}: {words}" for code, _, place, words in findings)
    return f"Not released ({codes}); it stands in <organisation>/<year>/{edition_folders.DRAFT}. {told}"[
        :2000
    ]
