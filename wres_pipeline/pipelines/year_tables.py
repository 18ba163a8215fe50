"""The tables of a reporting year: figures, what changed, the commissioner's figures, and what may be published."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime

import duckdb

from wres_pipeline.commissioner import comments, dashboard
from wres_pipeline.commissioner import figure as desk_store
from wres_pipeline.commissioner import read as desk_reading
from wres_pipeline.disclosure.protect import protect
from wres_pipeline.disclosure.register import delivery_names, release_store
from wres_pipeline.disclosure.register import store as disclosure_store
from wres_pipeline.indicators import store
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.linkage import linking
from wres_pipeline.linkage.decisions import FILE_NAME as DECISIONS
from wres_pipeline.pipelines import check_outcomes, checks, editions, fingerprints, landing
from wres_pipeline.pipelines.landing import CORE, IDENTITIES
from wres_pipeline.pipelines.run_scope import Run, RunScope
from wres_pipeline.pipelines.step import Done, Fact, Step, one_by_one, together
from wres_pipeline.quality import extract_findings
from wres_pipeline.quality.expectations import Outcome
from wres_pipeline.quality.history import same_content
from wres_pipeline.quality.trac_to_esr import gap
from wres_pipeline.reference import years
from wres_pipeline.reference.population import OWN_FILE as RESIDENTS
from wres_pipeline.reference.population import own_rows
from wres_pipeline.reports import delivery_findings, report_context
from wres_pipeline.statistics.verdict_rule import WORDS

FINDINGS = extract_findings.TABLE
FIGURES, CHANGES, DESK, PROTECTED = "figures", "figure_changes", "commissioning_figures", "protected_figures"
SAFE = "public_edition_cannot_be_worked_back"


@contextmanager
def ethnicity_as_used(
    con: duckdb.DuckDBPyConnection, scope: RunScope, codes: Sequence[str], year: int
) -> Iterator[None]:
    """Inside, the workforce as the settings want it counted: as in ESR, or with what was declared in TRAC put in.

    Only where `use_declared_in_trac` says so are declared values used, for the organisations whose reports are made.
    """
    settings = scope.settings
    if not settings.gap.use_declared_in_trac:
        yield
        return
    snapshot = years.load(year).snapshot_date
    reported = [code for code in codes if code in set(scope.report_codes())]
    linking.link(con, reported, snapshot, {code: scope.extracts / code / DECISIONS for code in reported})
    gap.account(
        con, reported, snapshot, normal_lag_days=settings.gap.normal_lag_days, own_lag=settings.gap.lag_limits
    )
    with gap.as_if_closed(con, reported, snapshot):
        yield


def _figures(run: Run, codes: Sequence[str]) -> dict[str, Done]:
    with run.scope.open() as con, ethnicity_as_used(con, run.scope, codes, run.year):
        mappings = {code: run.scope.mappings(code) for code in codes}
        margins = {code: run.scope.settings.organisation(code).margins for code in codes}
        made = store.make(con, codes, run.year, mappings, margins)
        by_code: dict[str, list[Figure]] = {code: [] for code in codes}
        for figure in made:
            if figure.reporting_year == run.year:
                by_code[figure.organisation_code].append(figure)
        return {code: Done(_facts(con, run, code, figures)) for code, figures in by_code.items()}


def _facts(con: duckdb.DuckDBPyConnection, run: Run, code: str, figures: Sequence[Figure]) -> dict[str, Fact]:
    """Numbers worth a curve."""
    facts: dict[str, Fact] = {"figures": len(figures)}
    for state in ("value", "zero", "not_collected"):
        facts[state.replace("_", " ")] = sum(f.state == state for f in figures)
    for word in WORDS:
        facts[f"verdict: {word}"] = sum(f.verdict == word for f in figures)
    states = report_context.ethnic_states(con, code, run.year)
    people = sum(states.values())
    if people:
        facts["headcount"] = people
        facts["declared share"] = round(100 * states.get("declared", 0) / people, 1)
        facts["ethnicity not known"] = people - states.get("declared", 0)
    return facts


def _today() -> date:
    """A confirmation of a finding ends on a day: findings are looked for anew each day."""
    return datetime.now(UTC).date()


def _day_and_others(run: Run, con: duckdb.DuckDBPyConnection, code: str) -> list[bytes | str]:
    """What findings depend on beside the organisation's own folder."""
    others = same_content.others(con, code, run.scope.codes(), run.scope.extracts)
    return [_today().isoformat(), *others]


def _findings(run: Run, codes: Sequence[str]) -> dict[str, Done]:
    """The findings about the extracts, kept and written beside the outputs."""
    mappings = {code: run.scope.mappings(code) for code in codes}
    with run.scope.open() as con:
        settings = run.scope.settings
        found = delivery_findings.gather(
            con,
            run.scope.extracts,
            run.scope.output,
            codes,
            years.load(run.year),
            mappings,
            numbers_found=settings.targets.numbers_found,
            declaration_target=settings.targets.declaration,
            limits=settings.plausibility,
            keep_measures=True,
            on=_today(),
        )
        return landing.keep_findings(run, con, codes, found)


