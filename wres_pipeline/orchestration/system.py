"""Systems: organisations whose figures are shown together, from their counts and from their public editions."""

import dataclasses
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import dagster as dg
import duckdb

from wres_pipeline.commissioner import system as systems
from wres_pipeline.disclosure import delivery_names
from wres_pipeline.disclosure.cell_constraints import counts_of
from wres_pipeline.disclosure.previous_release import release_of
from wres_pipeline.indicators import count_reading, store
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.orchestration.disclosure import policy_of, put_on_register
from wres_pipeline.orchestration.indicators import ethnicity_as_used
from wres_pipeline.orchestration.metadata import OWNER, POOL, described, markdown_table
from wres_pipeline.orchestration.partitions import reporting_years, year_of
from wres_pipeline.orchestration.reports import (
    folders_of,
    mistakes_that_show,
    public_edition,
)
from wres_pipeline.orchestration.resources import RunConfig, Warehouse
from wres_pipeline.reference import years
from wres_pipeline.reports.context import ReturnContext, SignOff
from wres_pipeline.reports.release import release
from wres_pipeline.reports.release.edition_folders import INTERNAL, PUBLIC
from wres_pipeline.reports.site.system_page import Member
from wres_pipeline.settings import System

SUM = "system_is_the_sum_of_its_members"
SAFE = "system_gives_no_member_away"
LINT = "system_pages_have_no_mistake_that_shows"


def systems_of(scope: RunConfig) -> list[System]:
    """The systems of the settings that have a member among the organisations of the run."""
    codes = set(scope.report_codes())
    return [one for one in scope.settings().systems.values() if codes & set(one.members)]


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


def made(con: duckdb.DuckDBPyConnection, scope: RunConfig, system: System, year: int) -> SystemFigures:
    """The figures of a system for a year, worked out from its members' and not kept."""
    of_members = {code: store.read(con, store.FIGURES, code, year) for code in system.members}
    editions = {code: store.read(con, store.PROTECTED, code, year) for code in system.members}
    without = tuple(code for code in system.members if not of_members[code] or not editions[code])
    if without:
        return SystemFigures(lacking=without)
    with ethnicity_as_used(con, scope, year):
        found = count_reading.read(con, system.members, years.load(year))
    view = systems.view(system.code, [found[code] for code in system.members], years.load(year))
    different = systems.not_the_sum(view, of_members)
    if different:
        return SystemFigures(different=different)
    public = systems.public(view, editions, policy_of(scope.settings(), year))
    public = delivery_names.named(public, delivery_names.names_of(con, system.members))
    given = len(systems.gives_away(public, system.members, editions))
    return SystemFigures(list(view.figures), [] if given else public, given_away=given)


@dg.multi_asset(
    name="systems",
    specs=[
        dg.AssetSpec(
            store.SYSTEM,
            deps=["figures"],
            group_name="commissioning",
            owners=[OWNER],
            kinds={"python", "duckdb"},
            description="One row a figure of a system: its members' counts added, everything else worked out from the sums.",
        ),
        dg.AssetSpec(
            store.PROTECTED_SYSTEM,
            deps=[store.SYSTEM, "protected_figures"],
            group_name="disclosure",
            owners=[OWNER],
            kinds={"python", "duckdb"},
            description="The system's figures as they may be published: a count only where every member's public edition "
            "prints its own.",
        ),
    ],
    check_specs=[
        dg.AssetCheckSpec(
            SUM,
            asset=store.SYSTEM,
            description="Every count of a system is the sum of its members' own figures; otherwise the system is not made.",
        ),
        dg.AssetCheckSpec(
            SAFE,
            asset=store.PROTECTED_SYSTEM,
            description="No figure of a system rests on a count that one of its members withholds; otherwise nothing of the "
            "system is published.",
        ),
    ],
    partitions_def=reporting_years,
    pool=POOL,
)
def system_assets(
    context: dg.AssetExecutionContext, warehouse: Warehouse, scope: RunConfig
) -> Iterator[dg.MaterializeResult]:
    """Add the members of every system of the run, and decide what of it may be published."""
    year = year_of(context)
    not_made: list[str] = []
    left_out: list[str] = []
    unsafe, rows = [], []
    with warehouse.open() as con:
        for system in systems_of(scope):
            found = made(con, scope, system, year)
            store.replace(con, store.SYSTEM, found.true, [year], [system.code])
            store.replace(con, store.PROTECTED_SYSTEM, found.public, [year], [system.code])
            if why := found.not_made_words(system, year):
                (left_out if found.left_out(scope.codes()) else not_made).append(f"{system.code}: {why}")
            unsafe += [f"{system.code}: {found.given_away} figures"] if found.given_away else []
            rows.append(
                (
                    system.code,
                    len(system.members),
                    sum(one.state in ("value", "zero") for one in found.true),
                    sum(one.state in ("value", "zero") for one in found.public),
                    sum(one.state == "withheld" for one in found.public),
                )
            )
        head = ["system", "members", "figures", "published", "withheld"]
        yield dg.MaterializeResult(
            asset_key=store.SYSTEM,
            metadata=described(con, store.SYSTEM, systems=markdown_table(head, rows)),
            check_results=[
                dg.AssetCheckResult(
                    asset_key=store.SYSTEM,
                    check_name=SUM,
                    passed=not not_made,
                    description="; ".join(not_made + left_out) or "as expected",
                )
            ],
        )
        yield dg.MaterializeResult(
            asset_key=store.PROTECTED_SYSTEM,
            metadata=described(con, store.PROTECTED_SYSTEM, systems=markdown_table(head, rows)),
            check_results=[
                dg.AssetCheckResult(
                    asset_key=store.PROTECTED_SYSTEM,
                    check_name=SAFE,
                    passed=not unsafe,
                    description="; ".join(unsafe) or "every member is safe",
                )
            ],
        )


