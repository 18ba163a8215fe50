"""Which applications, cases, courses and board members belong to a year."""

from __future__ import annotations

from datetime import date

from wres_pipeline.indicators import count_reading as reading
from wres_pipeline.indicators.count_reading import read
from wres_pipeline.indicators.counts import Groups, LeftOut
from wres_pipeline.reference import years

RULES = years.load(2021)
BEFORE, FIRST, LAST, AFTER = date(2020, 3, 31), date(2020, 4, 1), date(2021, 3, 31), date(2021, 4, 1)


def counts_of(rows, year: int = 2021):
    return read(rows.con, ["XTR"], years.load(year))["XTR"]


def test_an_application_belongs_to_the_year_its_own_date_falls_in(rows):
    for on, group in ((BEFORE, "White"), (FIRST, "BME"), (LAST, "BME"), (AFTER, "White")):
        rows.applications(group, on=on)
    assert counts_of(rows).recruitment.shortlisted == Groups(0, 2, 0)


def test_appointed_are_counted_among_the_shortlisted(rows):
    rows.applications("White", 3)
    rows.applications("White", 2, appointed=True)
    rows.applications("BME", 1, appointed=True, shortlisted=False)
    counts = counts_of(rows)
    assert counts.recruitment.shortlisted == Groups(5, 0, 0)
    assert counts.recruitment.appointed == Groups(2, 0, 0)
    assert LeftOut("2", reading.APPOINTED_ONLY, 1) in counts.left_out


def test_the_newest_delivery_of_an_application_up_to_the_deadline_counts(rows):
    rows.applications("BME", number="A", as_at=date(2021, 1, 31))
    rows.applications("BME", number="A", appointed=True, as_at=date(2021, 7, 31))
    rows.applications("BME", number="A", appointed=False, as_at=date(2021, 9, 30))
    assert counts_of(rows).recruitment.appointed == Groups(0, 1, 0)


def test_an_application_that_trac_deleted_still_counts_from_its_last_delivery(rows):
    rows.applications("White", number="old", as_at=date(2020, 12, 31))
    rows.applications("White", number="new", as_at=date(2021, 3, 31))
    assert counts_of(rows).recruitment.shortlisted == Groups(2, 0, 0)


def test_a_file_that_stops_early_says_up_to_when_it_covers_the_year(rows):
    rows.applications("White", as_at=date(2021, 1, 31))
    assert counts_of(rows).recruitment.up_to == date(2021, 1, 31)


def test_a_summary_report_serves_where_there_are_no_applications(rows):
    one = rows.delivered("recruitment_summary", LAST)
    for stage, group, people in (
        ("Shortlisted", "White", 6307),
        ("Appointed", "White", 990),
        ("Shortlisted", "BME", 400),
        ("Appointed", "BME", 40),
        ("Applied", "BME", 900),
    ):
        rows.con.execute(
            "INSERT INTO core_recruitment_summary VALUES (?, 'XTR', ?, ?, '', NULL, NULL, ?, ?)",
            [one, LAST, stage, group, people],
        )
    recruitment = counts_of(rows).recruitment
    assert recruitment.aggregate
    assert recruitment.shortlisted == Groups(6307, 400, 0)
    assert recruitment.appointed == Groups(990, 40, 0)
    rows.applications("White")
    assert not counts_of(rows).recruitment.aggregate


def test_two_cases_of_one_person_count_once(rows):
    (who,) = rows.staff("BME")
    rows.case("C1", date(2020, 5, 1), who=who)
    rows.case("C2", date(2021, 2, 1), who=who)
    assert counts_of(rows).discipline.this_year == Groups(0, 1, 0)


def test_a_case_without_an_employee_number_counts_with_its_typed_ethnicity(rows):
    rows.staff("White", 3)
    rows.case("C1", date(2020, 5, 1), typed="BME")
    rows.case("C2", date(2020, 5, 1), typed="BME", who="NOT-ON-ANY-LIST")
    assert counts_of(rows).discipline.this_year == Groups(0, 2, 0)


def test_ethnicity_comes_from_the_newest_staff_list_that_has_the_person(rows):
    (who,) = rows.staff("Unknown", snapshot=date(2020, 6, 30))
    rows.staff("BME", number=who, snapshot=date(2020, 9, 30), reason="leaver")
    rows.staff("White", number=who, snapshot=date(2021, 6, 30))
    rows.case("C1", date(2020, 8, 1), who=who, typed="White")
    assert counts_of(rows).discipline.this_year == Groups(0, 1, 0)


