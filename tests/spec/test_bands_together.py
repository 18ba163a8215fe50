"""Several bands of indicator 1 together, where single ones are withheld: their numbers by hand, and when no such row is printed."""

from __future__ import annotations

import csv
from dataclasses import replace

from wres_pipeline.disclosure import Policy, merged_bands, protect
from wres_pipeline.disclosure.protect import Protected
from wres_pipeline.indicators import computation
from wres_pipeline.indicators.counts import Groups, OrganisationCounts, Workforce
from wres_pipeline.lint.figures_file import check_figures
from wres_pipeline.reference import indicators, years
from wres_pipeline.reports.figure_set import FigureSet
from wres_pipeline.reports.release import figures_csv
from wres_pipeline.reports.site.shapes.headcount_by_band import charts

#: cluster, band: White, BME, Unknown. BME staff of bands 2 and 3 are 6 + 5 + 4 = 15, of band 5 40, of 8a and above 8 + 7 = 15
BANDS = {
    ("clinical", "Band 2"): Groups(40, 6, 12),
    ("clinical", "Band 3"): Groups(30, 5, 14),
    ("non_clinical", "Band 2"): Groups(20, 4, 13),
    ("clinical", "Band 5"): Groups(60, 40, 20),
    ("clinical", "Band 8a"): Groups(25, 8, 0),
    ("non_clinical", "Band 8b"): Groups(35, 7, 0),
}
BOTH = ""


def _made(
    bands: dict[tuple[str, str], Groups] = BANDS, policy: Policy | None = None, **more: object
) -> Protected:
    counts = OrganisationCounts("X99", 2021, workforce=Workforce(bands))
    return protect(computation.compute(counts, years.load(2021)), policy or Policy(), **more)  # type: ignore[arg-type]


def _row(made: Protected, band: str, cluster: str = BOTH) -> dict[str, str]:
    return {
        f"{one.ethnic_group or 'All'}{' %' if one.unit == 'percent' else ''}": one.shown
        for one in made.figures
        if (one.indicator, one.cluster, one.band) == ("1", cluster, band)
    }


def test_6_5_and_4_bme_staff_of_bands_2_and_3_are_15_of_144_and_8_and_7_of_8a_and_above_are_15_of_75() -> (
    None
):
    made = _made()
    # White 40 + 30 + 20, Unknown 12 + 14 + 13; 15 of 144 is 10.42%, 90 of 144 62.5%, 39 of 144 27.08%
    assert _row(made, "Band 4 and below") == {
        "White": "90", "BME": "15", "Unknown": "39", "All": "144",
        "White %": "62.5%", "BME %": "10.4%", "Unknown %": "27.1%",
    }  # fmt: skip
    assert _row(made, "Band 8a and above") == {
        "White": "60", "BME": "15", "Unknown": "0", "All": "75",
        "White %": "80.0%", "BME %": "20.0%", "Unknown %": "0.0%",
    }  # fmt: skip
    assert not made.audit.failed


def test_a_chart_shows_the_bands_that_are_printed_together_and_there_is_none_where_every_band_is() -> None:
    def chart_of(made: Protected) -> list[str]:
        found = charts(indicators.rule("1"), FigureSet(made.figures, "X99", 2021))
        return [
            one.description
            for one in found
            if one and one.title == "Several bands together: BME percentage, 2021"
        ]

    (said,) = chart_of(_made())
    assert (
        "Band 4 and below: 10.4%; Band 8a and above: 20.0%. The dashed line is the workforce: 20.6%." in said
    )
    everybody = {place: Groups(100, 50, 20) for place in BANDS}
    assert chart_of(_made(everybody)) == []


def test_bands_that_are_printed_themselves_are_not_printed_together() -> None:
    assert _row(_made(), "Bands 5 to 7") == {}


