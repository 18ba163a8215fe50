"""From true figures to public ones: what falls with what, what stays, and what no reader may tell apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from wres_pipeline.disclosure import (
    CountTable,
    InconsistentFigures,
    Policy,
    declaration_table,
    figure_cells,
    protect,
)
from wres_pipeline.disclosure.figure_cells import key_of
from wres_pipeline.disclosure.proof.audit import audit
from wres_pipeline.disclosure.register.releases import Release
from wres_pipeline.disclosure.suppression import apply_suppression
from wres_pipeline.disclosure.suppression.apply_suppression import withheld_figure
from wres_pipeline.disclosure.tables import DECLARED, NOT_RECORDED, PEOPLE, RECORDED
from wres_pipeline.indicators import computation
from wres_pipeline.indicators.counts import (
    Answers,
    Board,
    Discipline,
    Groups,
    Happened,
    OrganisationCounts,
    Recruitment,
    Survey,
    Workforce,
)
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference import years

CELLS = {
    ("non_clinical", "Band 3"): Groups(40, 3, 12),
    ("non_clinical", "Band 6"): Groups(60, 20, 11),
    ("clinical", "Band 5"): Groups(90, 30, 14),
    ("clinical", "Band 8a"): Groups(25, 12, 0),
    ("medical_and_dental", "Consultants"): Groups(30, 15, 10),
}


def _figures(year: int = 2021, **changes: object) -> list[Figure]:
    counts = OrganisationCounts(
        "X99",
        year,
        workforce=Workforce(CELLS, Groups(11, 0, 0)),
        recruitment=Recruitment(Groups(80, 30, 5), Groups(20, 4, 1)),
        discipline=Discipline(Groups(12, 11, 0), Groups(13, 10, 0)),
        training=Happened(Groups(100, 40, 20)),
        survey=Survey(
            year - 1,
            answers={
                (number, group): Answers(*split)
                for number in "5678"
                for group, split in {"White": (20, 80), "BME": (2, 6), "Unknown": (3, 20)}.items()
            },
        ),
        board=Board({part: Groups(12, 0, 0) for part in ("board", "voting", "executive")}),
    )
    return computation.compute(replace(counts, **changes), years.load(year))  # type: ignore[arg-type]


def _one(figures: list[Figure], indicator: str, measure: str, group: str = "", **where: str) -> Figure:
    found = [
        f
        for f in figures
        if (f.indicator, f.measure, f.ethnic_group) == (indicator, measure, group)
        and all(getattr(f, name) == value for name, value in where.items())
    ]
    assert len(found) == 1
    return found[0]


@pytest.fixture(scope="module")
def true() -> list[Figure]:
    return _figures()


@pytest.fixture(scope="module")
def public(true: list[Figure]) -> list[Figure]:
    return protect(true, Policy()).figures


def test_no_printed_count_is_from_one_to_nine(public: list[Figure]) -> None:
    printed = [f.value for f in public if f.unit == "people" and f.state in ("value", "zero")]
    assert printed and not any(0 < (value or 0) < 10 for value in printed)


def test_zeros_are_printed(true: list[Figure], public: list[Figure]) -> None:
    shown = {one.key: one for one in public}
    for before in true:
        after = shown[before.key]
        if before.unit == "people" and before.state == "zero":
            assert after.state == "zero" and after.shown == "0"


def test_the_headcount_of_the_organisation_is_always_printed(public: list[Figure]) -> None:
    assert _one(public, "1", "headcount", cluster="", band="").value == 372


def test_a_ratio_falls_with_the_one_count_it_cannot_do_without(public: list[Figure]) -> None:
    # 4 BME applicants appointed: the count, its likelihood and the ratio go; White appointed (20) stays
    assert _one(public, "2", "appointed", "BME").state == "withheld"
    assert _one(public, "2", "likelihood", "BME").state == "withheld"
    assert _one(public, "2", "relative_likelihood_white_over_bme").state == "withheld"
    assert _one(public, "2", "appointed", "White").value == 20
    assert _one(public, "2", "likelihood", "White").shown == "25.0%"


def test_a_figure_whose_counts_are_printed_stays_with_interval_and_verdict(
    true: list[Figure], public: list[Figure]
) -> None:
    measure = "relative_likelihood_bme_over_white"
    before, after = _one(true, "3", measure), _one(public, "3", measure)
    assert after.value == before.value and after.interval_low == before.interval_low
    assert after.verdict == before.verdict != ""


def test_bounds_fall_with_the_count_of_unknown_ethnicity_and_so_do_the_words_about_them(
    true: list[Figure], public: list[Figure]
) -> None:
    # indicator 2: 5 of Unknown ethnicity were shortlisted: printed bounds of the White count would give that
    # back
    before, after = _one(true, "2", "shortlisted", "White"), _one(public, "2", "shortlisted", "White")
    assert before.bound_high == 85 and after.bound_high is None and after.value == 80


@pytest.mark.parametrize("unit", ["ratio", "percentage_points"])
def test_the_words_about_unknown_ethnicity_go_with_the_numbers_they_are_made_from(unit: str) -> None:
    from wres_pipeline.disclosure.suppression.apply_suppression import without_bounds

    figure = Figure("X", 2021, "2", "ratio", unit=unit, bound_low=0.5, bound_high=2.0, note="Up to May only.")
    assert figure.remarks.endswith("whatever the ethnicity of those not known.")
    assert without_bounds(figure).remarks == "Up to May only."


def test_a_withheld_figure_shows_nothing_but_its_name_and_what_is_said_of_it(public: list[Figure]) -> None:
    for figure in public:
        if figure.state == "withheld":
            bare = (figure.numerator, figure.denominator, figure.value, figure.interval_low, figure.bound_low)
            assert bare == (None,) * 5 and figure.note == ""
            assert (figure.shown == "withheld") == (figure.range_low is None)


def test_a_small_count_is_said_to_be_small_and_one_withheld_to_protect_it_is_not(true: list[Figure]) -> None:
    protected = protect(true, Policy())
    shown = {f.key: f for f in protected.figures}
    small = [w for w in protected.withheld if w.because == "a count from 1 to 9"]
    more = [w for w in protected.withheld if w.because == "a small count could be worked out from it"]
    assert small and more
    assert {shown[w.key].shown for w in small} <= {"fewer than 10", "withheld"}
    assert "fewer than 10" in {shown[w.key].shown for w in small}
    assert "fewer than 10" not in {shown[w.key].shown for w in more}


def test_a_range_holds_the_true_value_and_leaves_at_least_three_counts_possible(true: list[Figure]) -> None:
    values = {f.key: f.value for f in true}
    said = [f for f in protect(true, Policy()).figures if f.range_low is not None and f.key in values]
    assert {f.unit for f in said} >= {"people", "percent"}
    for figure in said:
        assert figure.range_low <= float(values[figure.key] or 0) <= figure.range_high + 1e-9  # type: ignore[operator]
        if figure.unit == "people":
            assert figure.range_high - figure.range_low >= 2  # type: ignore[operator]


def test_withholding_counts_what_was_lost_beyond_the_small_counts(true: list[Figure]) -> None:
    protected = protect(true, Policy())
    assert protected.small > 0 and protected.more > 0 and not protected.audit.failed


def test_protecting_changes_neither_the_order_nor_the_keys_and_adds_bands_together(
    true: list[Figure], public: list[Figure]
) -> None:
    keys = [f.key for f in true]
    assert [f.key for f in public if f.key in keys] == keys
    assert {f.band for f in public if f.key not in keys} <= {
        "Band 4 and below",
        "Bands 5 to 7",
        "Band 8a and above",
    }


def test_a_year_is_withheld_alike_in_whichever_edition_it_stands(
    true: list[Figure], public: list[Figure]
) -> None:
    with_year_before = protect([*true, *_figures(2020)], Policy()).figures
    assert with_year_before[: len(public)] == public


def test_what_last_years_edition_withheld_stays_withheld(true: list[Figure]) -> None:
    # last year's policy withheld counts up to 20; this year's edition keeps to what it withheld
    earlier = protect(true, Policy(threshold_high=20)).figures
    again = protect(true, Policy(), earlier_public=earlier)
    assert _one(again.figures, "2", "appointed", "White").state == "withheld"
    assert not again.audit.failed


def test_what_last_years_edition_printed_protects_nothing_any_more(true: list[Figure]) -> None:
    first = protect(true, Policy())
    secondary = [w.key for w in first.withheld if w.because.startswith("a small count could")]
    assert secondary
    truth = {f.key: f for f in true}
    # an earlier edition printed one of the counts that now protect others: another has to take its place, if
    # any can
    earlier = [truth[f.key] if f.key == secondary[0] else f for f in first.figures]
    again = protect(true, Policy(), earlier_public=earlier)
    hidden = {f.key for f in again.figures if f.state == "withheld"}
    assert secondary[0] not in hidden
    assert not again.audit.breaches


def test_an_unprotected_table_fails_the_audit(true: list[Figure], public: list[Figure]) -> None:
    truth = {f.key: f for f in true}
    only_small = [
        withheld_figure(f) if f.unit == "people" and Policy().small(f.value or 0) else truth[f.key]  # type: ignore[arg-type]
        for f in true
    ]
    result = audit(only_small, Policy())
    assert result.failed and result.leaks


def test_a_printed_percentage_gives_a_withheld_count_back_and_the_audit_says_so(
    true: list[Figure], public: list[Figure]
) -> None:
    truth = _one(true, "1", "percentage", "BME", cluster="non_clinical", band="Band 3")
    tampered = [
        replace(
            truth,
            numerator=None,
            denominator=None,
            interval_low=None,
            interval_high=None,
            bound_low=None,
            bound_high=None,
        )
        if f.key == truth.key
        else f
        for f in public
    ]
    assert audit(tampered, Policy()).failed


def test_a_survey_result_on_fewer_than_eleven_responses_is_withheld_with_what_gives_it_back(
    public: list[Figure],
) -> None:
    # 8 BME responses; 131 in all less 100 White leaves 31, which is a group of its own and may be known
    assert _one(public, "5", "percentage", "BME").state == "withheld"
    assert _one(public, "5", "percentage", "White").shown == "20.0%"
    assert _one(public, "5", "percentage").state == "value"


def test_subtracting_the_printed_groups_from_all_staff_leaves_no_group_under_the_minimum() -> None:
    answers = {("5", "White"): Answers(20, 80), ("5", "BME"): Answers(2, 6), ("5", "Unknown"): Answers(0, 1)}
    figures = _figures(survey=Survey(2020, answers=answers))
    public = protect(figures, Policy()).figures
    # 109 − 100 = 9 responses: White is the indicator and stays, the figure of all staff goes
    assert _one(public, "5", "percentage", "White").state == "value"
    assert _one(public, "5", "percentage").state == "withheld"
    # a release that printed all staff's figure cannot be undone: then White goes
    before = Release(
        "X99", "annual", "public", "2021", survey={("X99", "2021", "5", "percentage", "", "", ""): 109}
    )
    again = protect(figures, Policy(), releases=[before]).figures
    assert _one(again, "5", "percentage", "White").state == "withheld"


def test_the_rounding_rule_prints_multiples_of_five_and_works_the_rest_out_from_them(
    true: list[Figure],
) -> None:
    protected = protect(true, Policy.rounding())
    assert not protected.audit.failed
    counts = [f for f in protected.figures if f.unit == "people" and f.state == "value"]
    # the board is released by decision, as it is
    printed = [f.value for f in counts if f.indicator != "9" or f.band == "workforce"]
    assert printed and all(value % 5 == 0 for value in printed if value is not None)
    # 12 White and 11 BME entered, of 245 and 80: (10/80) ÷ (10/245) = 3.06
    ratio = _one(protected.figures, "3", "relative_likelihood_bme_over_white")
    assert ratio.shown == "3.06" and ratio.note == "Worked out from rounded counts."
    # bands 3 and 5: 130 White and 33 BME; band 6: 60 and 20; (60/130) ÷ (20/35) = 0.81
    assert _one(protected.figures, "race_disparity", "lower_to_middle", cluster="").shown == "0.81"


def test_a_quality_table_and_the_figures_protect_each_other() -> None:
    # 3 of 40 BME in a cluster of 55: publishing the 12 of Unknown by state of knowledge would give back 12
    figures = _figures()
    unknown = _one(figures, "1", "headcount", "Unknown", cluster="non_clinical", band="Band 3")
    table = CountTable(
        "declaration, band 3",
        {("unknown",): 12, ("declined",): 11, ("blank",): 1},
        sums=((("unknown",), (("declined",), ("blank",))),),
        same={("unknown",): key_of(unknown)},
    )
    protected = protect(figures, Policy(), quality=[table])
    shown = protected.tables["declaration, band 3"].counts
    assert not protected.audit.failed
    assert shown["blank",] is None
    assert sum(count is None for count in shown.values()) >= 2
    assert (shown["unknown",] is None) == (
        _one(protected.figures, "1", "headcount", "Unknown", cluster="non_clinical", band="Band 3").state
        == "withheld"
    )


def test_declaration_rates_are_shown_where_they_give_no_small_count_back(true: list[Figure]) -> None:
    # 372 people, 47 of Unknown ethnicity: 30 declined, 17 not recorded
    states = {"declared": 325, "declined": 30, "not_recorded": 17}
    table = declaration_table("X99", 2021, states)
    protected = protect(true, Policy(), quality=[table]).tables[table.name]
    assert protected.share_shown(DECLARED, PEOPLE) == "87.4%"
    assert protected.share_shown(RECORDED, PEOPLE) == "95.4%"


def test_a_recorded_rate_that_gives_back_two_people_is_withheld(true: list[Figure]) -> None:
    states = {"declared": 325, "declined": 45, "not_recorded": 2}
    table = declaration_table("X99", 2021, states)
    result = protect(true, Policy(), quality=[table])
    protected = result.tables[table.name]
    assert not result.audit.failed
    assert (
        protected.share_shown(NOT_RECORDED, PEOPLE) == protected.share_shown(RECORDED, PEOPLE) == "withheld"
    )
    assert protected.share_shown(DECLARED, PEOPLE) == "87.4%"


def test_two_single_people_in_a_total_everybody_knows_are_withheld_with_their_zeros() -> None:
    # 1 + 1 + 0 = 2: with the zero printed each of the others is 1; with all three withheld each is 0 to 2
    counts = {("a",): 1, ("b",): 1, ("c",): 0, ("all",): 2}
    sums = ((("all",), (("a",), ("b",), ("c",))),)
    table = CountTable("known total", counts, sums, known=frozenset({("all",)}))
    result = protect([], Policy(), quality=[table])
    shown = result.tables["known total"]
    assert not result.audit.failed and result.readers == {"whole": 1}
    assert shown.counts["all",] == 2 and shown.counts["c",] is None
    assert shown.whole == {("a",), ("b",), ("c",)}


def test_one_count_with_two_values_is_refused(true: list[Figure]) -> None:
    workforce = _one(true, "3", "workforce", "White")
    wrong = [replace(f, value=246) if f.key == workforce.key else f for f in true]
    with pytest.raises(InconsistentFigures):
        protect(wrong, Policy())


def test_a_publication_that_nothing_can_make_safe_is_withheld_whole_zeros_too() -> None:
    # an earlier edition printed all but the small counts of a line: the rest of it cannot hide them any more
    figures = [
        f
        for f in _figures(workforce=Workforce({("clinical", "Band 5"): Groups(35, 5, 0)}))
        if f.indicator == "1"
    ]
    earlier = [withheld_figure(f) if f.value == 5 else f for f in figures]
    protected = protect(figures, Policy(), earlier_public=earlier)
    assert not [b for b in protected.audit.breaches if b.key not in {a.key for a in protected.audit.already}]
    assert protected.audit.already


def test_a_share_of_a_printed_nought_says_nought_and_one_of_a_withheld_nought_says_nothing() -> None:
    nobody = Figure("X01", 2021, "2", "likelihood", "", "", "BME", numerator=0, denominator=20, value=0, unit="percent",
                    state="zero", shown="0.0%")  # fmt: skip
    appointed, shortlisted = figure_cells.needs(nobody)
    of_a_small_base = apply_suppression.Decision({shortlisted: "small"}, frozenset())
    with_its_nought = apply_suppression.Decision({appointed: "all of one group"}, frozenset())
    assert apply_suppression.printed(nobody, of_a_small_base)[0].shown == "0.0%"
    assert apply_suppression.printed(nobody, with_its_nought)[0].shown == "withheld"
