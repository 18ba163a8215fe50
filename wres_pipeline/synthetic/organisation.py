"""One invented organisation, whole: its staff, applications and records, drawn from the spec and its
seed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wres_pipeline.synthetic import records, recruitment, staff
from wres_pipeline.synthetic.catalogue import Indexes
from wres_pipeline.synthetic.people import Dates, Random
from wres_pipeline.synthetic.spec import OrganisationSpec


@dataclass(slots=True)
class Organisation:
    """Everything true of an invented organisation, and everything its systems hold."""

    spec: OrganisationSpec
    staff: staff.Staff
    applications: recruitment.Applications
    cases: records.Cases
    training: dict[int, records.Training]
    appraisals: dict[int, tuple[Indexes, Dates]]
    surveys: dict[int, records.Answers]
    board: records.Board


def generate_organisation(spec: OrganisationSpec) -> Organisation:
    """Invent an organisation. The same spec gives the same organisation, whatever was generated before."""
    people = staff.simulate(_random(spec, 0), spec)
    applications = recruitment.simulate(_random(spec, 1), spec, people)
    return Organisation(
        spec=spec,
        staff=people,
        applications=applications,
        cases=records.cases(_random(spec, 2), spec, people),
        training={year: records.training(_random(spec, 3, year), spec, people, year) for year in spec.years},
        appraisals={year: records.appraisals(_random(spec, 4, year), people, year) for year in spec.years},
        surveys={year: records.survey(_random(spec, 5, year), spec, people, year - 1) for year in spec.years},
        board=records.board(_random(spec, 6), spec),
    )


def _random(spec: OrganisationSpec, *stream: int) -> Random:
    # A stream for each subject: a change to one subject leaves the others' draws as they were.
    return np.random.default_rng([spec.seed, *stream])
