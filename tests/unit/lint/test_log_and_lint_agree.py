"""The log of providers' returns is checked by the rules the lint of published pages has: the same slip, the same name."""

from __future__ import annotations

from pathlib import Path

import pytest

from wres_pipeline.commissioner.log_checks import LogRow, check
from wres_pipeline.lint import RULES, lint_files

#: (likelihood of White, of BME, the ratio White ÷ BME as printed) of indicator 2
SLIPS = [
    (30.0, 20.0, "1.50", ""),
    (30.0, 20.0, "0.67", "wrong_direction"),
    (30.0, 20.0, "1.20", "ratio_does_not_follow"),
    (30.0, 20.0, "17.16%", "ratio_as_percentage"),
]


def page_of(white: float, bme: float, ratio: str, folder: Path) -> Path:
    path = folder / "return.html"
    path.write_text(
        "<html><head><title>WRES 2021</title></head><body><h1>WRES 2021</h1>"
        "<h2>Indicator 2: appointment from shortlisting</h2><table>"
        "<caption>Indicator 2, 2021: appointed from shortlisting</caption>"
        "<tr><th>Measure</th><th>White</th><th>BME</th><th>Relative likelihood, White ÷ BME</th></tr>"
        f"<tr><th>Likelihood of appointment</th><td>{white}%</td><td>{bme}%</td><td>{ratio}</td></tr>"
        "</table></body></html>",
        encoding="utf-8",
    )
    return path


def log_of(white: float, bme: float, ratio: str) -> list[LogRow]:
    def row(number: int, group: str, percent: float) -> LogRow:
        return LogRow(number, "XTR", "The Trust", 2021, "2", group, percent, None, "Its return", "")

    return [row(2, "White", white), row(3, "BME", bme), row(4, "", float(ratio.rstrip("%")))]


@pytest.mark.parametrize(("white", "bme", "ratio", "rule"), SLIPS)
def test_a_slip_on_a_page_is_the_same_slip_in_the_log(
    tmp_path: Path, white: float, bme: float, ratio: str, rule: str
) -> None:
    on_page = {one.rule for one in lint_files([page_of(white, bme, ratio, tmp_path)])}
    in_log = check(log_of(white, bme, ratio))
    assert (rule in on_page) if rule else not on_page
    assert [one.rule.replace(" ", "_") for one in in_log.findings] == ([rule] if rule else [])
    counted = [one for one in in_log.figures if one.unit == "ratio"]
    assert bool(counted) == (not rule)


def test_every_rule_they_share_has_one_name() -> None:
    of_the_log = {
        "ratio_as_percentage",
        "wrong_direction",
        "ratio_does_not_follow",
        "two_values",
        "swapped_groups",
    }
    assert of_the_log <= set(RULES)
