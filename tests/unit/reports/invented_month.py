"""A month's figures of the data-quality report, all numbers invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from wres_pipeline.indicators.figure import Figure
from wres_pipeline.quality import consistency, declaration, trend
from wres_pipeline.quality.figure import Place, QualityFigure
from wres_pipeline.quality.trac_to_esr import gap_figures
from wres_pipeline.quality.trac_to_esr.gap import GapAccount, MonthOfStarters, Progress
from wres_pipeline.reference import gap as reference
from wres_pipeline.reports.quality import month_report

MONTH = date(2021, 3, 31)
PLACE = Place("X01", MONTH)
ABOUT = month_report.About("X01", "NHS Tamar and Moor", MONTH, date(2021, 4, 6), fictional=True)


def states(declared: int, declined: int, blank: int, unmapped: int = 0) -> dict[str, int]:
    return {"declared": declared, "declined": declined, "not_recorded": blank, "unmapped": unmapped}


def invented_month() -> list[QualityFigure]:
    """A month of an organisation of 310 people whose gap opened in November 2020."""
    staff = {
        ("", ""): states(280, 12, 18),
        ("cluster", "clinical"): states(120, 5, 3),
        ("cluster", "non_clinical"): states(160, 7, 15),
        ("staff_group", "Administrative and Clerical"): states(160, 7, 15),
        ("staff_group", "Nursing and Midwifery Registered"): states(120, 5, 3),
    }
    lists = [(date(2020, m, 28), 290 - m, 300 - m, 310) for m in range(5, 13)] + [(MONTH, 280, 292, 310)]
    months = tuple(MonthOfStarters(date(2020, m, 1), 12, 1) for m in range(4, 11))
    months += (MonthOfStarters(date(2020, 11, 1), 0, 9), MonthOfStarters(date(2020, 12, 1), 1, 11))
    counts = {s.state: 0 for s in reference.states()}
    counts |= {
        "in_sync": 85,
        "missing_in_esr": 25,
        "not_stated_in_esr": 2,
        "withdrawn": 6,
        "internal_mover": 40,
    }
    account = GapAccount("X01", MONTH, counts, months, Progress(date(2021, 2, 28), 3, 14, 1, 12, 0))
    made = declaration.figures(PLACE, staff, 0.95)
    made += trend.figures(PLACE, lists)
    made.append(trend.forecast_figure(PLACE, [(d, 100 * n / of) for d, n, _, of in lists], 0.95))
    made += declaration.movers(
        PLACE, [("Administrative and Clerical", "North", 84, 13), ("Nursing", "South", 40, 2)], 310, 0.95
    )
    made += gap_figures.figures(PLACE, account, gap_figures.found_break(account))
    now = Figure("X01", 2021, "4", "relative_likelihood_white_over_bme", value=1.08, unit="ratio", shown="1.08",
                 bound_low=1.0, bound_high=1.2)  # fmt: skip
    made += gap_figures.gap_closed(PLACE, [now], [replace(now, value=1.1, shown="1.10")])
    made += gap_figures.unknown_effect(PLACE, [now])
    made += consistency.figures(
        PLACE, consistency.Consistency(date(2021, 2, 28), 309, 0, 1, 3, 0, 2, 4, 10, 1, 153, 0, 1, 2, 1), 310
    )
    made += declaration.any_other(PLACE, {"A": 255, "C": 20, "H": 5})
    made += declaration.codes(PLACE, {"blank": (15, 1), "unspecified": (3, 1), "not_stated": (12, 1)}, 310)
    made.append(
        PLACE.count(
            "deliveries", "rows_in", 349, unit="rows", breakdown="kind", breakdown_value="esr_staff_list"
        )
    )
    made.append(
        PLACE.count("quarantine", "rows_quarantined", 2, unit="rows", breakdown="training",
                    breakdown_value="no date", note="Give a date.")
    )  # fmt: skip
    return made
