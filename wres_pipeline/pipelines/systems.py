"""Systems: organisations whose figures are shown together, from their counts and from their public editions."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from wres_pipeline.commissioner import system as systems
from wres_pipeline.disclosure.proof.cell_constraints import counts_of
from wres_pipeline.disclosure.register import delivery_names
from wres_pipeline.disclosure.register.previous_release import release_of
from wres_pipeline.indicators import count_reading, store
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.pipelines import check_outcomes, editions, fingerprints
from wres_pipeline.pipelines.annual_return import texts_read
from wres_pipeline.pipelines.publication import PUBLICATION
from wres_pipeline.pipelines.run_scope import Run, RunScope
from wres_pipeline.pipelines.step import Done, Fact, Step, one_by_one
from wres_pipeline.pipelines.year_tables import FIGURES, PROTECTED, ethnicity_as_used
from wres_pipeline.quality.expectations import Outcome
from wres_pipeline.reference import indicators, years
from wres_pipeline.reports import report_context
from wres_pipeline.reports.context import ReturnContext, SignOff
from wres_pipeline.reports.release import release
from wres_pipeline.reports.release.edition_folders import INTERNAL, PUBLIC
from wres_pipeline.reports.site.system_page import Member
from wres_pipeline.settings import System

SYSTEM_TABLES, SYSTEM_PAGES = "system_figures", "report_system"
IS_THE_SUM = "system_is_the_sum_of_its_members"
SAFE = "system_gives_no_member_away"
NO_MISTAKE = "system_pages_have_no_mistake_that_shows"


def systems_of(scope: RunScope) -> list[str]:
    """The systems of the settings that have a member among the organisations whose reports are made."""
    codes = set(scope.report_codes())
    return [one.code for one in scope.settings.systems.values() if codes & set(one.members)]


@dataclass(frozen=True, slots=True)
class SystemFigures:
    """A system's figures, true and public. lacking: members that have none; different: counts that are not the sum of
    the members'; given_away: public figures that would give a member away. Each of them leaves figures out."""

    true: Sequence[Figure] = ()
    public: Sequence[Figure] = ()
    lacking: tuple[str, ...] = ()
    different: int = 0
    given_away: int = 0

    def left_out(self, organisations: Collection[str]) -> bool:
        """Whether it is not made only because none of the members it lacks is among the organisations of the run."""
        return bool(self.lacking) and not set(self.lacking) & set(organisations)

    def not_made_words(self, system: System, year: int) -> str:
        """Why there are none; "" where there are."""
        if self.lacking:
            return f"there are no figures of {', '.join(self.lacking)} for {year}: run them as well"
        if self.different:
            members = ", ".join(system.members)
            return f"{self.different} counts are not the sum of the members': run {members} together"
        return ""


def add_up(con: duckdb.DuckDBPyConnection, scope: RunScope, system: System, year: int) -> SystemFigures:
    """The figures of a system for a year, worked out from its members' and not kept."""
    of_members = {code: store.read(con, store.FIGURES, code, year) for code in system.members}
    public_of = {code: store.read(con, store.PROTECTED, code, year) for code in system.members}
    without = tuple(code for code in system.members if not of_members[code] or not public_of[code])
    if without:
        return SystemFigures(lacking=without)
    with ethnicity_as_used(con, scope, system.members, year):
        found = count_reading.read(con, system.members, years.load(year))
    view = systems.view(system.code, [found[code] for code in system.members], years.load(year))
    different = systems.not_the_sum(view, of_members)
    if different:
        return SystemFigures(different=different)
    public = systems.public(view, public_of, editions.policy_of(scope.settings, year))
    public = delivery_names.named(public, delivery_names.names_of(con, system.members))
    given = len(systems.gives_away(public, system.members, public_of))
    return SystemFigures(list(view.figures), [] if given else public, given_away=given)


def _no_beginning(run: Run, code: str) -> None:
    return None


def _tables(run: Run, code: str, _: None) -> Done:
    system = run.scope.settings.systems[code]
    with run.scope.open() as con:
        made = add_up(con, run.scope, system, run.year)
        store.replace(con, store.SYSTEM, made.true, [run.year], [code])
        store.replace(con, store.PROTECTED_SYSTEM, made.public, [run.year], [code])
    why = made.not_made_words(system, run.year)
    holds = not why or made.left_out(run.scope.codes())
    given = made.given_away
    outcomes = (
        Outcome(IS_THE_SUM, store.SYSTEM, check_outcomes.ERROR, code, holds, why or "as expected", len(made.true)),
        Outcome(
            SAFE, store.PROTECTED_SYSTEM, check_outcomes.ERROR, code, not given,
            f"{given} figures" if given else "every member is safe", len(made.public),
        ),
    )  # fmt: skip
    facts: dict[str, Fact] = {
        "members": len(system.members),
        "figures": sum(one.state in ("value", "zero") for one in made.true),
        "published": sum(one.state in ("value", "zero") for one in made.public),
        "withheld": sum(one.state == "withheld" for one in made.public),
    }
    return Done(facts, outcomes)


