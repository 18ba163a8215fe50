"""What a commissioner keeps beside its own extracts: the log of its providers' published figures, and the
action plan.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

import numpy as np

from wres_pipeline.synthetic import catalogue, national_survey, writing
from wres_pipeline.synthetic.organisation import Organisation
from wres_pipeline.synthetic.people import Random
from wres_pipeline.synthetic.spec import OrganisationSpec
from wres_pipeline.synthetic.writing import Table

YEARLY_DRIFT = 1.1
SMALLEST_PUBLISHED = 11
LATE = "XAM"
"""The provider whose return of the last year is late."""
WRITTEN_ABOUT = 2021
"""The year the comments and the plan beside this module are about; those of another year carry its dates."""
_YEARS = re.compile(r"\b(20\d\d)(-\d\d-\d\d|-\d\d|)\b")


def write_plan_and_log(folder: Path, made: Organisation, providers: Sequence[Organisation] = ()) -> None:
    """Write the log of providers' returns, the national survey results, comments sent and the plan,
    where the spec has them. providers: those whose returns are invented too, and say the same here as there.
    """
    spec = made.spec
    if spec.provider_returns:
        table = provider_returns(np.random.default_rng([spec.seed, 7]), spec, providers)
        writing.write_extract(folder, "provider_returns", "provider_returns", table)
        newest = max(spec.years) - 1
        others = national_survey.results(np.random.default_rng([spec.seed, 11]), made, table, newest)
        kind = "staff_survey_organisations"
        writing.write_extract(folder, kind, f"{kind}_{newest}", others)
        _copy(folder, "provider_comments.yaml", spec)
    if spec.action_plan:
        _copy(folder, "actions.yaml", spec)


def _copy(folder: Path, name: str, spec: OrganisationSpec) -> None:
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    later = max(spec.years) - WRITTEN_ABOUT

    def moved(match: re.Match[str]) -> str:
        year, rest = int(match[1]) + later, match[2]
        return f"{year}-{(year + 1) % 100:02}" if len(rest) == len("-22") else f"{year}{rest}"

    text = _YEARS.sub(moved, text).replace("organisation: X01", f"organisation: {spec.code}")
    (folder / name).write_text(text, encoding="utf-8")


def provider_returns(rng: Random, spec: OrganisationSpec, providers: Sequence[Organisation] = ()) -> Table:
    """Indicators 5 to 8 of three fictional providers by year; one provider's last return is late."""
    lines: list[list[str]] = []
    own = {one.spec.code: published(one) for one in providers}
    for year in spec.years:
        for row in catalogue.rows("provider_rates.csv"):
            if (row["provider_code"], year) == (LATE, max(spec.years)):
                continue
            for group, rate, base in (("White", "white", "white_responses"), ("BME", "bme", "bme_responses")):
                percent = min(max(float(row[rate]) + float(rng.normal(0, YEARLY_DRIFT)), 0.5), 99.5)
                responses = round(int(row[base]) * float(rng.uniform(0.92, 1.08)))
                if row["provider_code"] in own:
                    percent, responses = own[row["provider_code"]].get(
                        (year, row["indicator"], group), (0.0, 0)
                    )
                    if responses < SMALLEST_PUBLISHED:
                        continue
                source = f"WRES report {year} of {row['provider_name']} (invented)"
                who = [row["provider_code"], row["provider_name"], str(year), row["indicator"], group]
                lines.append([*who, f"{percent:.1f}", str(responses), source, ""])
    names = (
        "provider_code",
        "provider_name",
        "year",
        "indicator",
        "ethnic_group",
        "percent",
        "base",
        "source",
        "note",
    )
    return {name: catalogue.texts([line[place] for line in lines]) for place, name in enumerate(names)}


def published(made: Organisation) -> dict[tuple[int, str, str], tuple[float, int]]:
    """(year, indicator, group) -> (percentage, answers) of indicators 5 to 8, as an organisation would publish its own survey.

    Indicator 6 is of those who answered about managers or colleagues, either of whom did it. Of indicator 7 "don't know" counts
    from the survey of 2021 on.
    """
    found = {}
    groups = catalogue.ethnicities().wres_group
    for year, survey in made.surveys.items():
        public, managers, colleagues, progress, discrimination = survey.answers.values()
        said = np.where(managers == "", colleagues, np.where(colleagues == "yes", "yes", managers))
        if year <= WRITTEN_ABOUT:
            progress = np.where(progress == "dont_know", "", progress)
        group = np.where(survey.ethnicity < 0, "", groups[survey.ethnicity])
        for indicator, answers in (("5", public), ("6", said), ("7", progress), ("8", discrimination)):
            for name in ("White", "BME"):
                answered = answers[(group == name) & (answers != "")]
                if len(answered):
                    found[year, indicator, name] = 100 * float(np.mean(answered == "yes")), len(answered)
    return found
