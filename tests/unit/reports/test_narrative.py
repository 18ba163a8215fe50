"""Drafted sentences say what the figures say: read back by a reader that shares nothing with their writer."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

import pytest

from tests.unit.reports import printed_values
from tests.unit.reports.checks_of_sentences import BANDS_TOGETHER
from tests.unit.reports.facts_behind_sentences import Hidden
from tests.unit.reports.invented_return import CODE, invented_counts, without
from tests.unit.reports.reader_of_narrative import Reader, split
from wres_pipeline.disclosure.protect import protect
from wres_pipeline.disclosure.rules.policy import Policy
from wres_pipeline.disclosure.rules.presets import PRESETS
from wres_pipeline.indicators.computation import compute
from wres_pipeline.indicators.counts import Groups, OrganisationCounts, Recruitment, Workforce
from wres_pipeline.indicators.figure import Figure, FigureKey
from wres_pipeline.reference import indicators, years
from wres_pipeline.reports.figure_set import FigureSet
from wres_pipeline.reports.site.shapes import draft

YEARS_IN_THE_SUITE = 120


def drawn(seed: int) -> tuple[OrganisationCounts, OrganisationCounts]:
    """Counts of an organisation of 1 to 5,000 staff, now and the year before; some extracts are missing."""
    draw = random.Random(seed)
    staff = draw.choice((1, 5, 30, 150, 300, 300, 1000, 3000, 5000))
    kinds = ("recruitment", "discipline", "training", "survey", "board")
    bme = draw.choice((0.0, 0.02, 0.1, 0.25, 0.4))
    unknown = draw.choice((0.0, 0.05, 0.3))
    unfair = draw.choice((1.0, 1.0, 0.4, 2.0))
    missing = [frozenset(k for k in kinds if draw.random() < 0.05) for _ in range(2)]
    now, before = (
        invented_counts(
            seed, year, staff=staff, bme=bme, unknown=unknown, missing=missing[place], unfair=unfair
        )
        for place, year in enumerate((2021, 2020))
    )
    return now, before


def whole() -> tuple[OrganisationCounts, OrganisationCounts]:
    """Counts of an organisation of 3,000 staff with every extract, now and the year before."""
    now, before = (invented_counts(7, year, staff=3000, bme=0.25, unknown=0.05) for year in (2021, 2020))
    return now, before


class ReadBack(NamedTuple):
    """What was read of one edition: its sentences, how many values beside a range, and what was wrong with either."""

    sentences: list[str]
    values: int
    contradicted: list[str]
    outside: list[str]


def _hidden(figures: Iterable[Figure]) -> set[Hidden]:
    return {
        (one.reporting_year, *one.key[3:])
        for one in figures
        if one.state == "withheld" and one.unit == "people"
    }


def _of_several_bands(figures: Iterable[Figure], true: Mapping[FigureKey, Figure]) -> dict[FigureKey, Figure]:
    """What stands behind the rows that add up several bands, added up here again."""
    found = {}
    for one in figures:
        if one.key in true:
            continue
        clusters = (one.cluster,) if one.cluster else ("clinical", "non_clinical")
        bands = BANDS_TOGETHER[one.band[0].lower() + one.band[1:]]
        mine, everybody = (
            sum(
                true[(*one.key[:3], "headcount", cluster, band, group)].value or 0
                for cluster in clusters
                for band in bands
            )
            for group in (one.ethnic_group, "")
        )
        value = Fraction(mine) if one.unit == "people" else Fraction(100 * mine) / everybody
        found[one.key] = replace(one, value=value, state="value")
    return found


class Edition(NamedTuple):
    """One generated year and the one before it: the counts, the true figures, and those of the edition."""

    now: OrganisationCounts
    before: OrganisationCounts
    true: list[Figure]
    figures: list[Figure]


@lru_cache(maxsize=1)
def edition(seed: int, preset: str = "") -> Edition | None:
    """The edition under a rule about small numbers, the internal one without; None where nobody is on the staff list."""
    now, before = drawn(seed)
    if not all(c.workforce and c.workforce.total.total for c in (now, before)):
        return None
    true = [f for c in (now, before) for f in compute(c, years.load(c.reporting_year))]
    policy = Policy.of(PRESETS[preset].settings) if preset else None
    return Edition(now, before, true, true if policy is None else list(protect(true, policy).figures))


def read_back(seed: int, preset: str = "") -> ReadBack:
    """One generated year and the one before it, read as a reader does; through disclosure control where a rule is named."""
    made = edition(seed, preset)
    if made is None:
        return ReadBack([], 0, [], [])
    now, before, true, figures = made
    found = FigureSet(figures, CODE, 2021)
    reader = Reader(now, before, public=bool(preset), hidden=_hidden(figures))
    read = [
        (number, sentence)
        for number in indicators.NUMBERS
        for sentence in split(" ".join(draft(number, found)))
    ]
    # sentences of rounded counts say other numbers than the counts they are read against
    if not preset or PRESETS[preset].settings.get("method") != "round":
        for number, sentence in read:
            reader.read(number, sentence)
    behind = {one.key: one for one in true}
    values, outside = printed_values.outside(figures, behind | _of_several_bands(figures, behind))
    return ReadBack([sentence for _, sentence in read], values, reader.wrong, outside)


def test_no_drafted_sentence_contradicts_the_counts_behind_it_and_every_value_lies_in_its_range() -> None:
    read = values = 0
    for seed in range(YEARS_IN_THE_SUITE):
        found = read_back(seed)
        assert not found.contradicted + found.outside, f"seed {seed}: {found}"
        read += len(found.sentences)
        values += found.values
    assert read > 30 * YEARS_IN_THE_SUITE
    assert values > 100 * YEARS_IN_THE_SUITE


@pytest.mark.parametrize(
    ("preset", "seeds"), [("under 10", range(8)), ("under 5", (8, 11)), ("1-7 and nearest 5", (8, 11))]
)
def test_a_public_edition_contradicts_no_count_it_withholds_and_every_value_lies_in_what_is_told_of_it(
    preset: str, seeds: Iterable[int]
) -> None:
    withheld = values = 0
    for seed in seeds:
        found = read_back(seed, preset)
        assert not found.contradicted + found.outside, f"seed {seed}: {found}"
        withheld += sum("withheld" in sentence for sentence in found.sentences)
        values += found.values
    assert withheld > 5
    assert values > 100


def test_the_reader_refuses_a_true_sentence_that_gives_a_withheld_count_away() -> None:
    def counts(year: int, appointed: int) -> OrganisationCounts:
        bands = {("clinical", "Band 2"): Groups(80, 20, 0), ("clinical", "Band 8a"): Groups(38, 12, 0)}
        return OrganisationCounts(
            CODE,
            year,
            workforce=Workforce(bands),
            recruitment=Recruitment(Groups(80, 30), Groups(20, appointed)),
        )

    three = [counts(year, appointed) for year, appointed in ((2021, 6), (2020, 5), (2019, 4))]
    likely = (
        "2019 to 2021 together: White applicants were 1.50 times as likely as BME applicants to be appointed from shortlisting, "
        "95% interval 0.95 to 2.43."
    )
    share = "2019 to 2021 together: 16.7% of shortlisted BME applicants were appointed, 95% interval 10.4% to 25.7%."
    upper = "In band 8a and above, clinical and non-clinical staff together, 12 of 50 were BME (24.0%)."
    year = "At 31 March 2021, 32 of 150 staff were BME (21.3%)."

    def wrong(hidden: set[Hidden], number: str, sentence: str) -> bool:
        reader = Reader(*three, public=True, hidden=hidden)
        reader.read(number, sentence)
        return bool(reader.wrong)

    appointed = [(one, "appointed", "", "", "BME") for one in (2019, 2020, 2021)]
    for sentence in (likely, share):
        assert not wrong(set(appointed), "2", sentence)
        # 15 less the 4 and 5 that are printed
        assert wrong({appointed[2]}, "2", sentence)
        assert wrong(set(appointed), "2", sentence.replace("1.50", "1.60").replace("16.7", "16.8"))
    for sentence, count in (
        (upper, (2021, "headcount", "clinical", "Band 8a", "BME")),
        (upper, (2021, "headcount", "", "Band 8a and above", "BME")),
        (year, (2021, "headcount", "", "", "BME")),
    ):
        assert not wrong(set(), "1", sentence)
        assert wrong({count}, "1", sentence)
    assert wrong(set(), "1", upper.replace("12 of 50", "13 of 50"))


def test_the_reader_of_ranges_finds_a_value_outside_of_what_is_printed_beside_it() -> None:
    figure = Figure(CODE, 2021, "1", "percentage", value=Fraction(1, 3) * 100, unit="percent", shown="33.3%")
    true = {figure.key: figure}
    assert printed_values.outside([replace(figure, bound_low=33.0, bound_high=34.0)], true) == (1, [])
    assert len(printed_values.outside([replace(figure, bound_low=34.0, bound_high=35.0)], true)[1]) == 2
    withheld = replace(figure, value=None, state="withheld", shown="between 30.0% and 33.2%")
    assert len(printed_values.outside([withheld], true)[1]) == 1
    assert printed_values.outside([replace(withheld, shown="withheld")], true) == (0, [])


def test_a_band_that_is_withheld_is_not_spoken_for() -> None:
    now, _ = whole()
    figures = compute(now, years.load(2021))
    hidden = [
        replace(f, state="withheld", value=None, shown="withheld", verdict="", direction="")
        if f.band == "Band 9"
        else f
        for f in figures
    ]
    text = " ".join(draft("1", FigureSet(hidden, CODE, 2021)))
    assert "band whose figures are shown" in text


def test_the_reader_finds_a_wrong_number_a_wrong_direction_and_a_wrong_comparison() -> None:
    now, before = whole()
    figures = [f for c in (now, before) for f in compute(c, years.load(c.reporting_year))]
    found = FigureSet(figures, CODE, 2021)
    wrong = 0
    sentences = draft("2", found)
    for change in (
        lambda s: s.replace("White", "§").replace("BME", "White").replace("§", "BME"),
        lambda s: s.replace("higher", "§").replace("lower", "higher").replace("§", "lower"),
        lambda s: re.sub(r"\d(?=\D*$)", lambda m: str((int(m[0]) + 1) % 10), s) if "%" in s else s,
    ):
        for sentence in sentences:
            if (changed := change(sentence)) != sentence:
                reader = Reader(now, before)
                reader.read("2", changed)
                wrong += bool(reader.wrong)
    assert wrong >= 5


def _figures(ratio_now: str, ratio_before: str, *, bases: tuple[str, str] = ("", "")) -> FigureSet:
    made = [
        Figure(
            CODE,
            year,
            "3",
            "relative_likelihood_bme_over_white",
            value=float(shown),
            unit="ratio",
            shown=shown,
            basis=basis,
        )
        for year, shown, basis in ((2020, ratio_now, bases[0]), (2019, ratio_before, bases[1]))
    ]
    return FigureSet(made, CODE, 2020)


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        ("1.50", "2.00", "In 2019 the ratio was 2.00, higher than this year."),
        ("1.50", "1.20", "In 2019 the ratio was 1.20, lower than this year."),
        ("1.50", "1.50", "In 2019 the ratio was 1.50, the same as this year as printed."),
    ],
)
def test_last_year_is_compared_as_it_is_printed(now: str, before: str, said: str) -> None:
    assert said in draft("3", _figures(now, before))


def test_years_on_different_bases_are_not_compared() -> None:
    sentences = draft("3", _figures("1.50", "2.00", bases=("single_year", "two_year_rolling")))
    assert "In 2019 the ratio was 2.00, on another basis: the two years are not comparable." in sentences


def test_a_withheld_count_is_not_told_in_a_sentence() -> None:
    now, before = whole()
    figures = [f for c in (now, before) for f in compute(c, years.load(c.reporting_year))]
    secret = [f for f in figures if f.indicator == "3" and f.measure == "entered_disciplinary"]
    hidden = [
        replace(f, state="withheld", value=None, numerator=None, denominator=None, shown="withheld")
        if f in secret
        else f
        for f in figures
    ]
    text = " ".join(draft("3", FigureSet(hidden, CODE, 2021)))
    for figure in secret:
        assert f" {figure.shown} of " not in f" {text}"


def test_all_staff_alone_are_told_where_no_figure_by_ethnic_group_is_published() -> None:
    made = [
        Figure(CODE, 2021, "5", "percentage", value=13, unit="percent", shown="13%"),
        Figure(
            CODE,
            2021,
            "5",
            "percentage",
            ethnic_group="BME",
            unit="percent",
            state="not_collected",
            shown="not collected",
        ),
        Figure(
            CODE,
            2021,
            "5",
            "percentage",
            ethnic_group="White",
            unit="percent",
            state="not_collected",
            shown="not collected",
        ),
        Figure(
            CODE,
            2021,
            "6",
            "percentage",
            unit="percent",
            state="not_calculable",
            shown="between 14% and 24%",
            bound_low=14.0,
            bound_high=24.0,
        ),
    ]
    found = FigureSet(made, CODE, 2021)
    assert any(s.startswith("13% of all staff experienced harassment") for s in draft("5", found))
    assert any(s.startswith("Between 14% and 24% of all staff") for s in draft("6", found))


def test_a_return_without_anything_says_not_collected_and_nothing_else() -> None:
    figures = without(list(compute(whole()[0], years.load(2021))), set(indicators.NUMBERS))
    found = FigureSet(figures, CODE, 2021)
    for number in indicators.NUMBERS:
        text = " ".join(draft(number, found))
        assert "not collected" in text
        assert "verdict" not in text.lower()


def test_a_rate_that_is_not_shown_is_said_to_be_so_and_never_put_into_a_sentence_of_numbers() -> None:
    from tests.unit.reports.invented_return import invented_context, shown
    from wres_pipeline.reports.context import DeclarationRate
    from wres_pipeline.reports.site.sentences import data_quality

    def said(recorded: str, declared: str) -> str:
        rate = DeclarationRate(2021, *map(shown, ("310", recorded, declared)))
        return data_quality(replace(invented_context("public"), declaration=(rate,)))[0]

    assert (
        said("94.2%", "90.3%")
        == "At 31 March 2021, ethnicity was recorded for 94.2% of staff. It was declared by 90.3%."
    )
    assert said("withheld", "90.3%") == (
        "At 31 March 2021, how many have an answer on record is not shown. It was declared by 90.3%."
    )
    assert said("94.2%", "withheld").endswith("of staff. How many declared it is not shown.")
    assert "withheld" not in said("withheld", "withheld")