def members_of(
    con: duckdb.DuckDBPyConnection, scope: RunScope, system: System, year: int
) -> tuple[list[Member], SignOff]:
    """The members as the page lists them, and the sign-off: that of every member's own publication, else a draft."""
    found, signed = [], []
    for code in system.members:
        figures, about = editions.public_edition(con, scope, code, year)
        people = next(
            one.shown
            for one in figures
            if one.key[1:] == (year, indicators.WORKFORCE, "headcount", "", "", "")
        )
        found.append(Member(code, about.organisation_name, people, about.sign_off.status))
        signed.append(about.sign_off.status == "signed off")
    state = SignOff("signed off", "each member's own body") if all(signed) else SignOff()
    return found, state


def context_of(scope: RunScope, system: System, year: int, signed: SignOff) -> ReturnContext:
    """The context of a system's public page."""
    settings, rules = scope.settings, years.load(year)
    return ReturnContext(
        system.code,
        system.title,
        rules,
        "public",
        scope.made_on,
        fictional=all(settings.organisation(code).fictional for code in system.members),
        sign_off=signed,
        projected=report_context.projected(rules),
        author=system.author,
        contact=system.contact,
    )


def write_editions(
    editions: Mapping[str, Sequence[Figure]],
    members: Sequence[Member],
    about: ReturnContext,
    folders: Mapping[str, Path],
) -> tuple[Path, ...]:
    """Write each edition that has figures into its folder, and take away what an earlier run left of one that has none; gives the pages."""
    from wres_pipeline.reports.release import figures_csv
    from wres_pipeline.reports.site import system_page

    written: list[Path] = []
    for edition, figures in editions.items():
        if not figures:
            system_page.remove(folders[edition])
            continue
        mine = dataclasses.replace(about, edition=edition)  # type: ignore[arg-type]
        figures_csv.write(figures, mine, folders[edition])
        written += system_page.write(figures, members, mine, folders[edition])
    return tuple(written)


def _pages(run: Run, code: str, _: None) -> Done:
    """The page and the open data in both editions; none, and none of an earlier run, where the figures were not made."""
    scope, year, system = run.scope, run.year, run.scope.settings.systems[code]
    with scope.open() as con:
        true = store.read(con, store.SYSTEM, code, year)
        shown = store.read(con, store.PROTECTED_SYSTEM, code, year)
        members, signed = members_of(con, scope, system, year) if true else ([], SignOff())
        about = context_of(scope, system, year, signed)
        if shown:
            said = release_of(shown, counts_of(true), editions.policy_of(scope.settings, year))
            said = dataclasses.replace(said, product="system", period=str(year))
            editions.put_on_register(con, scope, said, about.dated)
    folders = scope.folders(code, year)
    with release.changing(folders) as public:
        inside = release.internal_copy(folders)
        pages = write_editions(
            {INTERNAL: true, PUBLIC: shown}, members, about, {INTERNAL: inside, PUBLIC: public}
        )
        mistakes = editions.mistakes_that_show(code, (p for p in pages if p.parent == public))
        release.internal_waits(folders, inside)
    outcome = Outcome(
        NO_MISTAKE, SYSTEM_PAGES, check_outcomes.WARNING, code, not mistakes,
        "; ".join(mistakes)[:2000] or "nothing found", len(pages),
    )  # fmt: skip
    facts: dict[str, Fact] = {
        "members": len(system.members),
        "pages": len(pages),
        "figures": len(true),
        "figures of the public edition": len(shown),
    }
    return Done(facts, (outcome,))


def _members_read(run: Run, con: duckdb.DuckDBPyConnection, code: str) -> list[bytes | str]:
    scope = run.scope
    parts: list[bytes | str] = []
    for member in scope.settings.systems[code].members:
        parts += [member, fingerprints.extracts_of(scope, con, member)]
    return parts


def _members_texts(run: Run, con: duckdb.DuckDBPyConnection, code: str) -> list[bytes | str]:
    parts = _members_read(run, con, code)
    for member in run.scope.settings.systems[code].members:
        parts += texts_read(run, con, member)
    return parts


def _content(run: Run, con: duckdb.DuckDBPyConnection, code: str) -> str:
    """What the pages are made from: the members' notes move them only where a sign-off no longer holds."""
    scope, year, system = run.scope, run.year, run.scope.settings.systems[code]
    true = store.read(con, store.SYSTEM, code, year)
    shown = store.read(con, store.PROTECTED_SYSTEM, code, year)
    members = members_of(con, scope, system, year) if true else None
    return fingerprints.digest(
        [*fingerprints.fixed(scope, code), *(repr(each) for each in (true, shown, members))]
    )


SYSTEM_TABLES_STEP = Step(
    SYSTEM_TABLES, one_by_one(_no_beginning, _tables), (store.SYSTEM, store.PROTECTED_SYSTEM),
    after=(FIGURES, PROTECTED), reads=_members_read, of_systems=True,
)  # fmt: skip
SYSTEM_PAGES_STEP = Step(
    SYSTEM_PAGES, one_by_one(_no_beginning, _pages), (SYSTEM_PAGES,), after=(SYSTEM_TABLES, PUBLICATION),
    reads=_members_texts, digest=_content, of_systems=True,
)  # fmt: skip
