"""What the public edition may show of the desk's own counts: small ones go, and what would give
them away with them.
"""

from __future__ import annotations

from wres_pipeline.commissioner import dashboard, fair_process, protection
from wres_pipeline.commissioner import fair_process as development
from wres_pipeline.commissioner.fair_process import EVERYBODY, FunnelCount, funnel
from wres_pipeline.disclosure import Policy, protect
from wres_pipeline.indicators.computation import compute
from wres_pipeline.indicators.counts import Groups, Happened, OrganisationCounts, Recruitment, Workforce
from wres_pipeline.reference import years

RULES = years.load(2021)
COUNTS = OrganisationCounts(
    "X01",
    2021,
    Workforce(
        {("non_clinical", "Band 5"): Groups(200, 40, 20), ("non_clinical", "Band 6"): Groups(90, 12, 11)}
    ),
    Recruitment(Groups(300, 60, 30), Groups(60, 4, 11)),
    training=Happened(Groups(150, 20, 15)),
)
FIGURES = compute(COUNTS, RULES)
DEVELOPED = development.counts(
    "X01",
    2021,
    {
        "workforce": {"White": 290, "BME": 52, "Unknown": 31},
        "appraised": {"White": 200, "BME": 4, "Unknown": 20},
        "taken": {"White": 150, "BME": 20, "Unknown": 15},
    },
)
FUNNEL = funnel(
    "X01",
    2021,
    [
        FunnelCount(group, False, False, stage, number)
        for group, reached in (
            ("White", (500, 100, 100, 40, 40, 20)),
            ("BME", (150, 20, 26, 10, 3, 1)),
            ("Unknown", (80, 9, 5, 5, 6, 5)),
        )
        for stage, number in zip(fair_process.STAGES, reached, strict=True)
    ],
)
INPUTS = dashboard.DeskInputs("X01", 2021, RULES.publication_deadline, development=DEVELOPED, funnel=FUNNEL)


def test_the_funnel_and_the_figures_hold_the_same_shortlisted_and_appointed() -> None:
    assert FUNNEL.cells[(EVERYBODY, "shortlisted", "BME")] == 60
    assert FUNNEL.cells[(EVERYBODY, "appointed", "BME")] == 4


def test_the_public_desk_passes_the_audit_and_shows_no_small_count() -> None:
    protected = protect(FIGURES, Policy())
    public, audit, _ = dashboard.public(INPUTS, FIGURES, protected.figures, Policy())
    assert not audit.failed
    shown = [
        one for one in public.figures if one.section in ("appraisals", "opportunities", "recruitment_funnel")
    ]
    for one in shown:
        if one.state in ("value", "zero"):
            assert one.numerator is None or one.numerator == 0 or one.numerator > 9
            assert one.denominator is None or one.denominator == 0 or one.denominator > 9


def test_a_small_count_withholds_its_share_its_difference_and_its_ratio() -> None:
    protected = protect(FIGURES, Policy())
    public, _, _ = dashboard.public(INPUTS, FIGURES, protected.figures, Policy())
    rows = {(one.section, one.breakdown, one.measure, one.ethnic_group): one for one in public.figures}
    for key in (
        ("appraisals", "", "appraised", "BME"),
        ("appraisals", "", "appraised_difference", ""),
        ("recruitment_funnel", EVERYBODY, "appointed", "BME"),
        ("recruitment_funnel", EVERYBODY, "appointed_of_offered_relative_likelihood_white_over_bme", ""),
    ):
        assert (rows[key].state, rows[key].shown, rows[key].value, rows[key].verdict) == (
            "withheld",
            "withheld",
            None,
            "",
        )


def test_a_withheld_count_cannot_be_had_by_adding_up_what_is_shown() -> None:
    protected = protect(FIGURES, Policy())
    public, _, _ = dashboard.public(INPUTS, FIGURES, protected.figures, Policy())
    counts = {
        (one.measure, one.ethnic_group): one
        for one in public.figures
        if one.section == "recruitment_funnel" and one.breakdown == EVERYBODY and one.unit == "people"
    }
    for stage in fair_process.STAGES:
        hidden = [g for g in ("", "White", "BME", "Unknown") if counts[(stage, g)].state == "withheld"]
        assert len(hidden) != 1


def test_the_figures_of_the_return_do_not_change_for_the_desk() -> None:
    protected = protect(FIGURES, Policy())
    found = protection.public_tables(
        [protection.development_table(DEVELOPED), protection.funnel_table(FUNNEL)],
        FIGURES,
        protected.figures,
        Policy(),
    )
    assert [(f.key, f.shown) for f in found.figures] == [(f.key, f.shown) for f in protected.figures]


def test_the_internal_desk_shows_true_counts() -> None:
    made = dashboard.internal(INPUTS, FIGURES)
    rows = {
        (one.section, one.measure, one.ethnic_group): one
        for one in made.figures
        if one.breakdown in ("", EVERYBODY)
    }
    assert rows[("appraisals", "appraised", "BME")].numerator == 4
    assert rows[("recruitment_funnel", "appointed", "BME")].shown == "4"


def test_the_rounding_rule_shows_rounded_counts_and_shares_of_them() -> None:
    policy = Policy.rounding()
    protected = protect(FIGURES, policy)
    public, audit, _ = dashboard.public(INPUTS, FIGURES, protected.figures, policy)
    assert not audit.failed
    counts = [one for one in public.figures if one.section == "recruitment_funnel" and one.unit == "people"]
    assert all(int(one.value or 0) % 5 == 0 for one in counts)
