"""A margin that an organisation sets itself moves one word and nothing else, and is printed with its source.

Worked by hand: 500 of 1,000 White and 500 of 1,000 BME applicants were appointed, so the ratio is 1. Its Koopman interval is near
exp(±1.96 × √(2 × (1/500 − 1/1000))) = exp(±0.0877), 0.92 to 1.09: inside 0.80 to 1.25, and not inside 0.95 to 1.05.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from wres_pipeline import settings
from wres_pipeline.indicators.computation import compute
from wres_pipeline.indicators.counts import Groups, OrganisationCounts, Recruitment
from wres_pipeline.indicators.figure_builder import Comparison
from wres_pipeline.indicators.like_for_like import LikeForLike, judged
from wres_pipeline.indicators.verdicts import decide
from wres_pipeline.reference import margins, years
from wres_pipeline.reference.margins import Margin

EVEN = OrganisationCounts("XTR", 2021, recruitment=Recruitment(Groups(1000, 1000, 0), Groups(500, 500, 0)))
NARROW = {"2": Margin(0.95, 1.05, "People committee, 4 March 2021")}


def words_of(own: margins.Margins | None) -> dict[tuple[str, ...], str]:
    return {tuple(map(str, f.key)): f.verdict for f in compute(EVEN, years.load(2021), own) if f.verdict}


def test_a_narrower_margin_turns_no_difference_that_matters_into_cannot_tell() -> None:
    before, after = words_of(None), words_of(NARROW)
    moved = {key: (before[key], after[key]) for key in before if before[key] != after[key]}
    ((key, change),) = moved.items()
    assert key[2:4] == ("2", "relative_likelihood_white_over_bme")
    assert change == ("no difference that matters", "cannot tell")


def test_no_number_moves_with_a_margin() -> None:
    plain, own = compute(EVEN, years.load(2021)), compute(EVEN, years.load(2021), NARROW)
    assert [dataclasses.replace(f, verdict="") for f in plain] == [
        dataclasses.replace(f, verdict="") for f in own
    ]


@pytest.mark.parametrize(
    ("interval", "own", "word"),
    [
        ((0.92, 1.09), None, "no difference that matters"),
        ((0.92, 1.09), NARROW, "cannot tell"),
        ((1.02, 1.04), NARROW, "likely difference"),
    ],
)
def test_the_ratio_like_for_like_is_held_against_the_same_margin(
    interval: tuple[float, float], own: margins.Margins | None, word: str
) -> None:
    fields = {f.name: "" for f in dataclasses.fields(LikeForLike)}
    row = LikeForLike(
        **{**fields, "indicator": "2", "interval_low": interval[0], "interval_high": interval[1]}
    )  # type: ignore[arg-type]
    assert judged(row, own).verdict == word
    assert judged(dataclasses.replace(row, verdict="too few"), own).verdict == "too few"


def test_every_margin_is_printed_with_its_source() -> None:
    said = margins.words(NARROW)
    assert "2: 0.95 to 1.05 (People committee, 4 March 2021)" in said
    assert (
        '3: 0.80 to 1.25 (the range published for indicator 3 ("A fair experience for all", 2019 [seen]))'
        in said
    )
    assert "8: -2 to 2 points (ours: two percentage points, as few experience it)" in said


def written(folder: Path, lines: str) -> settings.Settings:
    place = folder / "wres.toml"
    place.write_text(lines, encoding="utf-8")
    return settings.load(place)


def test_the_settings_hold_a_margin_with_its_source(tmp_path: Path) -> None:
    found = written(
        tmp_path,
        '[organisations.XTR]\nname = "Invented"\n[organisations.XTR.margins.2]\nlow = 0.95\nhigh = 1.05\nsource = "ours"\n',
    )
    assert found.organisation("XTR").margins == {"2": Margin(0.95, 1.05, "ours")}
    assert found.organisation("X01").margins == {}


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ('10]\nlow = 0.9\nhigh = 1.1\nsource = "ours"', "is no indicator; there are 1, 2"),
        ("2]\nlow = 0.9\nhigh = 1.1", "must have low, high, source"),
        (
            '2]\nlow = -3\nhigh = 3\nsource = "ours"',
            "low and high must be ratios above 0, on both sides of 1",
        ),
        ('5]\nlow = 0.8\nhigh = 1.25\nsource = "ours"', "low and high must be percentage points"),
        ('2]\nlow = 0.9\nhigh = 1.1\nsource = " "', "source must say where the margin comes from"),
        ('2]\nlow = "0.9"\nhigh = 1.1\nsource = "ours"', "low and high must be numbers"),
    ],
)
def test_a_margin_that_cannot_be_is_refused_with_what_is_allowed(
    tmp_path: Path, lines: str, words: str
) -> None:
    with pytest.raises(settings.SettingsError) as told:
        written(tmp_path, f"[organisations.XTR.margins.{lines}\n")
    assert words in str(told.value)
    assert "line 1: [organisations.XTR.margins." in str(told.value)


def test_a_margin_of_points_is_held_against_bme_less_white() -> None:
    # 80 of 1,000 BME and 100 of 1,000 White staff: -2.0 points, near ±1.96 × √(0.08×0.92/1000 + 0.10×0.90/1000) = ±2.5,
    # so -4.5 to 0.5: inside -5 to 1, while its mirror image, -0.5 to 4.5, is not
    uneven = {"5": Margin(-5, 1, "People committee, 4 March 2021")}
    one = Comparison(("XTR", 2021, "5", "percentage", "", "", "BME"), "headline", (100, 1000), (80, 1000))
    assert decide([one], uneven)[one.key].word == "no difference that matters"