def test_a_sum_that_is_small_itself_is_withheld_and_its_share_is_told_as_far_as_a_reader_can_work_it_out() -> (
    None
):
    made = _made(
        BANDS | {("clinical", "Band 8a"): Groups(25, 5, 0), ("non_clinical", "Band 8b"): Groups(35, 4, 0)}
    )
    upper = _row(made, "Band 8a and above")
    # of 64 BME staff 40 are in band 5 and 11 in clinical bands 2 and 3; of the other 13 from 1 to 8 are in non-clinical band 2, as
    # non-clinical BME staff are fewer than 10 and some of them in band 8b: 5 to 12 are left, and fewer than 10 are told. Beside
    # 60 White staff these are 65 to 69 people: 60 of 65 are 92.31%, 60 of 69 86.96%; 5 of 69 are 7.25%, 9 of 65 13.85%
    assert upper == {
        "White": "60", "BME": "fewer than 10", "Unknown": "0", "All": "65 to 69",
        "White %": "between 86.9% and 92.4%", "BME %": "between 7.2% and 13.9%", "Unknown %": "0.0%",
    }  # fmt: skip


def test_where_one_count_of_a_sum_is_small_another_is_withheld_so_that_the_sum_can_be_printed() -> None:
    """3 + 8 of bands 2 and 3 are 11; 20 + 5 of bands 5 and 6 are 25, which beside the 20 would be the 5."""
    split = {"2": (38, 3), "3": (28, 8), "5": (40, 20), "6": (34, 5), "8a": (29, 19), "8b": (21, 18)}
    made = _made({("clinical", f"Band {band}"): Groups(*people) for band, people in split.items()})
    # 11 of 38 + 3 + 28 + 8 are 14.29%, 25 of 40 + 20 + 34 + 5 are 25.25%
    rows = {band: _row(made, band) for band in ("Band 4 and below", "Bands 5 to 7", "Band 8a and above")}
    assert {band: (row["BME"], row["All"], row["BME %"]) for band, row in rows.items() if row} == {
        "Band 4 and below": ("11", "77", "14.3%"),
        "Bands 5 to 7": ("25", "99", "25.3%"),
    }
    alone = {band: _row(made, f"Band {band}", "clinical")["BME"] for band in split}
    few = "fewer than 10"
    assert alone == {"2": few, "3": few, "5": "withheld", "6": few, "8a": "19", "8b": "18"}


def test_under_a_rule_that_rounds_no_bands_are_added_up() -> None:
    true = computation.compute(OrganisationCounts("X99", 2021, workforce=Workforce(BANDS)), years.load(2021))
    assert merged_bands.proposed(true, Policy()) and not merged_bands.proposed(true, Policy.rounding())


def test_the_register_holds_the_rows_that_are_printed_and_no_other_and_the_edition_beside_it_says_the_same() -> (
    None
):
    made = _made()
    assert made.release is not None
    said = {
        key[4]: one.low
        for key, one in made.release.counts.items()
        if key[2:4] + key[5:] == ("staff", "", "BME") and key[4]
    }
    assert said == {"Band 4 and below": 15, "Band 8a and above": 15}
    again = _made(releases=[replace(made.release, period="2021")])
    assert again.figures == made.figures and not again.audit.failed


def test_what_a_release_printed_of_bands_together_is_what_readers_of_the_next_edition_know() -> None:
    """Corrected: one more BME member of band 8b. 16 beside the 15 would show the move."""
    first = _made().release
    assert first is not None
    moved = _made(BANDS | {("non_clinical", "Band 8b"): Groups(34, 8, 0)}, releases=[first])
    assert _row(moved, "Band 8a and above").get("BME") != "16"


def test_the_lint_adds_single_bands_to_their_cluster_without_wider_rows_and_to_the_rows_that_name_them() -> (
    None
):
    true = computation.compute(OrganisationCounts("X99", 2021, workforce=Workforce(BANDS)), years.load(2021))
    text = figures_csv.csv_bytes([*true, *merged_bands.proposed(true, Policy())]).decode("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    assert not list(check_figures("figures.csv", rows))
    wider = next(
        row
        for row in rows
        if (row["cluster"], row["band"], row["ethnic_group"]) == ("", "Band 8a and above", "White")
    )
    wider["value"] = wider["shown"] = "61"
    # 25 of band 8a and 35 of band 8b are 60
    assert "60" in {one.expected for one in check_figures("figures.csv", rows)}
