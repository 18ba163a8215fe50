"""The expectations of `expectations.csv`, put to the tables of organisations and kept as outcomes."""

from __future__ import annotations

from collections.abc import Sequence

from wres_pipeline.extracts.outcomes import texts_not_shown
from wres_pipeline.pipelines.run_scope import Run
from wres_pipeline.pipelines.step import Done, Step, together
from wres_pipeline.quality import expectations
from wres_pipeline.quality.expectations import Expectation
from wres_pipeline.reference import years
from wres_pipeline.reports.release import edition_folders

EXTRACT_CHECKS, FINDING_CHECKS, FIGURE_CHECKS = (
    "checks_of_extracts",
    "checks_of_findings",
    "checks_of_figures",
)
OF_FIGURES, OF_FINDINGS = frozenset({"figures"}), frozenset({"findings"})
OF_EXTRACTS = frozenset(e.asset for e in expectations.expectations()) - OF_FIGURES - OF_FINDINGS
OF_A_MONTH = frozenset({"deliveries", "core_assignments", "core_applications", "core_workforce"})
"""Tables that the reports of a month are made from."""


def _put(run: Run, codes: Sequence[str], wanted: Sequence[Expectation]) -> dict[str, Done]:
    with run.scope.open() as con:
        outcomes = expectations.run(
            con,
            wanted,
            codes,
            years.load(run.year),
            declaration_target=run.scope.settings.targets.declaration,
        )
    return {code: Done(outcomes=tuple(o for o in outcomes if o.organisation_code == code)) for code in codes}


def _of_extracts(run: Run, codes: Sequence[str]) -> dict[str, Done]:
    """Beside the outcomes, the cells that no check may show are listed for the people team."""
    done = _put(run, codes, expectations.of_assets(OF_EXTRACTS))
    # after the checks: it is they that give a text its id
    with run.scope.open() as con:
        for code in codes:
            restricted = run.scope.output / code / edition_folders.RESTRICTED
            texts_not_shown.write(con, code, restricted / texts_not_shown.FILE)
    return done


def _of_findings(run: Run, codes: Sequence[str]) -> dict[str, Done]:
    return _put(run, codes, expectations.of_assets(OF_FINDINGS))


def _of_figures(run: Run, codes: Sequence[str]) -> dict[str, Done]:
    return _put(run, codes, expectations.of_assets(OF_FIGURES))


def of_extracts(after: str) -> Step:
    """The checks of what came in."""
    return Step(
        EXTRACT_CHECKS,
        together(_of_extracts),
        after=(after,),
        extracts=True,
        reports=False,
        judges=OF_EXTRACTS,
    )


def of_findings(after: str) -> Step:
    """The checks of what was found about the extracts."""
    return Step(
        FINDING_CHECKS,
        together(_of_findings),
        after=(after,),
        extracts=True,
        reports=False,
        judges=OF_FINDINGS,
    )


def of_figures(after: str) -> Step:
    """The checks of the figures made from it."""
    return Step(FIGURE_CHECKS, together(_of_figures), after=(after,), reports=False, judges=OF_FIGURES)
