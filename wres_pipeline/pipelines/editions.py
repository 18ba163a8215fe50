"""The editions of a return: their figures, their context, and the hash of all that a publication is made from."""

from __future__ import annotations

import csv
import dataclasses
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from wres_pipeline.action_plan import plan as action_plans
from wres_pipeline.action_plan.plan import Plan
from wres_pipeline.action_plan.progress import PlanProgress, progress
from wres_pipeline.commissioner import figure as desk_store
from wres_pipeline.commissioner import provider_log
from wres_pipeline.disclosure.register import release_store
from wres_pipeline.disclosure.register import store as disclosure_store
from wres_pipeline.disclosure.register.previous_release import flags_of
from wres_pipeline.disclosure.register.releases import Release
from wres_pipeline.disclosure.rules import presets
from wres_pipeline.disclosure.rules.policy import Policy
from wres_pipeline.disclosure.tables import CountTable, declaration_table
from wres_pipeline.indicators import changes, history, store
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.pipelines.run_scope import RunScope
from wres_pipeline.quality import confirmations
from wres_pipeline.reference import written_choice, years
from wres_pipeline.reference.written_file import WrittenFileError
from wres_pipeline.render.page import BreadcrumbItem
from wres_pipeline.reports import report_context
from wres_pipeline.reports.annual import notes
from wres_pipeline.reports.commissioner import commissioner_pages
from wres_pipeline.reports.context import PlannedAction, ReturnContext, WithheldFigure
from wres_pipeline.reports.release import notes_disclosure, plan_disclosure, sign_off
from wres_pipeline.reports.release import release as releasing
from wres_pipeline.reports.release.edition_folders import EditionFolders
from wres_pipeline.schema import from_text, table
from wres_pipeline.settings import Settings

ACTIONS, PLAN_PAGE = plan_disclosure.FILE, "action-plan.html"


def policy_of(settings: Settings, year: int) -> Policy:
    """The organisation's policy where settings say one, else the default of the year's rules."""
    return presets.chosen(years.load(year).disclosure, **settings.disclosure.asked())


def releases_of(con: duckdb.DuckDBPyConnection, scope: RunScope, code: str) -> list[Release]:
    """What the register says the body has released."""
    return release_store.read(con, scope.output / code, code)


def put_on_register(
    con: duckdb.DuckDBPyConnection, scope: RunScope, release: Release, dated: date
) -> Release:
    """Records that a release leaves the building now; before it does, so that a run cut short has told too much, not too little."""
    release = dataclasses.replace(release, dated=dated.isoformat())
    return release_store.record(con, scope.output / release.organisation_code, release)


def editions_in_folders(scope: RunScope, code: str, year: int, releases: Sequence[Release]) -> list[Figure]:
    """The figures of public editions of the year and the year before that stand in their folders and in no register: of a
    version of the pipeline that kept none.
    """
    known = {one.period for one in releases if one.product == "annual"}
    found: list[Figure] = []
    for each in (year - 1, year):
        file = edition_file(scope, code, each)
        if file.exists() and str(each) not in known:
            found += read_published(file)
    return found


def edition_file(scope: RunScope, code: str, year: int) -> Path:
    """Where the figures of the public edition of a year stand, of this version or an earlier one."""
    folders = EditionFolders(scope.output, code, year)
    places = [folder / "figures.csv" for folder in (folders.public, folders.public_of_earlier_version)]
    return next((place for place in places if place.exists()), places[0])


def read_published(file: Path) -> list[Figure]:
    """The figures of a published figures.csv, of this version or an earlier one: a column it lacks has its default."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return [
            from_text(table("figures"), Figure, {**row, "flags": flags_of(row)})
            for row in csv.DictReader(lines)
        ]


def other_tables(con: duckdb.DuckDBPyConnection, code: str, year: int) -> list[CountTable]:
    """The counts a publication prints beside the figures: the workforce by state of knowledge, both years."""
    found = []
    for each in (year, year - 1):
        states = report_context.ethnic_states(con, code, each)
        if states:
            found.append(declaration_table(code, each, states))
    return found


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
        "margins": found.margins,
    }


def action_plan(scope: RunScope, code: str) -> Plan | None:
    """The organisation's action plan as it was written; None where there is none."""
    return action_plans.load(scope.extracts / code / ACTIONS)


def confirmed_rules(scope: RunScope, code: str) -> tuple[confirmations.RuleConfirmation, ...]:
    """The rules that the organisation held against its own form; none where its file cannot be read, which is a finding."""
    try:
        return confirmations.load_rules(scope.extracts / code / confirmations.FILE_NAME)
    except (WrittenFileError, OSError):
        return ()


def progress_of(scope: RunScope, plan: Plan | None, year: int, figures: list[Figure]) -> PlanProgress | None:
    """The plan on the report's date, with the figures of one edition; None for no plan."""
    if plan is None:
        return None
    by_year = {each: [f for f in figures if f.reporting_year == each] for each in (year, year - 1)}
    return progress(plan, by_year, year, scope.judged_on(years.load(year).publication_deadline))


def planned_actions(stands: PlanProgress | None) -> tuple[PlannedAction, ...]:
    """The actions of a plan in the words of a return's context."""
    return tuple(
        PlannedAction(
            one.action.action_id,
            one.action.title,
            one.action.owner,
            f"{one.standing.due.day} {one.standing.due:%B %Y}",
            _standing(one.standing.status, one.standing.because),
            tuple(one.action.indicators),
            one.standing.status,
        )
        for one in (stands.actions if stands else ())
    )


def _standing(status: str, because: str) -> str:
    """The status and its reason, once where the reason begins with the status itself ("Done on 8 June 2021.")."""
    return because if because.lower().startswith(f"{status} ") else f"{status}: {because}"


