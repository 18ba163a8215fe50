"""Presets: the committed sample, an acute trust, and a nation, written to a folder in the shape of the
extracts folder.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import numpy as np

from wres_pipeline.synthetic import extracts, plan, truth
from wres_pipeline.synthetic.organisation import Organisation, generate_organisation
from wres_pipeline.synthetic.spec import ACUTE, CARRICK, TAMAR, TEACHING, OrganisationSpec

DEFAULT_SEED = 20211273
PRESETS = ("sample", "teaching", "acute", "nation")
NATION_ORGANISATIONS = 220
NATION_STAFF = 1_500_000
NATION_SMALLEST = 120


def write_sample(
    folder: Path,
    preset: str = "sample",
    seed: int = DEFAULT_SEED,
    *,
    scale: int | None = None,
    with_truth: bool | None = None,
) -> list[Path]:
    """Write a preset's extracts to `folder/<ODS>/` and its truth to `folder/truth/<ODS>/`; returns the
    files of extracts.

    Presets: `sample` (a clinical commissioning group of about 300 and a trust of about 3,000), `teaching` (a care board and a trust
    over five years to the present one, whose figures agree wherever both print them), `acute`
    (12,000 staff and 60,000 applications a year), `nation` (220 organisations; `scale` sets the staff,
    1.5 million by default). Organisations are made and written one after another, so memory does not grow
    with their number. Truth is left out of a nation unless asked for. Raises ValueError for a preset that
    does not exist.
    """
    truth_too = preset != "nation" if with_truth is None else with_truth
    written: list[Path] = []
    made_before: list[Organisation] = []
    for spec in specs(preset, seed, scale):
        made = generate_organisation(spec)
        home = folder / spec.code
        delivered = extracts.write_extracts(home, made)
        written += delivered
        plan.write_plan_and_log(home, made, made_before)
        if preset == "teaching":
            made_before.append(made)
        if truth_too:
            truth.write_truth(folder / "truth" / spec.code, made, delivered)
    if preset == "sample":
        text = resources.files(__package__).joinpath("README_SAMPLE.md").read_text(encoding="utf-8")
        (folder / "README.md").write_text(text, encoding="utf-8")
    return written


def specs(preset: str, seed: int = DEFAULT_SEED, scale: int | None = None) -> Iterator[OrganisationSpec]:
    """The organisations of a preset."""
    if preset == "sample":
        yield dataclasses.replace(TAMAR, seed=seed)
        yield dataclasses.replace(CARRICK, seed=seed + 1)
    elif preset == "teaching":
        for place, spec in enumerate(TEACHING):
            yield dataclasses.replace(spec, seed=seed + 10 + place)
    elif preset == "acute":
        yield dataclasses.replace(ACUTE, seed=seed)
    elif preset == "nation":
        yield from nation(seed, scale or NATION_STAFF)
    else:
        raise ValueError(f"no preset {preset!r}; there are: {', '.join(PRESETS)}")


def nation(seed: int, staff: int) -> Iterator[OrganisationSpec]:
    """220 organisations whose sizes are skewed as trusts' are, together about `staff` people."""
    rng = np.random.default_rng([seed, 220])
    sizes = np.exp(rng.normal(0.0, 0.75, NATION_ORGANISATIONS))
    smallest = min(NATION_SMALLEST, staff // (2 * NATION_ORGANISATIONS))
    counts = smallest + np.floor(sizes / sizes.sum() * (staff - smallest * NATION_ORGANISATIONS)).astype(
        np.int64
    )
    bme = rng.beta(1.6, 5.0, NATION_ORGANISATIONS)
    for place, (count, share) in enumerate(zip(counts.tolist(), bme.tolist(), strict=True)):
        small = count < 600
        yield OrganisationSpec(
            code=f"N{place + 1:03d}",
            name=f"Invented organisation {place + 1} of {NATION_ORGANISATIONS}",
            kind="ccg" if small else "trust",
            seed=seed + 1000 + place,
            staff=count,
            bme_share=share,
            bme_share_hired=min(share * 1.2, 0.9),
            bme_share_applicants=min(share * 1.8 + 0.02, 0.9),
            undeclared=0.03 + 0.08 * float(rng.random()),
            applications_per_year=count,
            trac_deletes=False,
            bank=round(count * 0.05),
            honorary=round(count * 0.008),
            cases_per_year=count * 0.011,
            board=12 + place % 6,
            board_bme=place % 4,
        )
