from __future__ import annotations

import dataclasses
import filecmp
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from wres_pipeline.action_plan import plan as action_plan
from wres_pipeline.synthetic import (
    OrganisationSpec,
    catalogue,
    extracts,
    generate_organisation,
    plan,
    records,
    truth,
    write_sample,
    writing,
)
from wres_pipeline.synthetic.sample import NATION_ORGANISATIONS, nation, specs

SNAPSHOT = np.datetime64("2021-03-31")
SMALL = OrganisationSpec(
    code="T01", name="Invented", seed=3, staff=250, applications_per_year=400, bank=9, hosted=3
)
BROKEN = dataclasses.replace(
    SMALL,
    staff=2500,
    applications_per_year=900,
    turnover=0.2,
    years=(2020, 2021),
    break_month=date(2020, 11, 1),
)


def test_the_same_spec_writes_the_same_bytes(tmp_path: Path) -> None:
    spec = dataclasses.replace(SMALL, formats={"trac_applications": "xlsx"})
    one = extracts.write_extracts(tmp_path / "one", generate_organisation(spec))
    two = extracts.write_extracts(tmp_path / "two", generate_organisation(spec))
    assert [path.name for path in one] == [path.name for path in two]
    assert all(filecmp.cmp(a, b, shallow=False) for a, b in zip(one, two, strict=True))


def test_every_person_counted_is_in_the_staff_list_once_or_more() -> None:
    made = generate_organisation(SMALL)
    listed = extracts.staff_list(made, SNAPSHOT)["employee_number"].tolist()
    persons = truth.persons(made, SNAPSHOT)
    assert set(persons["employee_number"].tolist()) == set(listed)
    assert len(listed) == sum(int(count) for count in persons["assignments"])


def test_exclusions_are_those_of_the_spec() -> None:
    reasons = truth.persons(generate_organisation(SMALL), SNAPSHOT)["exclusion_reason"].tolist()
    assert reasons.count("bank") == 9
    assert reasons.count("hosted on another payroll") == 3
    assert reasons.count("non-executive") == 6


def test_one_person_holds_five_assignments_and_counts_once() -> None:
    made = generate_organisation(dataclasses.replace(SMALL, five_assignments=1, turnover=0.0))
    persons = truth.persons(made, SNAPSHOT)
    five = persons["employee_number"][persons["assignments"] == "5"]
    rows = extracts.staff_list(made, SNAPSHOT)
    assert len(five) == 1
    mine = rows["employee_number"] == five[0]
    assert mine.sum() == 5
    assert rows["is_primary"][mine].tolist() == ["Y", "N", "N", "N", "N"]


def test_two_primaries_and_none_are_marked_so() -> None:
    made = generate_organisation(dataclasses.replace(SMALL, two_primaries=0.5, no_primary=0.5, turnover=0.0))
    rows = extracts.staff_list(made, SNAPSHOT)
    flags: dict[str, list[str]] = {}
    for number, flag in zip(rows["employee_number"], rows["is_primary"], strict=True):
        flags.setdefault(number, []).append(flag)
    assert {tuple(found) for found in flags.values()} == {("Y", "Y"), ("N", "N")}


@pytest.mark.parametrize("staff", [1, 2, 17, 5000])
def test_any_size_can_be_invented(staff: int, tmp_path: Path) -> None:
    spec = dataclasses.replace(
        SMALL, staff=staff, applications_per_year=staff, bank=0, hosted=0, turnover=0.0
    )
    made = generate_organisation(spec)
    assert (truth.persons(made, SNAPSHOT)["counted"] == "Y").sum() == staff
    truth.write_truth(tmp_path / "truth", made, extracts.write_extracts(tmp_path, made))


def test_an_organisation_may_have_no_bme_staff_or_none_of_a_cluster_or_nobody_declared() -> None:
    odd = dataclasses.replace(
        SMALL, bme_share=0, bme_share_hired=0, clusters=("non_clinical",), undeclared=1.0
    )
    persons = truth.persons(generate_organisation(dataclasses.replace(odd, turnover=0.0)), SNAPSHOT)
    assert set(persons["cluster"]) == {"non_clinical"}
    assert (persons["wres_group"] == "Unknown").mean() > 0.85
    assert "BME" not in set(persons["wres_group"])


def test_nobody_shortlisted_means_nobody_appointed() -> None:
    made = generate_organisation(dataclasses.replace(SMALL, nobody_shortlisted=True))
    rows = extracts.trac(made, SNAPSHOT)
    assert len(rows["application_id"]) > 100
    assert set(rows["shortlisted"]) == {"N"} and set(rows["appointed"]) == {"N"}


def test_every_stage_follows_the_events() -> None:
    made = generate_organisation(BROKEN)
    rows = extracts.trac(made, SNAPSHOT)
    appointed = rows["appointed"] == "Y"
    assert set(rows["stage"][appointed]) <= {"Starting", "Withdrawn"}
    assert (rows["shortlisted"][appointed] == "Y").all()
    assert np.isnat(rows["start_date"][~appointed]).all()
    assert (rows["interviewed"][rows["shortlisted"] == "N"] == "N").all()


