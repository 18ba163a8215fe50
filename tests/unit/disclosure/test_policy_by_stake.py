"""Each thing at stake may have a rule of its own, and a row whose people are all of one group may be withheld with its noughts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from wres_pipeline import settings as settings_module
from wres_pipeline.commands import policy as command_policy
from wres_pipeline.disclosure import Policy, protect
from wres_pipeline.disclosure.figure_cells import key_of
from wres_pipeline.disclosure.register.releases import Release, Said
from wres_pipeline.disclosure.rules import presets, stakes
from wres_pipeline.indicators import computation
from wres_pipeline.indicators.counts import Groups, OrganisationCounts, Recruitment, Workforce
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference import years

COUNTS = OrganisationCounts(
    "X99",
    2021,
    workforce=Workforce(
        {
            ("clinical", "Band 5"): Groups(40, 7, 20),
            ("clinical", "Band 6"): Groups(60, 20, 30),
            ("clinical", "Band 7"): Groups(30, 0, 0),
            ("clinical", "Band 8a"): Groups(35, 12, 15),
        },
        Groups(0, 0, 0),
    ),
    recruitment=Recruitment(Groups(80, 30, 15), Groups(20, 7, 12)),
)
DECIDED = {"decided_by": "SIRO", "decided_on": "2021-09-07", "because": "agreed"}


def _public(policy: Policy) -> dict[tuple[str, ...], Figure]:
    made = protect(computation.compute(COUNTS, years.load(2021)), policy)
    assert not made.audit.failed
    return {key_of(one)[2:]: one for one in made.figures if one.unit == "people" and one.indicator in "12"}


@pytest.mark.parametrize(
    ("policy", "band_5_bme", "appointed_bme"),
    [
        (Policy(), "fewer than 10", "fewer than 10"),
        (Policy(composition=4), "7", "fewer than 10"),
        (Policy(events=4), "fewer than 10", "7"),
        (Policy(composition=4, events=4), "7", "7"),
        (Policy(threshold_high=4, events=9), "7", "fewer than 10"),
        (Policy(events=0, reasons=(("events", "agreed"),), **DECIDED), "fewer than 10", "7"),
    ],
)
def test_seven_people_are_withheld_only_where_the_rule_of_their_stake_says_so(
    policy: Policy, band_5_bme: str, appointed_bme: str
) -> None:
    public = _public(policy)
    assert public["staff", "clinical", "Band 5", "BME"].shown == band_5_bme
    assert public["appointed", "", "", "BME"].shown == appointed_bme


def test_the_method_note_says_each_rule_of_its_own_with_its_reason() -> None:
    said = Policy(events=4, zeros="withheld", reasons=(("events", "Events are many."),)).words()
    assert (
        "Events (indicators 2, 3 and 4): counts from 1 to 4 are withheld, because: Events are many." in said
    )
    assert "of one ethnic group: there no group is shown" in said
    assert "because" not in Policy().words().replace("because their names are public", "")


def test_a_row_of_one_group_shows_its_noughts_or_none_of_its_groups() -> None:
    row = [("staff", "clinical", "Band 7", group) for group in ("White", "BME", "Unknown")]
    shown = _public(Policy())
    assert [shown[key].shown for key in row] == ["30", "0", "0"]
    hidden = _public(Policy(zeros="withheld"))
    assert [hidden[key].shown for key in row] == ["withheld"] * 3
    assert len({replace(hidden[key], ethnic_group="").note for key in row}) == 1
    # the total says nothing of any group, and a row with two groups keeps its nought
    assert hidden["staff", "clinical", "Band 7", ""].shown == "30"


@pytest.mark.parametrize(
    ("key", "stake"),
    [
        (("X01", "2021", "staff", "clinical", "Band 5", "BME"), stakes.COMPOSITION),
        (("X01", "2021", "tier", "clinical", "lower", "BME"), stakes.COMPOSITION),
        (("X01", "2021", "entered", "", "", "BME"), stakes.EVENTS),
        (("X01", "2021", "training", "", "", "BME"), stakes.EVENTS),
        (("X01", "2021", "board", "", "voting", "BME"), stakes.BOARD),
        (("rest", "X01", "2021", "shortlisted", "", "", "", "of", "X01"), stakes.EVENTS),
        (("people", "X01", "2021-03-31", "of staff", "", "", "declared"), stakes.DECLARATION),
        (("table", "funnel X01 2021", "everybody", "applied", "BME"), stakes.EVENTS),
        (("table", "quality X01 2021-03-31", "codes", "A", ""), stakes.DECLARATION),
    ],
)
def test_every_count_is_of_one_stake(key: tuple[str, ...], stake: str) -> None:
    assert stakes.stake_of(key) == stake


def test_a_return_corrected_under_the_rule_that_withholds_nothing_is_printed_whole() -> None:
    rule = Policy(method="none", **DECIDED)
    first = protect(computation.compute(COUNTS, years.load(2021)), rule).release
    assert first is not None
    moved = replace(COUNTS, recruitment=Recruitment(Groups(80, 30, 15), Groups(21, 6, 12)))
    again = protect(computation.compute(moved, years.load(2021)), rule, releases=[first])
    assert not again.audit.failed
    assert [one for one in again.figures if one.state == "withheld"] == []


def test_a_report_of_the_month_of_the_first_version_does_not_contradict_a_corrected_return() -> None:
    """The report of March printed the 67 of Band 5; the correction counts 68 there."""
    band = ("people", "X99", "2021-03-31", "of staff", "band", "Band 5", "people")
    march = Release("X99", "data_quality", "circulated", "2021-03", counts={band: Said(67, 67, 67)})
    assert COUNTS.workforce is not None
    cells = COUNTS.workforce.cells | {("clinical", "Band 5"): Groups(41, 7, 20)}
    corrected = replace(COUNTS, workforce=replace(COUNTS.workforce, cells=cells))
    for counts in (COUNTS, corrected):
        rule = Policy(method="none", **DECIDED)
        made = protect(computation.compute(counts, years.load(2021)), rule, releases=[march])
        assert made.audit.contradictions == ()


def test_wres_policy_says_of_each_rule_what_it_withholds_and_what_it_leaves() -> None:
    """Two counts of 7 are the only ones between 1 and 9 (7 BME people in band 5, 7 BME appointed)."""
    made = command_policy.outcomes(computation.compute(COUNTS, years.load(2021)), [], 2021, Policy())
    small = {one.preset: one.small for one in made}
    assert small == {"under 5": 0, "under 10": 2, "1-7 and nearest 5": 2, "none": 0}
    lost = {one.preset: one.more for one in made}
    assert lost["under 5"] == lost["none"] == 0 < lost["under 10"]
    assert [one.preset for one in made if one.narrowest is None] == ["under 5", "none"]
    assert all(one.safe for one in made)


def test_wres_policy_says_what_to_do_where_a_year_has_no_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = replace(settings_module.load(), warehouse=tmp_path / "w.duckdb", output=tmp_path)
    assert command_policy.compare(settings, "X01", 2021) == 2
    assert "no figures of X01 for 2021: make them first with wres run" in capsys.readouterr().err


def test_wres_policy_prints_every_number_on_a_terminal_of_80_columns(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = dict.fromkeys(command_policy.SAID, 0) | {"value": 17, "range": 3}
    made = [
        command_policy.Outcome(name, "", said, 4, 1234, 567, 3, 0.417, True, 0.1) for name in presets.PRESETS
    ]
    Console(width=80).print(command_policy.side_by_side("X01 2021", made))
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 80 and "…" not in "".join(lines)
    for words in ("headlines as a value     │      17", "as a range", "1234", "567", "41.7%", "yes"):
        assert any(words in line for line in lines), words


def test_wres_policy_of_a_system_names_the_members_to_ask_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    systems = {"QX1": settings_module.System("QX1", "An area", ("X01", "XTR"))}
    settings = replace(
        settings_module.load(), warehouse=tmp_path / "w.duckdb", output=tmp_path, systems=systems
    )
    assert command_policy.compare(settings, "QX1", 2021) == 2
    assert (
        "QX1 is a system, made of what its members publish: ask for one of them (X01, XTR)"
        in capsys.readouterr().err
    )
