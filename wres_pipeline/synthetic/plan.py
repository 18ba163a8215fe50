"""What a commissioner keeps beside its own extracts: the log of its providers' published figures, and the
action plan.
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import numpy as np

from wres_pipeline.synthetic import catalogue, national_survey, writing
from wres_pipeline.synthetic.organisation import Organisation
from wres_pipeline.synthetic.people import Random
from wres_pipeline.synthetic.spec import OrganisationSpec
from wres_pipeline.synthetic.writing import Table

YEARLY_DRIFT = 1.1
LATE = ("XAM", 2021)


def write_plan_and_log(folder: Path, made: Organisation) -> None:
    """Write the log of providers' returns, the national survey results, comments sent and the plan,
    where the spec has them.
    """
    spec = made.spec
    if spec.provider_returns:
        table = provider_returns(np.random.default_rng([spec.seed, 7]), spec)
        writing.write_extract(folder, "provider_returns", "provider_returns", table)
        newest = max(spec.years) - 1
        others = national_survey.results(np.random.default_rng([spec.seed, 11]), made, table, newest)
        kind = "staff_survey_organisations"
        writing.write_extract(folder, kind, f"{kind}_{newest}", others)
        _copy(folder, "provider_comments.yaml")
    if spec.action_plan:
        _copy(folder, "actions.yaml")


def _copy(folder: Path, name: str) -> None:
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    (folder / name).write_text(text, encoding="utf-8")


def provider_returns(rng: Random, spec: OrganisationSpec) -> Table:
    """Indicators 5 to 8 of three fictional providers by year; one provider's last return is late."""
    lines: list[list[str]] = []
    for year in spec.years:
        for row in catalogue.rows("provider_rates.csv"):
            if (row["provider_code"], year) == LATE:
                continue
            for group, rate, base in (("White", "white", "white_responses"), ("BME", "bme", "bme_responses")):
                percent = min(max(float(row[rate]) + float(rng.normal(0, YEARLY_DRIFT)), 0.5), 99.5)
                responses = round(int(row[base]) * float(rng.uniform(0.92, 1.08)))
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