def desk_pages(
    con: duckdb.DuckDBPyConnection, scope: RunScope, code: str, year: int
) -> tuple[BreadcrumbItem, ...]:
    """The commissioner's pages that stand beside the return's, for its navigation."""
    reviews = provider_log.tells_of_providers(desk_store.read_figures(con, code, year))
    return commissioner_pages.pages(
        reviews=reviews, plan=bool(written_choice.there(scope.extracts / code / ACTIONS))
    )


def both_years(con: duckdb.DuckDBPyConnection, table: str, code: str, year: int) -> list[Figure]:
    """The figures of the year and of the year before, from one of the two tables of figures."""
    return [*store.read(con, table, code, year), *store.read(con, table, code, year - 1)]


def earlier_figures(con: duckdb.DuckDBPyConnection, code: str, year: int) -> tuple[Figure, ...]:
    """The figures that indicators are followed by of the years before the last: worked out from typed counts or a survey of the
    year where one was delivered, else as an earlier return kept them.
    """
    found: list[Figure] = []
    delivered = history.years_delivered(con, code)
    for each in (one for one in years.all_years() if one < year - 1):
        of_year = (
            history.work_out(con, code, each)
            if each in delivered
            else store.read(con, store.FIGURES, code, each)
        )
        found += history.followed(of_year)
    return tuple(found)


def earlier_published(scope: RunScope, code: str, year: int) -> tuple[Figure, ...]:
    """The same figures as the organisation's own earlier editions printed them, from those that stand in its public folder: a
    year's as its own edition printed it, else as the edition of the year after did beside its own.
    """
    found: list[Figure] = []
    for each in (one for one in years.all_years() if one < year - 1):
        files = [edition_file(scope, code, printed_in) for printed_in in (each, each + 1)]
        file = next((one for one in files if one.exists()), None)
        if file is not None:
            found += history.followed(f for f in read_published(file) if f.reporting_year == each)
    return tuple(found)


def internal_edition(
    con: duckdb.DuckDBPyConnection, scope: RunScope, code: str, year: int
) -> tuple[list[Figure], ReturnContext]:
    """The true figures of the year and the year before, and the context of the internal edition."""
    figures = both_years(con, store.FIGURES, code, year)
    notes_file = scope.folders(code, year).notes
    found = report_context.gather(
        con,
        code,
        year,
        figures,
        edition="internal",
        described=described(scope.settings, code),
        dated=scope.made_on,
        notes_file=notes_file,
        confirmations=confirmed_rules(scope, code),
    )
    public = both_years(con, store.PROTECTED, code, year)
    plan = action_plan(scope, code)
    about = dataclasses.replace(
        found,
        changes=report_context.change_words(store.read_changes(con, code, year), for_public=False),
        earlier=earlier_figures(con, code, year),
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
    private = scope.folders(code, year).private
    if not (sign_off.is_signed(private) or sign_off.earlier_versions(private)):
        return figures, about
    signed = public_edition(con, scope, code, year, about)[1].sign_off
    return figures, dataclasses.replace(about, sign_off=signed)


def public_plan(scope: RunScope, code: str, about: ReturnContext) -> Plan | None:
    """The action plan as the public edition may print it; None where there is none. about: of either edition."""
    plan = action_plan(scope, code)
    return plan_disclosure.without(plan, about.texts_left_out) if plan else None


def public_edition(
    con: duckdb.DuckDBPyConnection,
    scope: RunScope,
    code: str,
    year: int,
    internal: ReturnContext | None = None,
) -> tuple[list[Figure], ReturnContext]:
    """The protected figures, and the context of the public edition: nothing in it has passed disclosure control by.

    It carries the date of the publication that was released last, where nothing of that has changed and the run has no date.
    internal: the context of the internal edition, where the caller has it already.
    """
    found = internal or internal_edition(con, scope, code, year)[1]
    figures = both_years(con, store.PROTECTED, code, year)
    told = report_context.change_words(
        changes.public(store.read_changes(con, code, year), figures), for_public=True
    )
    about = dataclasses.replace(
        report_context.public(found, disclosure_store.tables(con, code, year), told),
        earlier=earlier_published(scope, code, year),
        actions=planned_actions(progress_of(scope, public_plan(scope, code, found), year, figures)),
        method_notes=(*found.method_notes, policy_of(scope.settings, year).words()),
    )
    folders = scope.folders(code, year)
    content = publication_content(con, scope, code, year, figures, about)
    signed = sign_off.status(folders.private, content)
    before = releasing.kept(folders)
    stands = scope.dated is None and before is not None and before.content == content
    dated = before.dated if before is not None and stands else about.dated
    return figures, dataclasses.replace(about, sign_off=signed, dated=dated)


def publication_content(
    con: duckdb.DuckDBPyConnection,
    scope: RunScope,
    code: str,
    year: int,
    figures: list[Figure],
    about: ReturnContext,
) -> str:
    """The hash of all that the public edition is made from."""
    desk_rows = repr(desk_store.read_figures(con, code, year)).encode()
    texts = (
        *written_choice.words_of(scope.folders(code, year).notes, notes.read, notes.Notes()),
        *written_choice.words_of(scope.extracts / code / ACTIONS, action_plans.read),
    )
    return sign_off.content_hash(figures, about, (desk_rows, *texts))


def mistakes_that_show(code: str, files: Iterable[Path]) -> list[str]:
    """What the lint finds in the pages among the files of one organisation, each as a sentence."""
    from wres_pipeline import lint

    pages = [file for file in files if file.suffix == ".html"]
    return [f"{code}: {one.place}: {one.words}" for one in lint.lint_files(pages)]
