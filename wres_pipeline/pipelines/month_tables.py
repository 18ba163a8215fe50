"""The tables of a month: who was linked, did the ethnicity declared in TRAC arrive in ESR, and how good the data are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from wres_pipeline.indicators import store
from wres_pipeline.linkage import decisions, linking
from wres_pipeline.pipelines import check_outcomes, checks
from wres_pipeline.pipelines.landing import CORE, IDENTITIES
from wres_pipeline.pipelines.run_scope import Run
from wres_pipeline.pipelines.step import Done, Fact, Step, together
from wres_pipeline.quality import month
from wres_pipeline.quality.expectations import Outcome
from wres_pipeline.quality.trac_to_esr import break_point, gap
from wres_pipeline.reference import years

LINKS, GAP, QUALITY_FIGURES = "linkage_links", "quality_gap", "quality_figures"
ARRIVES = "ethnicity_declared_in_trac_arrives_in_esr"


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


def _links(run: Run, codes: Sequence[str]) -> dict[str, Done]:
    files = {code: run.scope.extracts / code / decisions.FILE_NAME for code in codes}
    with run.scope.open() as con:
        made = linking.link(con, list(codes), run.month_end, files)
    facts: dict[str, dict[str, Fact]] = {code: {} for code in codes}
    for (code, method, band), links in sorted(made.items()):
        facts[code][f"links by {method}, {band}".replace("_", " ")] = links
    return {code: Done(facts[code]) for code in codes}


def _gap(run: Run, codes: Sequence[str]) -> dict[str, Done]:
    lag = run.scope.settings.gap.normal_lag_days
    with run.scope.open() as con:
        accounts = gap.account(
            con, list(codes), run.month_end, normal_lag_days=lag, own_lag=run.scope.settings.gap.lag_limits
        )
    return {code: _gap_of(run, account) for code, account in accounts.items()}


def _gap_of(run: Run, account: gap.GapAccount) -> Done:
    """The states of an organisation's appointed applications, and whether ethnicity arrives."""
    found = break_point.find(account.series)
    words = (
        f"At {run.month_end.isoformat()}: {account.lost} declared in TRAC and not in ESR; {in_words(found)}"
    )
    severity = check_outcomes.ERROR if found.open else check_outcomes.WARNING
    outcome = Outcome(
        ARRIVES,
        GAP,
        severity,
        account.organisation_code,
        not account.lost and not found.open,
        words,
        len(account.months),
    )
    facts: dict[str, Fact] = {"declared in TRAC and not in ESR": account.lost}
    facts |= {state.replace("_", " "): n for state, n in account.states.items()}
    last = account.months[-1] if account.months else None
    if last is not None and last.starters:
        facts["arrival share"] = round(100 * last.arrived / last.starters, 1)
    facts["arrival of ethnicity"] = in_words(found)
    return Done(facts, (outcome,))


def _quality_figures(run: Run, codes: Sequence[str]) -> Mapping[str, Done]:
    as_at = run.month_end
    with run.scope.open() as con:
        accounts = gap.read(con, list(codes), as_at)
        year = year_with_snapshot(as_at)
        figures = closed = None
        if year is not None:
            figures = store.work_out(con, codes, year)
            with gap.as_if_closed(con, list(codes), as_at):
                closed = store.work_out(con, codes, year)
        target = run.scope.settings.targets.declaration
        made = month.make(con, accounts, as_at, target=target, figures=figures, closed=closed)
    return {code: Done(_facts(rows)) for code, rows in made.items()}


def _facts(rows: Sequence[month.QualityFigure]) -> dict[str, Fact]:
    """Numbers worth a curve: of the whole body, and how much there is of each section."""
    facts: dict[str, Fact] = {"figures": len(rows)}
    for figure in rows:
        of_the_whole = figure.section == "declaration" and not figure.breakdown
        if of_the_whole and (figure.measure, figure.ethnicity_state) == ("percentage", "declared"):
            facts["headcount"] = figure.denominator or 0
            facts["declared share"] = round(
                100 * (figure.numerator or 0) / max(figure.denominator or 0, 1), 1
            )
            facts["ethnicity not known"] = (figure.denominator or 0) - (figure.numerator or 0)
        section = f"figures of {figure.section}".replace("_", " ")
        facts[section] = int(facts.get(section, 0)) + 1
    return facts


def year_with_snapshot(day: date) -> int | None:
    """The latest reporting year whose 31 March is not after the day; None before the first."""
    known = [year for year in years.all_years() if years.load(year).snapshot_date <= day]
    return known[-1] if known else None


MONTH_TABLES = (
    checks.of_extracts(after=CORE),
    Step(
        LINKS, together(_links), (LINKS,), after=(CORE, IDENTITIES, checks.EXTRACT_CHECKS), extracts=True,
        gates=checks.OF_A_MONTH,
    ),
    Step(GAP, together(_gap), (GAP,), after=(LINKS,), extracts=True),
    Step(QUALITY_FIGURES, together(_quality_figures), (QUALITY_FIGURES,), after=(GAP,), extracts=True),
)  # fmt: skip
"""The steps that make tables of a month, in order."""
