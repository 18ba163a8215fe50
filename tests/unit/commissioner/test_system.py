"""A system's figures are its members' together, and give none of their withheld counts away."""

from __future__ import annotations

import pytest

from wres_pipeline.commissioner.system import add, gives_away, not_the_sum, public, view
from wres_pipeline.disclosure import Policy, protect
from wres_pipeline.indicators.computation import compute
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
from wres_pipeline.reference import years

RULES = years.load(2021)


def member(code: str, scale: int, bme: int) -> OrganisationCounts:
    return OrganisationCounts(
        code,
        2021,
        Workforce(
            {
                ("non_clinical", "Band 5"): Groups(20 * scale, bme, 2 * scale),
                ("clinical", "Band 7"): Groups(30 * scale, 3 * bme, 11),
            }
        ),
        Recruitment(Groups(40 * scale, 10 + bme, 12), Groups(9 * scale, bme, 3)),
        Discipline(Groups(scale, 1, 0), reaches_back=True),
        Happened(Groups(12 * scale, bme, scale)),
        Survey(2020, {("5", "White"): Answers(4 * scale, 9 * scale), ("5", "BME"): Answers(bme, bme)}),
        Board(
            {
                "board": Groups(9, 2, 1),
                "voting": Groups(6, 1, 0),
                "non_voting": Groups(3, 1, 1),
                "executive": Groups(4, 1, 0),
                "non_executive": Groups(5, 1, 1),
            }
        ),
    )


MEMBERS = [member("X01", 10, 3), member("XTR", 40, 200), member("XMH", 20, 30)]
TRUE = {one.organisation_code: compute(one, RULES) for one in MEMBERS}


def test_counts_are_added_and_ratios_worked_out_again() -> None:
    """Shortlisted White 400 + 1,600 + 800, appointed 90 + 360 + 180: 630 of 2,800 = 22.5%; BME 233 of 263."""
    found = {one.key[2:]: one for one in view("ICS", MEMBERS, RULES).figures}
    assert found[("2", "shortlisted", "", "", "White")].value == 2800
    assert found[("2", "appointed", "", "", "BME")].value == 233
    ratio = found[("2", "relative_likelihood_white_over_bme", "", "", "")]
    assert float(ratio.value or 0) == pytest.approx((630 / 2800) / (233 / 263))
    assert ratio.note.endswith("Sum of the members' counts.")


def test_a_part_that_one_member_lacks_is_not_summed_and_the_member_is_named() -> None:
    lame = OrganisationCounts("XAM", 2021, MEMBERS[0].workforce)
    counts, lacking = add("ICS", [MEMBERS[1], lame])
    assert counts.recruitment is None
    assert lacking["recruitment"] == ("XAM",)
    assert counts.workforce is not None


def test_members_of_different_years_are_no_system() -> None:
    with pytest.raises(ValueError, match="same reporting year"):
        add("ICS", [MEMBERS[0], OrganisationCounts("XTR", 2020)])
    with pytest.raises(ValueError, match="same reporting year"):
        add("ICS", [])


def editions(true: dict[str, list], policy: Policy) -> dict[str, list]:
    return {code: protect(figures, policy).figures for code, figures in true.items()}


def test_a_count_is_shown_exactly_where_every_member_shows_its_own() -> None:
    found = view("ICS", MEMBERS, RULES)
    shown = editions(TRUE, Policy())
    by_member = [{one.key[2:]: one for one in of} for of in shown.values()]
    for one in public(found, shown, Policy()):
        if one.unit == "people" and one.state != "not_collected":
            theirs = [of.get(one.key[2:]) for of in by_member]
            everybody = all(each is not None and each.state in ("value", "zero") for each in theirs)
            assert (one.state in ("value", "zero")) == everybody
            if everybody:
                assert one.value == sum(each.value or 0 for each in theirs if each is not None)


@pytest.mark.parametrize("sizes", [(1, 40), (6, 400), (14, 400)])
def test_no_withheld_count_of_a_member_is_had_by_taking_the_others_from_the_whole(
    sizes: tuple[int, int],
) -> None:
    """The attack by hand: take from each count of the system every member that shows its own;
    nothing may be left.
    """
    members = [member("X01", 10, sizes[0]), member("XTR", 40, sizes[1])]
    true = {one.organisation_code: compute(one, RULES) for one in members}
    shown = editions(true, Policy())
    by_member = [{one.key[2:]: one for one in of} for of in shown.values()]
    found = public(view("ICS", members, RULES), shown, Policy())
    assert any(one.state == "withheld" for one in found)
    for one in found:
        if one.unit == "people" and one.state in ("value", "zero"):
            assert all(of[one.key[2:]].state in ("value", "zero") for of in by_member)


