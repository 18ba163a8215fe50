"""Ratios within vacancies and within pay bands, worked by hand; a fair body with unequal competition shows 1.00."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import numpy as np
import pytest

from evidence import like_for_like as simulation
from tests.core_rows import CoreRows
from wres_pipeline.indicators import like_for_like_reading
from wres_pipeline.indicators.counts import Groups
from wres_pipeline.indicators.like_for_like import (
    EXTERNAL,
    INTERNAL,
    NO_PROGRAMMES,
    OFFERS,
    Application,
    of_applications,
    of_staff,
)
from wres_pipeline.reference import years
from wres_pipeline.reports.annual.sheets import like_for_like
from wres_pipeline.reports.context import ReturnContext
from wres_pipeline.reports.site.like_for_like import tables
from wres_pipeline.statistics.stratified import Stratum, Unit, mantel_haenszel, within_strata
from wres_pipeline.statistics.verdict_rule import by_interval


def applications(vacancy: int, white: tuple[int, int], bme: tuple[int, int]) -> list[Application]:
    """(appointed, shortlisted) of each group for one vacancy, each application of a new person."""
    made = []
    for group, (appointed, many) in (("White", white), ("BME", bme)):
        for n in range(many):
            who = 1000 * vacancy + len(made)
            made.append(
                Application(vacancy, who, group, n < appointed, n < appointed, None, None, None, None)
            )
    return made


def test_a_fair_body_with_unequal_competition_is_1_within_vacancies_and_not_pooled():
    # easy posts: 1 of 2 chosen, 8 White and 2 BME; hard ones: 1 of 10, 5 White and 15 BME; alike within each
    rows = [one for v in range(10) for one in applications(v, (4, 8), (1, 2))]
    rows += [one for v in range(10, 20) for one in applications(v, (1, 10), (3, 30))]
    pooled, within = of_applications("XTR", 2021, rows)[:2]
    # pooled 50 of 180 White, 40 of 320 BME; within: 50% and 50%, 10% and 10%
    assert (pooled.shown, within.shown) == ("2.22", "1.00")
    assert pooled.verdict == "likely difference" and within.verdict != "likely difference"
    assert (within.telling, within.trials_above, within.trials_below) == (20, 180, 320)


def test_mantel_and_haenszels_ratio_and_variance_by_hand():
    # two strata: (4/10 v 2/10) and (3/6 v 1/4): R = 40/20 + 12/10 = 3.2, S = 20/20 + 6/10 = 1.6
    found = mantel_haenszel([Stratum((4, 10), (2, 10)), Stratum((3, 6), (1, 4))])
    assert found.ratio == pytest.approx(2.0)
    # variance of ln: (100*6 - 8*20)/400 + (24*4 - 3*10)/100 = 1.1 + 0.66, over 3.2 * 1.6 = 0.34375
    low, high = found.interval
    assert (low * high) ** 0.5 == pytest.approx(2.0)
    assert np.log(high / 2) > 1.959964 * 0.34375**0.5


@pytest.mark.parametrize("many", [31, 121, 1001])
def test_the_interval_reaches_students_points_for_as_many_vacancies_as_tell(many):
    # each like (4/10 v 2/10): variance of ln is 1.1 / (2.0 * 1.0) / many; t: 2.0423, 1.9799, 1.9623
    found = mantel_haenszel([Stratum((4, 10), (2, 10))] * many)
    student = {31: 2.0423, 121: 1.9799, 1001: 1.9623}[many]
    spread = (1.1 / 2.0 / many * many / (many - 1)) ** 0.5
    assert np.log(found.interval[1] / 2) == pytest.approx(student * spread, rel=2e-3)


def test_a_vacancy_with_one_group_alone_tells_nothing():
    some = [Stratum((4, 10), (2, 10))]
    alone = [Stratum((3, 5), (0, 0)), Stratum((0, 0), (2, 5))]
    assert mantel_haenszel([*some, *alone]).interval == mantel_haenszel(some).interval
    assert mantel_haenszel(alone).ratio is None


def test_one_person_in_many_vacancies_makes_the_interval_wider():
    # ten vacancies go to a White person, the same one or ten others; ten more go to BME applicants
    def units(same: bool) -> list[Unit]:
        made = []
        for vacancy in range(20):
            made.append(Unit(vacancy, "W" if same and vacancy < 10 else f"W{vacancy}", True, vacancy < 10))
            made += [Unit(vacancy, f"B{vacancy}-{n}", False, vacancy >= 10 and n == 0) for n in range(4)]
        return made

    apart, together = within_strata(units(False)), within_strata(units(True))
    assert apart.ratio == together.ratio
    assert together.interval[0] < apart.interval[0] and together.interval[1] > apart.interval[1]


def test_staff_are_compared_within_their_band():
    # band 2: 10 of 100 White, 20 of 200 BME; band 7: 1 of 200 White, 0.25 of 50 BME; alike within each
    workforce = {("clinical", "Band 2"): Groups(100, 200), ("clinical", "Band 7"): Groups(400, 100)}
    cases = {("clinical", "Band 2"): Groups(10, 20), ("clinical", "Band 7"): Groups(4, 1)}
    pooled, within = of_staff("XTR", 2021, "3", workforce, cases)
    # pooled: 21 of 300 against 14 of 500; within: 10% and 10%, 1% and 1%
    assert (pooled.shown, within.shown) == ("2.50", "1.00")


def test_offers_turned_down_stand_in_a_row_of_their_own():
    rows = applications(1, (1, 4), (1, 4)) + applications(2, (1, 4), (0, 4))
    rows[3] = rows[3]._replace(offered=True)
    found = {row.subset: row for row in of_applications("XTR", 2021, rows) if row.compared == "pooled"}
    assert (found[""].numerator_above, found[OFFERS].numerator_above) == (2, 3)


def test_training_is_compared_within_cluster_and_band_too():
    # White above the line: band 2 60% and 60%, band 7 20% and 20%; pooled 140 of 300 against 100 of 200 is 0.93
    workforce = {("clinical", "Band 2"): Groups(200, 150), ("non_clinical", "Band 7"): Groups(100, 50)}
    trained = {("clinical", "Band 2"): Groups(120, 90), ("non_clinical", "Band 7"): Groups(20, 10)}
    pooled, within = of_staff("XTR", 2021, "4", workforce, trained)
    assert (pooled.shown, within.shown) == ("0.93", "1.00")
    assert (pooled.numerator_above, pooled.trials_above) == (140, 300)


def test_a_part_of_the_applications_has_its_own_ratio_where_both_groups_are_in_it_in_numbers():
    def of(group: str, chosen: int, many: int, **what: object) -> list[Application]:
        start = Application(None, 0, group, False, False, None, None, None, None)
        return [start._replace(appointed=n < chosen, **what) for n in range(many)]  # type: ignore[arg-type]

    nurses = {"staff_group": "Nursing and Midwifery Registered", "pay_scale": "NHS|XR05|Review Body Band 5"}
    clerks = {"staff_group": "Administrative and Clerical", "pay_scale": "NHS|XR02|Review Body Band 2"}
    every = (
        *of("White", 40, 100, internal=True, **nurses), *of("BME", 20, 100, internal=True, **nurses),
        *of("White", 10, 100, internal=False, **clerks), *of("BME", 10, 100, internal=False, **clerks),
        *of("BME", 90, 100, internal=False, international=True, **nurses),
    )  # fmt: skip
    shown = {row.subset: row.shown for row in of_applications("XTR", 2021, every) if row.compared == "pooled"}
    assert shown == {
        "": "0.63",  # 50 of 200 against 120 of 300
        NO_PROGRAMMES: "1.67",  # against 30 of 200
        INTERNAL: "2.00",  # 40% against 20%
        EXTERNAL: "0.20",  # 10 of 100 against 100 of 200
        "clinical": "0.73",  # 40 of 100 against 110 of 200
        "non_clinical": "1.00",
        "Band 5": "0.73",
        "Band 2": "1.00",
    }
    # of nine White managers and as many BME nothing is said: too few to compare
    few = (*every, *of("White", 2, 9, internal=True, pay_scale="NHS|XR08|Review Body Band 8 - Range A"))
    assert "Band 8a" not in {row.subset for row in of_applications("XTR", 2021, few)}


@pytest.fixture
def rows():
    made = CoreRows()
    yield made
    made.close()


def test_the_rows_are_read_from_the_core_tables_by_vacancy_and_person(rows):
    for vacancy in ("V1", "V2"):
        for group, appointed in (("White", True), ("White", False), ("BME", False), ("BME", False)):
            rows.applications(group, appointed=appointed)
        rows.con.execute(
            "UPDATE core_applications SET vacancy_reference = ? WHERE vacancy_reference IS NULL", [vacancy]
        )
    rows.con.execute("UPDATE core_applications SET applicant = 0 WHERE wres_group = 'White' AND appointed")
    made = like_for_like_reading.make(rows.con, ["XTR"], 2021)
    within = next(row for row in made if row.compared == "within vacancies")
    assert (within.numerator_above, within.trials_above, within.numerator_below, within.trials_below) == (
        2,
        4,
        0,
        4,
    )
    assert like_for_like_reading.read(rows.con, "XTR", 2021) == made
    assert like_for_like_reading.read(rows.con, "XTR", 2020) == []


def test_a_later_delivery_of_an_application_replaces_the_earlier(rows):
    rows.applications("White", number="A1", as_at=date(2021, 2, 28))
    rows.applications("White", number="A1", appointed=True, as_at=date(2021, 3, 31))
    rows.applications("BME", number="A2", as_at=date(2021, 3, 31))
    pooled = like_for_like_reading.make(rows.con, ["XTR"], 2021)[0]
    assert (pooled.numerator_above, pooled.trials_above, pooled.trials_below) == (1, 1, 1)


def test_a_fair_body_is_flagged_within_vacancies_in_about_five_of_a_hundred_and_far_oftener_pooled():
    pooled, within = simulation.rates(np.random.default_rng(5), 80, 60, (0.1, 0.25, 0.4), 2.5, 1.5)
    assert within <= 10 < pooled


def test_no_public_edition_prints_them_whatever_its_context_holds():
    made = of_applications("XTR", 2021, [one for v in range(9) for one in applications(v, (1, 4), (1, 4))])
    rules = years.load(2021)
    for edition, printed in (("internal", True), ("public", False)):
        context = ReturnContext("XTR", "X", rules, edition, date(2021, 9, 1), like_for_like=tuple(made))
        assert bool(tables("2", context)) == printed
        for table in tables("2", context):
            # the nine vacancies are beside what was compared, the interval beside the ratio
            assert table.rows[1][1] == "within vacancies (rests on 9 of them)"
            assert table.rows[1][4].startswith("1.00 (")
        assert (like_for_like(context) is not None) == printed


def test_the_word_alone_can_place_an_appointment_which_is_why_no_public_edition_prints_it() -> None:
    # twelve vacancies of one appointment; who knows the shortlists (White, BME) and that two of the appointed are BME
    shortlists = [
        (1, 2), (5, 6), (1, 1), (5, 5), (2, 3), (3, 6), (2, 2), (1, 5), (4, 2), (3, 3), (3, 1), (1, 5),
    ]  # fmt: skip
    tables: dict[str, list[set[int]]] = {}
    for places in combinations(range(12), 2):
        strata = [
            Stratum((0, w), (1, b)) if place in places else Stratum((1, w), (0, b))
            for place, (w, b) in enumerate(shortlists)
        ]
        found = mantel_haenszel(strata)
        word = by_interval(found.interval, (0.8, 1.25), 1.0, enough=found.telling >= 5)
        tables.setdefault(word, []).append(set(places))
    assert {word: len(of_word) for word, of_word in tables.items()} == {
        "likely difference": 65,
        "cannot tell": 1,
    }
    assert tables["cannot tell"] == [{7, 11}]  # the word places both
