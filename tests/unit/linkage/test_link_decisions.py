"""A reviewer's decisions win."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from wres_pipeline.extracts.naming import file_names
from wres_pipeline.linkage.decisions import TWO_DIFFER, DecisionsFileError, read_all


def written(folder: Path, *lines: str) -> Path:
    path = folder / "link-decisions.csv"
    path.write_text(
        "\n".join(("application_id,employee_number,decision,decided_on", *lines)) + "\n", encoding="utf-8"
    )
    return path


def test_same_links_whatever_the_score(world: Any, tmp_path: Path) -> None:
    world.staff("100", first_name="Zed", ni_number=None)
    world.application("A1", last_name="Other", email=None, postcode=None)
    path = written(tmp_path, "A1,100,same,2021-04-01")
    assert world.link(decisions_path=path)["A1"] == ("100", "reviewer", "automatic")


def test_different_takes_the_pair_out_of_every_pass(world: Any, tmp_path: Path) -> None:
    world.staff("100")
    world.application("A1")
    assert world.link(decisions_path=written(tmp_path, "A1,100,Different,"))["A1"] == (None, "none", "none")


def test_unsure_leaves_the_application_with_a_person(world: Any, tmp_path: Path) -> None:
    world.staff("100")
    world.application("A1")
    assert world.link(decisions_path=written(tmp_path, "A1,100,unsure,"))["A1"] == (
        "100",
        "reviewer",
        "clerical",
    )


def test_two_different_people_called_the_same_leave_it_with_a_person(world: Any, tmp_path: Path) -> None:
    world.staff("100")
    world.staff("101", ni_number="BC222222A")
    world.application("A1")
    path = written(tmp_path, "A1,100,same,", "A1,101,same,")
    assert world.link(decisions_path=path)["A1"][2] == "clerical"


def test_the_later_decision_on_a_pair_counts(tmp_path: Path) -> None:
    path = written(tmp_path, "A1,100,same,2021-04-02", "A1,100,different,2021-04-01", "A2,100,,")
    assert [d.decision for d in read_all(path, ["X01"])] == ["same"]


def test_a_word_that_is_no_decision_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(
        DecisionsFileError, match="line 2: the decision must be one of same, different, unsure"
    ):
        read_all(written(tmp_path, "A1,100,maybe,"), ["X01"])


def test_a_file_without_the_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "link-decisions.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(DecisionsFileError, match="no column application_id"):
        read_all(path, ["X01"])


def test_a_file_that_is_not_there_is_no_decisions(world: Any, tmp_path: Path) -> None:
    world.staff("100")
    world.application("A1")
    assert world.link(decisions_path=tmp_path / "none.csv")["A1"][1] == "ni_and_date_of_birth"


def test_two_reviewers_who_differ_leave_the_pair_with_a_person(world: Any, tmp_path: Path) -> None:
    path = tmp_path / "link-decisions.csv"
    path.write_text(
        "application_id,employee_number,decision,reviewer,decided_on\n"
        "A1,100,same,First,2021-04-01\nA1,100,different,Second,2021-04-02\n"
        "A2,200,same,First,2021-04-01\nA2,200,same,Second,2021-04-02\n"
    )
    found = {d.application_id: (d.decision, d.reviewer) for d in read_all(path, ["X01"])}
    assert found == {"A1": ("unsure", TWO_DIFFER), "A2": ("same", "Second")}


def test_one_reviewer_may_change_a_decision(tmp_path: Path) -> None:
    path = tmp_path / "link-decisions.csv"
    path.write_text(
        "application_id,employee_number,decision,reviewer,decided_on\n"
        "A1,100,same,First,2021-04-01\nA1,100,different,First,2021-04-02\n"
    )
    assert [d.decision for d in read_all(path, ["X01"])] == ["different"]


def test_each_reviewer_saves_a_file_of_their_own_and_the_two_are_compared(tmp_path: Path) -> None:
    head = "application_id,employee_number,decision,reviewer,decided_on\n"
    (tmp_path / "link-decisions.csv").write_text(
        head + "A,1,same,Ann,2021-04-01\nB,2,same,Ann,2021-04-01\n", encoding="utf-8"
    )
    (tmp_path / "link-decisions (1).csv").write_text(
        head + "A,1,different,Bob,2021-04-02\nB,2,same,Bob,2021-04-02\n", encoding="utf-8"
    )
    found = {d.application_id: d.decision for d in read_all(tmp_path / "link-decisions.csv", ["X01"])}
    assert found == {"A": "unsure", "B": "same"}
    assert not file_names.is_extract("link-decisions (1).csv")
