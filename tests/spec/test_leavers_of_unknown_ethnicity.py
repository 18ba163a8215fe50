"""A leaver whose ethnicity nobody knows entered the process, and nobody on the list is Unknown: an honest return."""

from __future__ import annotations

import pytest

from tests.core_rows import CoreRows
from wres_pipeline import schema
from wres_pipeline.schema.database import sql


@pytest.mark.parametrize(
    ("entered", "workforce", "about"),
    [
        ({"White": 2, "BME": 1, "Unknown": 1}, {"White": 40, "BME": 10, "Unknown": 0}, True),
        ({"White": 0, "BME": 2, "Unknown": 0}, {"White": 50, "BME": 1, "Unknown": 0}, True),
        ({"White": 50, "BME": 10, "Unknown": 1}, {"White": 40, "BME": 10, "Unknown": 0}, False),
    ],
)
def test_only_all_groups_together_may_not_be_more_than_the_workforce(
    entered: dict[str, int], workforce: dict[str, int], about: bool
) -> None:
    rows = CoreRows()
    schema.bring_up(rows.con)
    for measure, counts in (("entered_disciplinary", entered), ("workforce", workforce)):
        for group, value in counts.items():
            rows.con.execute(
                "INSERT INTO figures (organisation_code, reporting_year, indicator, measure, ethnic_group, value) "
                "VALUES ('XTR', 2021, '3', ?, ?, ?)",
                [measure, group, value],
            )
    ((_, named, whole, part),) = rows.con.execute(
        sql("wres_pipeline.quality", "expect_parts.sql"), {"reporting_year": 2021, "organisations": ["XTR"]}
    ).fetchall()
    rows.close()
    assert named == "indicator 3"
    assert (part <= whole) is about
