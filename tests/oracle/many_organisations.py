"""Organisations of 1 to 5,000 staff to compare the two implementations on, the odd ones among them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np

from wres_pipeline.synthetic import OrganisationSpec

SMALLEST, LARGEST = 1, 5000

#: what makes an organisation odd; every generated one takes its turn
ODDITIES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("nothing", {}),
    ("no BME staff", {"bme_share": 0.0, "bme_share_hired": 0.0, "bme_share_applicants": 0.0, "board_bme": 0}),
    ("nobody shortlisted", {"nobody_shortlisted": True}),
    ("every ethnicity unknown", {"undeclared": 1.0, "turnover": 0.0}),
    ("one person with five assignments", {"five_assignments": 1, "second_assignments": 0.2}),
    ("two primaries, or none", {"two_primaries": 0.3, "no_primary": 0.3}),
    ("non-clinical staff only", {"clusters": ("non_clinical",)}),
    ("medical staff only", {"clusters": ("medical_and_dental",)}),
    ("respondents of the survey", {"survey": "respondents"}),
    ("no staff list", {"missing": ("esr_staff_list",)}),
    ("no applications, no cases", {"missing": ("trac_applications", "employee_relations")}),
    ("no training, no board, no survey", {"missing": ("training", "board"), "survey": "none"}),
    ("three years, the first a rolling one", {"years": (2019, 2020, 2021), "cases_per_year": 15.0}),
    (
        "a break, and many leavers",
        {"break_month": date(2020, 11, 1), "turnover": 0.4, "survey": "respondents"},
    ),
    ("a later year", {"years": (2022, 2023), "survey": "respondents"}),
    ("a later year, printed survey", {"years": (2022,), "undeclared": 0.3}),
    ("everybody BME", {"bme_share": 1.0, "bme_share_hired": 1.0, "board_bme": 10}),
    ("days of shortlisting printed", {"shortlisted_as_date": True, "years": (2020, 2021)}),
    ("workbooks", {"formats": {"esr_staff_list": "xlsx", "trac_applications": "xlsx", "board": "xlsx"}}),
    ("TRAC that deletes nothing", {"trac_deletes": False, "shortlisted_as_date": True}),
)


def specs(count: int, seed: int, largest: int = LARGEST) -> Iterator[tuple[str, OrganisationSpec]]:
    """`count` organisations with what is odd about each; sizes even on a logarithmic scale, 1 first."""
    rng = np.random.default_rng(seed)
    for place in range(count):
        oddity, changes = ODDITIES[place % len(ODDITIES)]
        size = SMALLEST if place == 0 else round(float(np.exp(rng.uniform(0, np.log(largest)))))
        size = largest if place == 1 else size
        plain = OrganisationSpec(
            code=f"G{place:03d}",
            name=f"Generated organisation {place}",
            kind=("trust", "ccg")[int(rng.integers(2))],
            seed=seed * 1000 + place,
            staff=size,
            bme_share=float(rng.beta(1.2, 4)),
            undeclared=float(rng.beta(1.2, 12)),
            unmapped=int(rng.integers(3)),
            turnover=float(rng.uniform(0, 0.25)),
            applications_per_year=min(size * 3, 4000),
            bank=int(rng.integers(0, 1 + size // 10)),
            honorary=int(rng.integers(3)),
            hosted=int(rng.integers(4)),
            cases_per_year=float(rng.uniform(0, 4 + size / 50)),
        )
        yield oddity, dataclasses.replace(plain, **changes)