def test_a_leaver_counts_and_somebody_known_only_as_bank_is_left_out(rows):
    (left,) = rows.staff("BME", reason="leaver")
    (bank,) = rows.staff("White", reason="bank")
    rows.case("C1", date(2020, 8, 1), who=left)
    rows.case("C2", date(2020, 8, 1), who=bank)
    counts = counts_of(rows)
    assert counts.discipline.this_year == Groups(0, 1, 0)
    assert LeftOut("3", reading.OUTSIDE, 1) in counts.left_out


def test_only_formal_disciplinary_investigations_of_the_period_count(rows):
    rows.case("C1", FIRST, typed="White")
    rows.case("C2", LAST, typed="White")
    rows.case("C3", AFTER, typed="White")
    rows.case("C4", None, typed="White", opened=date(2020, 6, 1))
    rows.case("C5", date(2020, 6, 1), typed="White", kind="other")
    rows.case("C6", date(2020, 6, 1), typed="White", kind="unmapped")
    counts = counts_of(rows)
    assert counts.discipline.this_year == Groups(2, 0, 0)
    assert LeftOut("3", reading.NO_INVESTIGATION, 1) in counts.left_out
    assert LeftOut("3", reading.UNMAPPED_CASE, 1) in counts.left_out


def test_the_newest_telling_of_a_case_counts(rows):
    rows.case("C1", date(2020, 8, 1), typed="White", as_at=date(2020, 12, 31))
    rows.case("C1", date(2020, 8, 1), typed="White", kind="other", as_at=date(2021, 3, 31))
    assert counts_of(rows).discipline.this_year == Groups(0, 0, 0)


def test_cases_of_the_year_before_stand_beside_for_the_rolling_average(rows):
    rows.case("C1", date(2019, 8, 1), typed="White")
    rows.case("C2", date(2020, 8, 1), typed="BME")
    rows.case("C3", date(2019, 3, 31), typed="BME")
    discipline = counts_of(rows).discipline
    assert discipline.this_year == Groups(0, 1, 0)
    assert discipline.year_before == Groups(1, 0, 0)
    assert discipline.reaches_back


def test_files_that_start_with_the_year_do_not_reach_back(rows):
    rows.case("C1", date(2020, 8, 1), typed="White")
    assert not counts_of(rows).discipline.reaches_back
    rows.delivered("employee_relations", date(2020, 6, 30))
    assert counts_of(rows).discipline.reaches_back


def test_training_counts_people_of_the_workforce_with_a_course_of_their_own_choice(rows):
    white, bme, both = rows.staff("White") + rows.staff("BME") + rows.staff("Unknown")
    (left,) = rows.staff("BME", reason="leaver")
    rows.course(white, mandatory=True)
    rows.course(bme)
    rows.course(both)
    rows.course(both, date(2020, 12, 1))
    rows.course(both, None)
    rows.course(white, BEFORE)
    rows.course(left)
    counts = counts_of(rows)
    assert counts.training.people == Groups(0, 1, 1)
    assert LeftOut("4", reading.NOT_IN_WORKFORCE, 1) in counts.left_out


def test_a_course_on_no_list_of_mandatory_ones_is_of_free_choice(rows):
    (who,) = rows.staff("White")
    rows.course(who, mandatory=None)
    assert counts_of(rows).training.people == Groups(1, 0, 0)


def test_the_board_is_who_was_in_post_at_the_snapshot(rows):
    rows.member("White", start=LAST, executive=False)
    rows.member("BME", end=LAST)
    rows.member("White", start=AFTER)
    rows.member("White", end=date(2021, 3, 30))
    rows.member("BME", number="M", end=date(2020, 6, 30))
    rows.member("BME", number="M", start=date(2020, 7, 1), voting=False)
    rows.member("Unknown", voting=None)
    counts = counts_of(rows)
    assert counts.board.members == {
        "board": Groups(1, 2, 1),
        "voting": Groups(1, 1, 0),
        "non_voting": Groups(0, 1, 0),
        "executive": Groups(0, 2, 1),
        "non_executive": Groups(1, 0, 0),
    }
    assert LeftOut("9", reading.NO_VOTE, 1, inside=True) in counts.left_out


def test_kinds_that_were_not_delivered_for_the_year_are_none(rows):
    rows.applications("White", as_at=date(2019, 3, 31), on=date(2018, 9, 1))
    counts = counts_of(rows)
    assert counts.empty
    assert counts.recruitment is None and counts.board is None and counts.survey is None


def test_a_kind_delivered_without_anybody_in_it_is_a_zero_and_not_missing(rows):
    rows.delivered("employee_relations", LAST)
    assert counts_of(rows).discipline.this_year == Groups(0, 0, 0)
