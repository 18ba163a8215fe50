"""The commissioner's pages and Word reviews, in both editions, beside the return they are published with."""

from dataclasses import dataclass
from pathlib import Path

import dagster as dg

from wres_pipeline import background
from wres_pipeline.action_plan.progress import PlanProgress
from wres_pipeline.commissioner import dashboard
from wres_pipeline.disclosure.audit import Audit
from wres_pipeline.disclosure.releases import Release
from wres_pipeline.orchestration.commissioner import inputs_of
from wres_pipeline.orchestration.disclosure import policy_of, put_on_register, releases_of
from wres_pipeline.orchestration.metadata import OWNER, POOL, markdown_table
from wres_pipeline.orchestration.partitions import reporting_years, year_of
from wres_pipeline.orchestration.reports import (
    action_plan,
    folders_of,
    internal_edition,
    mistakes_that_show,
    progress_of,
    public_edition,
    public_plan,
)
from wres_pipeline.orchestration.resources import RunConfig, Warehouse
from wres_pipeline.render.page import BreadcrumbItem
from wres_pipeline.reports.context import ReturnContext
from wres_pipeline.reports.release import release

PLAN_CHECK = "no_action_is_late_due_or_without_evidence"
SAFE = "desk_cannot_be_worked_back"
LINT = "desk_pages_have_no_mistake_that_shows"


def publish(
    outside: dashboard.Desk, audit: Audit, plan: PlanProgress | None, about: ReturnContext, folder: Path
) -> tuple[Path, ...]:
    """Write the desk's public pages where the audit lets them be, and give them.

    Otherwise none stays, not those of an earlier run either, and none is given.
    """
    from wres_pipeline.reports.commissioner import commissioner_pages, withdrawn_pages
    from wres_pipeline.reports.site import site_pages

    if audit.failed:
        named = commissioner_pages.pages(reviews=bool(outside.reviews), plan=plan is not None)
        withdrawn_pages.withdraw(named, about, folder)
        return ()
    return commissioner_pages.write(outside, plan, about, folder, navigation=site_pages.standing_pages())


@dataclass(frozen=True, slots=True)
class Begun:
    """One organisation's desk: its internal pages are written, the public edition of it is being worked out."""

    inside: dashboard.Desk
    pages: tuple[Path, ...]
    plan: PlanProgress | None
    outside: background.Work[tuple[dashboard.Desk, Audit, Release | None]]
    plan_outside: PlanProgress | None
    about_public: ReturnContext


@dg.asset(
    group_name="annual_reports",
    owners=[OWNER],
    kinds={"html", "word"},
    deps=["commissioning_figures", "report_annual_return", "report_publication"],
    check_specs=[
        dg.AssetCheckSpec(
            PLAN_CHECK,
            asset="report_commissioning",
            description="Warns of actions that are late, due within a month, or done without evidence.",
        ),
        dg.AssetCheckSpec(
            SAFE,
            asset="report_commissioning",
            description="The public pages of the desk are written only where no withheld count can be worked out of them.",
        ),
        dg.AssetCheckSpec(
            LINT,
            asset="report_commissioning",
            description="Warns of a mistake that a public page of the desk shows by itself, as `wres lint` finds it.",
        ),
    ],
    partitions_def=reporting_years,
    pool=POOL,
)
def report_commissioning(
    context: dg.AssetExecutionContext, warehouse: Warehouse, scope: RunConfig
) -> dg.MaterializeResult:
    """Provider log and reviews, benchmark, survey history, residents, fair process and action plan, as pages and Word."""
    from wres_pipeline.reports.commissioner import commissioner_pages

    year = year_of(context)
    policy = policy_of(scope.settings(), year)

    def begin(code: str) -> Begun:
        with warehouse.open() as con:
            inputs = inputs_of(con, scope, code, year)
            true, about = internal_edition(con, scope, code, year)
            shown, about_public = public_edition(con, scope, code, year, about)
            releases = releases_of(con, scope, code)
        outside = background.submit(dashboard.public, inputs, true, shown, policy, releases)
        plan = progress_of(scope, action_plan(scope, code), year, true)
        inside = dashboard.internal(inputs, true)
        pages = commissioner_pages.write(
            inside,
            plan,
            about,
            folders_of(scope, code, year).internal,
            navigation=(BreadcrumbItem("Overview", "index.html"),),
        )
        plan_outside = progress_of(scope, public_plan(scope, code, about), year, shown)
        return Begun(inside, pages, plan, outside, plan_outside, about_public)

    rows, waiting, unsafe, mistakes = [], [], [], []
    for one in background.prefetch(begin, scope.report_codes()):
        code = one.about_public.organisation_code
        outside, audit, said = one.outside.result()
        if said is not None and not audit.failed:
            with warehouse.open() as con:
                put_on_register(con, scope, said, one.about_public.dated)
        with release.changing(folders_of(scope, code, year)) as folder:
            public_pages = publish(outside, audit, one.plan_outside, one.about_public, folder)
            mistakes += mistakes_that_show(code, public_pages)
        if not public_pages:
            unsafe.append((code, audit.words()))
        if one.plan is not None and one.plan.attention:
            waiting.append((code, ", ".join(each.action.action_id for each in one.plan.attention)))
        rows.append((code, len(one.pages), len(one.inside.figures), len(one.inside.reviews)))
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": len(rows),
            "pages": markdown_table(["organisation", "files", "figures", "provider reviews"], rows),
        },
        check_results=[
            dg.AssetCheckResult(
                check_name=PLAN_CHECK,
                passed=not waiting,
                severity=dg.AssetCheckSeverity.WARN,
                description="; ".join(f"{code}: {actions}" for code, actions in waiting) or "nothing waits",
            ),
            dg.AssetCheckResult(
                check_name=SAFE,
                passed=not unsafe,
                description="; ".join(f"{code}: {words}" for code, words in unsafe) or "every count is safe",
            ),
            dg.AssetCheckResult(
                check_name=LINT,
                passed=not mistakes,
                severity=dg.AssetCheckSeverity.WARN,
                description="; ".join(mistakes)[:2000] or "nothing found",
            ),
        ],
    )
