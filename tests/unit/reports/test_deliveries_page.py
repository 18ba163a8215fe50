"""The page on deliveries beside the ones before them: every comparison with value, limits and verdict, written by hand here."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from lxml import html

from tests.unit.reports.invented_return import CODE, invented_context
from wres_pipeline.extracts.outcomes.findings import Finding
from wres_pipeline.quality.history import plausibility, plausibility_periods
from wres_pipeline.quality.history.plausibility_measure import Measure
from wres_pipeline.reports.quality import deliveries_page

pytestmark = pytest.mark.unit
FILE, BEFORE = "esr_staff_list_2021-03-31.csv", date(2020, 3, 31)


def measure(code: str, severity: str, value: float, **more: object) -> Measure:
    return Measure(CODE, 2021, code, severity, value, file=FILE, **more)  # type: ignore[arg-type]


LOST = measure("people_missing", "blocks", -0.4, low=-0.2, high=0.25, neighbour=BEFORE)
KEPT = measure("numbers_not_kept", "blocks", 0.905, low=0.7, neighbour=BEFORE)
MOVED = measure(
    "ethnic_share_moved", "look_at", 0.0123, low=-0.05, high=0.05, neighbour=BEFORE, about="not_stated"
)
EMPTY = measure("months_without_rows", "look_at", 3, high=1)
DAY = measure("staff_list_of_another_day", "blocks", -1, low=0, high=0)
FOUND = Finding(LOST.code, "blocks", CODE, "The staff list counts 120 people.", "Export it again.", file=FILE)


def written(
    folder: Path, measures: list[Measure], findings: list[Finding]
) -> tuple[str, list[tuple[str, ...]]]:
    """The page's words, and the rows of its table."""
    page = html.parse(str(deliveries_page.write(measures, findings, invented_context(), folder)))
    rows = [tuple(c.text_content().strip() for c in row) for row in page.iterfind(".//tbody/tr")]
    return re.sub(r"\s+", " ", page.getroot().text_content()), rows


def test_each_comparison_stands_with_what_it_is_beside_its_value_its_limits_and_its_verdict(
    tmp_path: Path,
) -> None:
    _, rows = written(tmp_path, [LOST, KEPT, MOVED, EMPTY, DAY], [FOUND])
    assert rows == [
        ("Change in the number of people", FILE, "list of 31 March 2020", "−40.0%", "−20.0% to +25.0%", "does not fit: stops figures"),
        ("Employee numbers that are still there", FILE, "list of 31 March 2020", "90.5%", "at least 70.0%", "fits"),
        ("Change in the share of not stated", FILE, "list of 31 March 2020", "+1.2 points", "−5.0 to +5.0 points", "fits"),
        ("Months without a row, one after another", FILE, "the calendar, or itself", "3", "at most 1", "does not fit: look at it"),
        ("Days from the day the return reads", FILE, "the calendar, or itself", "−1", "0", "does not fit: stops figures"),
    ]  # fmt: skip


def test_a_change_too_small_to_print_has_no_minus(tmp_path: Path) -> None:
    _, rows = written(tmp_path, [measure("ethnic_share_moved", "look_at", -0.0001, low=-0.05, high=0.05)], [])
    assert rows[0][3] == "+0.0 points"


def test_what_does_not_fit_is_told_first_with_what_to_do(tmp_path: Path) -> None:
    words, _ = written(
        tmp_path, [LOST, KEPT], [FOUND, Finding("label_not_known", "blocks", CODE, "Another", "")]
    )
    assert "1 of 2 comparisons does not fit." in words and "Another" not in words
    assert f"Stops figures {FILE}: The staff list counts 120 people. What to do: Export it again." in words


def test_what_somebody_confirmed_says_so_and_asks_for_nothing(tmp_path: Path) -> None:
    right = Finding(
        LOST.code, "blocks", CODE, "120 people.", "Export it again.", file=FILE, confirmed="the lead: moved"
    )
    words, rows = written(tmp_path, [LOST], [right])
    assert (
        rows[0][-1] == "confirmed"
        and "Confirmed: the lead: moved." in words
        and "Export it again" not in words
    )
    assert written(tmp_path, [LOST], [right, FOUND])[1][0][-1] == "does not fit: stops figures"


def test_a_first_delivery_says_that_nothing_was_compared(tmp_path: Path) -> None:
    words, rows = written(tmp_path, [], [])
    assert "Nothing was compared" in words and not rows


def test_every_comparison_that_is_made_has_its_words_on_the_page() -> None:
    made = "".join(
        Path(str(one.__file__)).read_text(encoding="utf-8") for one in (plausibility, plausibility_periods)
    )
    codes = set(re.findall(r'"([a-z]+(?:_[a-z]+)+)"(?: if lost|,\s*"(?:blocks|look_at)")', made))
    assert len(codes) >= 11 and codes <= set(deliveries_page.COMPARED)