def test_trac_forgets_after_400_days_or_200_after_the_start() -> None:
    made = generate_organisation(BROKEN)
    held = made.applications.held_at(SNAPSHOT)
    assert (made.applications.applied[held] > SNAPSHOT - 400).all()
    starts, appointed = made.applications.starts[held], made.applications.appointed[held]
    assert not ((appointed <= SNAPSHOT) & (starts <= SNAPSHOT - 200)).any()


def test_ethnicity_arrives_before_the_break_and_hardly_after() -> None:
    made = generate_organisation(BROKEN)
    starters = np.flatnonzero(made.staff.trac_said >= 0)
    declared = starters[made.staff.trac_said[starters] == made.staff.people.ethnicity[starters]]
    arrived = truth.catalogue.ethnicities().state[made.staff.recorded[declared]] == "declared"
    after = made.staff.hired[declared] >= np.datetime64("2020-11-01")
    assert arrived[~after].mean() == pytest.approx(0.94, abs=0.03)
    assert arrived[after].mean() == pytest.approx(0.08, abs=0.05)


def test_every_appointed_application_has_one_state_of_the_account() -> None:
    made = generate_organisation(BROKEN)
    links = truth.links(made, SNAPSHOT)
    known = {
        "in_sync", "missing_in_esr", "not_stated_in_esr", "conflict", "minor_difference", "not_declared",
        "awaiting_review", "not_found", "not_yet_due", "withdrawn", "internal_mover",
    }  # fmt: skip
    assert set(links["state"]) <= known
    assert {"in_sync", "missing_in_esr", "withdrawn", "internal_mover", "not_yet_due"} <= set(links["state"])
    assert len(set(links["application_id"])) == len(links["application_id"])


def test_headings_are_the_first_the_contract_accepts() -> None:
    names = writing.headings("esr_staff_list")
    assert (names["employee_number"], names["ethnic_origin"]) == ("Employee Number", "Ethnic Origin")


def test_a_nation_has_220_organisations_of_skewed_sizes_and_the_staff_asked_for() -> None:
    sizes = [spec.staff for spec in nation(1, 1_500_000)]
    assert len(sizes) == NATION_ORGANISATIONS
    assert sum(sizes) == pytest.approx(1_500_000, rel=0.001)
    assert max(sizes) > 5 * np.median(sizes)


def test_a_preset_that_does_not_exist_is_named_with_those_that_do(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="sample, teaching, acute, nation"):
        write_sample(tmp_path, "planet")


def test_a_provider_s_published_figures_are_those_of_its_own_survey() -> None:
    # one respondent a line: group, then public, managers, colleagues, progress, discrimination
    answers = (
        ("A", "yes", "no", "yes", "dont_know", ""),
        ("A", "no", "", "no", "yes", "no"),
        ("A", "no", "yes", "", "no", "yes"),
        ("A", "", "", "", "yes", "no"),
        ("BL", "yes", "yes", "yes", "yes", "yes"),
    )
    labels = catalogue.ethnicities()
    columns = [catalogue.texts([row[place] for row in answers]) for place in range(1, 6)]
    survey = records.Answers(
        catalogue.texts(list("abcde")),
        np.array([labels.index(row[0]) for row in answers]),
        dict(zip(("Q14a", "Q14b", "Q14c", "Q15", "Q16b"), columns, strict=True)),
    )
    made = SimpleNamespace(surveys={2026: survey, 2021: survey})
    found = plan.published(made)
    assert {key[1]: value for key, value in found.items() if key[0] == 2026} == {
        "5": (pytest.approx(100 / 3), 3), "6": (pytest.approx(200 / 3), 3), "7": (50.0, 4), "8": (pytest.approx(100 / 3), 3),
    }  # fmt: skip
    assert found[2021, "7", "White"] == (pytest.approx(200 / 3), 3), (
        "before the survey of 2021 don't know did not count"
    )


def test_the_teaching_sample_is_of_five_years_to_the_present_one_with_a_care_board_and_its_plan_of_that_year(
    tmp_path: Path,
) -> None:
    trust, board = specs("teaching")
    assert (trust.years, board.years, board.kind) == ((2022, 2023, 2024, 2025, 2026),) * 2 + ("icb",)
    small = dataclasses.replace(board, staff=60, applications_per_year=80, years=(2026,), monthly_from=None)
    plan.write_plan_and_log(tmp_path, generate_organisation(small))
    written = action_plan.load(tmp_path / "actions.yaml")
    assert (written.organisation_code, written.adopted) == ("XIC", date(2026, 5, 25))
    assert written.title.endswith("2026-27")
    lines = (tmp_path / "staff_survey_organisations_2025.csv").read_text(encoding="utf-8").splitlines()
    assert any(",ICBs," in line for line in lines) and not any(
        "CCGs" in line or "Q13a" in line for line in lines
    )
