"""Staff-survey results by organisation as a national publication gives them, all bodies but our own
invented.

The commissioner's own row is what its own survey says; its providers' rows are those of its log
(all staff: both groups by their responses) where the log has the question. Two small bodies have
too few responses to be shown and one kind's newest member is not weighted, as happens in the real
publication.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from wres_pipeline.reference import survey
from wres_pipeline.synthetic import catalogue, survey_tables
from wres_pipeline.synthetic.organisation import Organisation
from wres_pipeline.synthetic.people import Random
from wres_pipeline.synthetic.survey_tables import SMALLEST_SHOWN
from wres_pipeline.synthetic.writing import Table

WEIGHTED, UNWEIGHTED = "Occupation Group", "Unweighted"
BETWEEN = 0.12
"""How much bodies of one kind differ beyond chance, as a share of the kind's rate."""

TOO_FEW = 8
LOGGED_YEAR, LOGGED = 2019, ("Q13a", "Q14", "Q15b")
"""Questions of 2018 to 2020 whose percentages providers' returns print."""
PROVIDERS = {
    "XTR": "Acute and Acute & Community Trusts",
    "XMH": "Mental Health & Learning Disability Trusts",
    "XAM": "Ambulance Trusts",
}
COLUMNS = (
    "ods_code",
    "survey_year",
    "organisation_name",
    "benchmarking_group",
    "region",
    "weighting",
    "question",
    "measure",
    "percent",
    "base",
)


def results(rng: Random, made: Organisation, log: Table, survey_year: int) -> Table:
    """One row a body and question, in the order of bodies by kind."""
    lines: list[tuple[str, ...]] = []
    measures = {row["question"]: row["measure"] for row in catalogue.rows("survey_questions.csv")}
    asked = _asked(survey_year)
    for code, name, kind, region, responses, weighting, rates in _bodies(rng, made, log, survey_year):
        kind = "ICBs" if kind == "CCGs" and made.spec.kind == "icb" else kind
        for first_named, percent in rates.items():
            question = asked.get(first_named, first_named)
            shown = "-" if responses < SMALLEST_SHOWN else f"{percent:.4f}"
            lines.append(
                (code, str(survey_year), name, kind, region, weighting, question, measures[question], shown, str(responses))
            )  # fmt: skip
    return {column: catalogue.texts([line[place] for line in lines]) for place, column in enumerate(COLUMNS)}


def _asked(survey_year: int) -> dict[str, str]:
    """What the questions of the benchmark's own year are called in another."""
    names: dict[str, list[str]] = {}
    for row in catalogue.rows("survey_questions.csv"):
        names.setdefault(row["first_year"], []).append(row["question"])
    first, *later = names
    found = next((y for y in reversed(later) if int(y) <= survey_year), first)
    return dict(zip(names[first], names[found], strict=True))


def _bodies(
    rng: Random, made: Organisation, log: Table, survey_year: int
) -> Iterator[tuple[str, str, str, str, int, str, dict[str, float]]]:
    for group in catalogue.rows("benchmark_groups.csv"):
        kind, region = group["benchmarking_group"], group["region"]
        usual = {
            row["question"]: float(row["percent"])
            for row in catalogue.rows("benchmark_rates.csv")
            if row["benchmarking_group"] == kind
        }
        if made.spec.kind in ("ccg", "icb") and kind == "CCGs":
            own = _own(made, survey_year)
            if own:
                yield made.spec.code, made.spec.name, kind, region, own[0], WEIGHTED, own[1]
        for code, of_kind in PROVIDERS.items():
            if of_kind == kind:
                responses, rates = _logged(log, code, survey_year + 1)
                if responses:
                    yield code, _name(log, code), kind, region, responses, WEIGHTED, {**_rates(rng, usual, responses), **rates}  # fmt: skip
        low, high = np.log(float(group["smallest"])), np.log(float(group["largest"]))
        for number in range(1, int(group["bodies"]) + 1):
            responses = round(float(np.exp(rng.uniform(low, high))))
            if kind == "CCGs" and number in (7, 23):
                responses = TOO_FEW
            weighting = UNWEIGHTED if kind == "CCGs" and number == int(group["bodies"]) else WEIGHTED
            code, name = f"{group['code']}{number:02d}", f"{group['name']} {number}"
            yield code, name, kind, region, responses, weighting, _rates(rng, usual, responses)


def _rates(rng: Random, usual: dict[str, float], responses: int) -> dict[str, float]:
    """A body's percentages: its own rate around the kind's, then as many of its responses as chance
    has it.
    """
    found = {}
    for question, percent in usual.items():
        true = min(max(percent * float(rng.normal(1.0, BETWEEN)), 0.5), 99.0) / 100
        found[question] = 100 * int(rng.binomial(responses, true)) / responses
    return found


def _own(made: Organisation, survey_year: int) -> tuple[int, dict[str, float]] | None:
    """The organisation's own results of all staff, from its own survey table; the largest of its bases."""
    table = survey_tables.tidy(made, survey_year)
    rows = [
        (str(question), str(percent), int(base))
        for question, group, percent, base in zip(
            table["question"], table["ethnic_group"], table["percent"], table["base"], strict=True
        )
        if group == "All staff" and percent != "-"
    ]
    if not rows:
        return None
    return max(base for _, _, base in rows), {question: float(percent) for question, percent, _ in rows}


def _logged(log: Table, code: str, year: int) -> tuple[int, dict[str, float]]:
    """What the log's newest return of a provider up to the year says, both groups together; no
    responses without one.
    """
    asked = {name: survey.question(LOGGED_YEAR, name) for name in LOGGED}
    numbers = {found.indicator: name for name, found in asked.items() if found is not None}
    years = [
        int(of) for provider, of in zip(log["provider_code"], log["year"], strict=True) if provider == code
    ]
    newest = max((of for of in years if of <= year), default=0)
    sums: dict[str, list[tuple[float, int]]] = {}
    for provider, of_year, indicator, percent, base in zip(
        log["provider_code"], log["year"], log["indicator"], log["percent"], log["base"], strict=True
    ):
        if provider == code and int(of_year) == newest and indicator in numbers:
            sums.setdefault(numbers[str(indicator)], []).append((float(percent), int(base)))
    rates = {
        question: sum(percent * base for percent, base in of) / sum(base for _, base in of)
        for question, of in sums.items()
    }
    return max((sum(base for _, base in of) for of in sums.values()), default=0), rates


def _name(log: Table, code: str) -> str:
    return next(
        str(name)
        for provider, name in zip(log["provider_code"], log["provider_name"], strict=True)
        if provider == code
    )
