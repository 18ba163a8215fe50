"""The commissioner's pages and Word reviews, in both editions, beside the return they are published with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from wres_pipeline import background
from wres_pipeline.action_plan.progress import PlanProgress
from wres_pipeline.commissioner import dashboard
from wres_pipeline.disclosure.proof.audit import Audit
from wres_pipeline.disclosure.register.releases import Release
from wres_pipeline.pipelines import check_outcomes, editions, fingerprints
from wres_pipeline.pipelines.annual_return import texts_read
from wres_pipeline.pipelines.publication import PUBLICATION
from wres_pipeline.pipelines.run_scope import Run
from wres_pipeline.pipelines.step import Done, Fact, Step, one_by_one
from wres_pipeline.pipelines.year_tables import DESK, desk_inputs
from wres_pipeline.quality.expectations import Outcome
from wres_pipeline.reference import written_choice
from wres_pipeline.render.page import BreadcrumbItem
from wres_pipeline.reports.context import ReturnContext
from wres_pipeline.reports.release import release

COMMISSIONING = "report_commissioning"
NOTHING_WAITS = "no_action_is_late_due_or_without_evidence"
SAFE = "desk_cannot_be_worked_back"
NO_MISTAKE = "desk_pages_have_no_mistake_that_shows"


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
    """One organisation's desk: its internal pages are being written, beside their place, and its public edition worked out."""

    inside: dashboard.Desk
    pages: background.Work[tuple[Path, ...]]
    folder: Path
    plan: PlanProgress | None
    outside: background.Work[tuple[dashboard.Desk, Audit, Release | None]]
    plan_outside: PlanProgress | None
    about_public: ReturnContext


def _begin(run: Run, code: str) -> Begun:
    from wres_pipeline.reports.commissioner import commissioner_pages

    scope, year = run.scope, run.year
    with scope.open() as con:
        inputs = desk_inputs(con, scope, code, year)
        true, about = editions.internal_edition(con, scope, code, year)
        shown, about_public = editions.public_edition(con, scope, code, year, about)
        releases = editions.releases_of(con, scope, code)
    outside = background.submit(
        dashboard.public, inputs, true, shown, editions.policy_of(scope.settings, year), releases
    )
    plan = editions.progress_of(scope, editions.action_plan(scope, code), year, true)
    inside = dashboard.internal(inputs, true)
    folder = release.internal_copy(scope.folders(code, year))
    pages = background.submit(
        commissioner_pages.write,
        inside,
        plan,
        about,
        folder,
        navigation=(BreadcrumbItem("Overview", "index.html"),),
    )
    plan_outside = editions.progress_of(scope, editions.public_plan(scope, code, about), year, shown)
    return Begun(inside, pages, folder, plan, outside, plan_outside, about_public)


def _finish(run: Run, code: str, begun: Begun) -> Done:
    outside, audit, said = begun.outside.result()
    pages = begun.pages.result()
    if said is not None and not audit.failed:
        with run.scope.open() as con:
            editions.put_on_register(con, run.scope, said, begun.about_public.dated)
    folders = run.scope.folders(code, run.year)
    with release.changing(folders) as folder:
        public_pages = background.submit(
            publish, outside, audit, begun.plan_outside, begun.about_public, folder
        ).result()
        mistakes = editions.mistakes_that_show(code, public_pages)
        release.internal_waits(folders, begun.folder)
    waiting = [one.action.action_id for one in begun.plan.attention] if begun.plan is not None else []
    outcomes = (
        Outcome(
            NOTHING_WAITS, COMMISSIONING, check_outcomes.WARNING, code, not waiting,
            ", ".join(waiting) or "nothing waits", 1,
        ),
        Outcome(
            SAFE, COMMISSIONING, check_outcomes.ERROR, code, bool(public_pages),
            "every count is safe" if public_pages else audit.words(), 1,
        ),
        Outcome(
            NO_MISTAKE, COMMISSIONING, check_outcomes.WARNING, code, not mistakes,
            "; ".join(mistakes)[:2000] or "nothing found", len(public_pages),
        ),
    )  # fmt: skip
    facts: dict[str, Fact] = {
        "files": len(pages),
        "figures": len(begun.inside.figures),
        "provider reviews": len(begun.inside.reviews),
    }
    return Done(facts, outcomes)


def _content(run: Run, con: duckdb.DuckDBPyConnection, code: str) -> str:
    """What the pages are made from, but for the author's notes, which none of them prints."""
    scope, year = run.scope, run.year
    true, about = editions.internal_edition(con, scope, code, year)
    shown, about_public = editions.public_edition(con, scope, code, year, about)
    inputs = desk_inputs(con, scope, code, year)
    about, about_public = (replace(each, notes_file=None) for each in (about, about_public))
    actions = fingerprints.content_of(*written_choice.beside(scope.extracts / code / editions.ACTIONS))
    return fingerprints.digest(
        [
            *fingerprints.fixed(scope, code),
            *actions,
            *(repr(each) for each in (true, about, shown, about_public, inputs)),
        ]
    )


COMMISSIONING_STEP = Step(
    COMMISSIONING, one_by_one(_begin, _finish), (COMMISSIONING,), after=(DESK, PUBLICATION), extracts=True,
    reads=texts_read, digest=_content,
)  # fmt: skip