def members_of(
    con: duckdb.DuckDBPyConnection, scope: RunConfig, system: System, year: int
) -> tuple[list[Member], SignOff]:
    """The members as the page lists them, and the sign-off: that of every member's own publication, else a draft."""
    found, signed = [], []
    for code in system.members:
        figures, about = public_edition(con, scope, code, year)
        people = next(one.shown for one in figures if one.key[1:] == (year, "1", "headcount", "", "", ""))
        found.append(Member(code, about.organisation_name, people, about.sign_off.status))
        signed.append(about.sign_off.status == "signed off")
    state = SignOff("signed off", "each member's own body") if all(signed) else SignOff()
    return found, state


def context_of(scope: RunConfig, system: System, year: int, signed: SignOff) -> ReturnContext:
    """The context of a system's public page."""
    settings, rules = scope.settings(), years.load(year)
    return ReturnContext(
        system.code,
        system.title,
        "System",
        rules,
        "public",
        scope.report_date(rules.publication_deadline),
        fictional=all(settings.organisation(code).fictional for code in system.members),
        sign_off=signed,
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


@dg.asset(
    group_name="annual_reports",
    owners=[OWNER],
    kinds={"html", "csv"},
    deps=[store.SYSTEM, store.PROTECTED_SYSTEM, "report_publication"],
    check_specs=[
        dg.AssetCheckSpec(
            LINT,
            asset="report_system",
            description="Warns of a mistake that a system's public page shows by itself, as `wres lint` finds it.",
        )
    ],
    partitions_def=reporting_years,
    pool=POOL,
)
def report_system(
    context: dg.AssetExecutionContext, warehouse: Warehouse, scope: RunConfig
) -> dg.MaterializeResult:
    """The page and the open data of every system of the run, in both editions; none where its figures were not made."""
    year = year_of(context)
    rows, mistakes = [], []
    for system in systems_of(scope):
        with warehouse.open() as con:
            true = store.read(con, store.SYSTEM, system.code, year)
            shown = store.read(con, store.PROTECTED_SYSTEM, system.code, year)
            members, signed = members_of(con, scope, system, year) if true else ([], SignOff())
            about = context_of(scope, system, year, signed)
            if shown:
                said = release_of(shown, counts_of(true), policy_of(scope.settings(), year))
                said = dataclasses.replace(said, product="system", period=str(year))
                put_on_register(con, scope, said, about.dated)
        folders = folders_of(scope, system.code, year)
        with release.changing(folders) as public:
            pages = write_editions(
                {INTERNAL: true, PUBLIC: shown}, members, about, {INTERNAL: folders.internal, PUBLIC: public}
            )
            mistakes += mistakes_that_show(system.code, (p for p in pages if p.parent == public))
        rows.append((system.code, ", ".join(system.members), len(pages), len(true), len(shown)))
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": len(rows),
            "systems": markdown_table(
                ["system", "members", "pages", "figures", "figures of the public edition"], rows
            ),
        },
        check_results=[
            dg.AssetCheckResult(
                check_name=LINT,
                passed=not mistakes,
                severity=dg.AssetCheckSeverity.WARN,
                description="; ".join(mistakes)[:2000] or "nothing found",
            )
        ],
    )