def _changes(run: Run, codes: Sequence[str]) -> dict[str, Done]:
    with run.scope.open() as con:
        made = store.make_changes(con, list(codes), run.year)
    return {
        code: Done({"figures compared": sum(change.organisation_code == code for change in made)})
        for code in codes
    }


def desk_settings(scope: RunScope, code: str) -> desk_reading.DeskSettings:
    """What the settings and the organisation's own files say of its desk."""
    found = scope.settings.organisation(code)
    written = scope.extracts / code / comments.FILE
    return desk_reading.DeskSettings(
        residents_of=found.residents_of,
        residents_ages=found.residents_ages,
        own_residents=own_rows(scope.extracts / code / RESIDENTS),
        providers=found.providers,
        predecessors=found.predecessors,
        comments=comments.load(written) if written.exists() else (),
    )


def desk_inputs(
    con: duckdb.DuckDBPyConnection, scope: RunScope, code: str, year: int
) -> dashboard.DeskInputs:
    """What the desk of one organisation and year is worked out from."""
    rules = years.load(year)
    figures = {code: store.read(con, store.FIGURES, code, year)}
    dated = scope.judged_on(rules.publication_deadline)
    return desk_reading.inputs(con, figures, rules, {code: desk_settings(scope, code)}, dated)[code]


def _no_beginning(run: Run, code: str) -> None:
    return None


def _desk(run: Run, code: str, _: None) -> Done:
    with run.scope.open() as con:
        figures = store.read(con, store.FIGURES, code, run.year)
        found = dashboard.internal(desk_inputs(con, run.scope, code, run.year), figures)
        desk_store.replace_figures(con, found.figures, run.year, [code])
    return Done({"figures": len(found.figures), "sections": len({f.section for f in found.figures})})


def _protected(run: Run, code: str, _: None) -> Done:
    scope, year = run.scope, run.year
    with scope.open() as con:
        figures = editions.both_years(con, store.FIGURES, code, year)
        releases = editions.releases_of(con, scope, code)
        made = protect(
            figures,
            editions.policy_of(scope.settings, year),
            earlier_public=editions.editions_in_folders(scope, code, year, releases),
            releases=releases,
            quality=editions.other_tables(con, code, year),
            delivery_names=delivery_names.names_of(con, [code]),
        )
        if made.release is not None:
            release_store.keep(con, replace(made.release, organisation_code=code, period=str(year)))
        disclosure_store.replace(con, code, year, [year, year - 1], made)
    words = made.audit.words() if made.audit.failed else "every withheld count is safe"
    safe = Outcome(
        SAFE, PROTECTED, check_outcomes.BLOCKING, code, not made.audit.failed, words, made.audit.checked
    )
    facts: dict[str, Fact] = {
        "figures": len(figures),
        "small counts withheld": made.small,
        "withheld to protect them": made.more,
        "counts audited": made.audit.checked,
    }
    return Done(facts, (safe,))


def _earlier_edition(run: Run, con: duckdb.DuckDBPyConnection, code: str) -> list[bytes | str]:
    return fingerprints.content_of(editions.edition_file(run.scope, code, run.year - 1))


def _both(table: str) -> Callable[[Run], list[str]]:
    def writes(run: Run) -> list[str]:
        return [f"{table} {run.year}", f"{table} {run.year - 1}"]

    return writes


YEAR_TABLES = (
    checks.of_extracts(after=CORE),
    Step(FINDINGS, together(_findings), (FINDINGS,), after=(CORE,), extracts=True, reads=_day_and_others, reports=False),
    checks.of_findings(after=FINDINGS),
    Step(
        FIGURES, together(_figures), (FIGURES,), after=(CORE, IDENTITIES, checks.EXTRACT_CHECKS), only_after=(FINDINGS, checks.FINDING_CHECKS), extracts=True,
        gates=checks.OF_EXTRACTS | checks.OF_FINDINGS, writes=_both(FIGURES), reports=False,
    ),
    checks.of_figures(after=FIGURES),
    Step(CHANGES, together(_changes), (CHANGES,), after=(FIGURES, checks.FIGURE_CHECKS)),
    Step(DESK, one_by_one(_no_beginning, _desk), (DESK,), after=(FIGURES, checks.FIGURE_CHECKS), extracts=True),
    Step(
        PROTECTED, one_by_one(_no_beginning, _protected), (PROTECTED,), after=(FIGURES, checks.FIGURE_CHECKS),
        extracts=True, reads=_earlier_edition, writes=_both(PROTECTED),
    ),
)  # fmt: skip
"""The steps that make tables of a reporting year, in order."""
