"""An invented commissioner's desk and plan for the tests of its pages."""

from __future__ import annotations

from datetime import date

from wres_pipeline.action_plan.plan import Action, Plan, Update
from wres_pipeline.commissioner import dashboard
from wres_pipeline.commissioner.comments import Comment
from wres_pipeline.commissioner.history import OwnResult
from wres_pipeline.commissioner.log_checks import LogRow
from wres_pipeline.commissioner.provider_survey import SurveyResult
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference import years
from wres_pipeline.reports.context import ReturnContext

AS_AT = date(2021, 12, 1)
CONTEXT = ReturnContext(
    "X01", "An Invented Commissioner", years.load(2021), "internal", AS_AT, fictional=True
)


def result(code: str, percent: float, responses: int = 200) -> SurveyResult:
    return SurveyResult(
        code,
        2020,
        f"Body {code}",
        "CCGs",
        "-",
        "Occupation Group",
        "harassment_public",
        percent,
        responses,
        "national",
    )


INPUTS = dashboard.DeskInputs(
    "X01",
    2021,
    AS_AT,
    [
        LogRow(2, "XTR", "The Trust", 2021, "8", "White", 6.0, 1000, "Its report", ""),
        LogRow(3, "XTR", "The Trust", 2021, "8", "BME", 16.0, 300, "Its report", ""),
        LogRow(4, "XTR", "The Trust", 2021, "2", "", 17.16, None, "Its report", ""),
    ],
    [result("X01", 14.0), *(result(f"P{n:02}", 8.0 + n % 5) for n in range(12))],
    [OwnResult("X01", 2019, "Q13a", "", 85, None, "not_experienced")],
    comments=[Comment("XTR", 2021, date(2021, 11, 8), "Chief People Officer", "Why <so>?")],
    residents_of=["Cornwall"],
)
FIGURES = [
    Figure("X01", 2021, "1", "headcount", ethnic_group=group, value=number, unit="people")
    for group, number in (("White", 290), ("BME", 12), ("Unknown", 8))
]
PLAN = Plan(
    "X01",
    "A plan",
    date(2021, 5, 1),
    (
        Action(
            "A1",
            "Do it",
            "A role",
            date(2021, 12, 20),
            indicators=("2",),
            updates=(Update(date(2021, 6, 1), "Begun"),),
        ),
    ),
)