def test_what_rests_on_a_withheld_count_is_withheld_with_it() -> None:
    members = [member("X01", 10, 3), member("XTR", 40, 200)]
    true = {one.organisation_code: compute(one, RULES) for one in members}
    found = {
        one.key[2:]: one for one in public(view("ICS", members, RULES), editions(true, Policy()), Policy())
    }
    assert found[("2", "appointed", "", "", "BME")].state == "withheld"
    ratio = found[("2", "relative_likelihood_white_over_bme", "", "", "")]
    assert (ratio.state, ratio.value, ratio.interval_low, ratio.verdict) == ("withheld", None, None, "")


def test_under_the_rounding_rule_the_view_is_the_sum_of_the_rounded_counts() -> None:
    policy = Policy.rounding()
    shown = editions(TRUE, policy)
    found = {one.key[2:]: one for one in public(view("ICS", MEMBERS, RULES), shown, policy)}
    total = sum(
        one.value or 0
        for of in shown.values()
        for one in of
        if one.key[2:] == ("2", "shortlisted", "", "", "White")
    )
    assert found[("2", "shortlisted", "", "", "White")].value == total
    assert total % 5 == 0


def two_members(unknown: int) -> tuple[list[OrganisationCounts], dict[str, list]]:
    """A small body of whose applicants `unknown` did not say, and a large one that hides nothing of its own."""
    members = []
    for code, scale in (("X01", 10), ("XTR", 40)):
        few = unknown if code == "X01" else 200
        recruited = Recruitment(Groups(40 * scale, 30 * scale, few), Groups(9 * scale, 8 * scale, 0))
        members.append(OrganisationCounts(code, 2021, recruitment=recruited))
    return members, {one.organisation_code: compute(one, RULES) for one in members}


def test_neither_bounds_nor_the_note_of_a_figure_give_a_members_unknown_away() -> None:
    """3 of 643 applicants of unknown ethnicity are one member's: the bound of a count less the count is the 203."""
    members, true = two_members(3)
    found, shown = view("ICS", members, RULES), editions(true, Policy())
    by_name = {one.key[2:]: one for one in public(found, shown, Policy())}
    white = by_name[("2", "shortlisted", "", "", "White")]
    assert (white.value, white.bound_low, white.bound_high) == (2000, None, None)
    ratio = by_name[("2", "relative_likelihood_white_over_bme", "", "", "")]
    assert (ratio.state, ratio.bound_low, ratio.bound_high) == ("value", None, None)
    assert "whatever the ethnicity" not in ratio.remarks
    assert gives_away(list(by_name.values()), found.members, shown) == ()


def test_bounds_stand_where_every_member_shows_its_unknown() -> None:
    members, true = two_members(30)
    found, shown = view("ICS", members, RULES), editions(true, Policy())
    white = next(
        one for one in public(found, shown, Policy()) if one.key[2:] == ("2", "shortlisted", "", "", "White")
    )
    assert (white.bound_low, white.bound_high) == (2000, 2230)


def test_a_view_that_is_not_protected_gives_members_away() -> None:
    members, true = two_members(3)
    found, shown = view("ICS", members, RULES), editions(true, Policy())
    names = gives_away(found.figures, found.members, shown)
    assert ("2", "shortlisted", "", "", "Unknown") in names
    assert ("2", "relative_likelihood_white_over_bme", "", "", "") in names


def test_members_figures_older_than_their_counts_are_noticed() -> None:
    found = view("ICS", MEMBERS, RULES)
    assert not_the_sum(found, TRUE) == 0
    older = {**TRUE, "X01": compute(member("X01", 10, 4), RULES)}
    assert not_the_sum(found, older) > 0
    assert not_the_sum(found, {**TRUE, "X01": []}) > 0


def test_what_is_not_summed_names_the_member_in_its_note() -> None:
    lame = OrganisationCounts("XAM", 2021, MEMBERS[0].workforce)
    found = {one.key[2:]: one for one in view("ICS", [MEMBERS[1], lame], RULES).figures}
    assert found[("2", "shortlisted", "", "", "White")].note == "Not summed: XAM brought no recruitment."
    assert found[("5", "percentage", "", "", "BME")].note == (
        "Not summed: XAM brought no staff survey answers. Percentages of different bodies cannot be added."
    )
