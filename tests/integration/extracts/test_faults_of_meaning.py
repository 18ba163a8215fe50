"""No cell believed in silence: generated bodies put through faults of meaning, and the cases of other people."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from evidence import faults_of_meaning
from evidence.faults_of_meaning import FAULTS
from wres_pipeline.extracts.outcomes import checking
from wres_pipeline.extracts.outcomes.findings import Finding
from wres_pipeline.reference.local import LocalMappingError, LocalMappings

CASES = Path(__file__).parents[4] / "shared" / "cases" / "extracts"
BASE = CASES / "_baseline_right_figures"
WHOLE = {
    "1 headcount": (42, 12, 6), "2 shortlisted": (24, 6, 0), "2 appointed": (8, 2, 0), "3 entered_disciplinary": (2, 2, 1),
    "4 accessed_training": (16, 4, 0), "5 percentage": (15.2, 24.1),
}  # fmt: skip
GROUPS = ("White", "BME", "Unknown")

needs_cases = pytest.mark.skipif(
    not BASE.is_dir(), reason="the cases of other people are not beside this checkout"
)


def test_every_figure_of_a_spoilt_body_is_right_or_told_and_clean_bodies_are_right_and_free() -> None:
    result = faults_of_meaning.run(42, 5, FAULTS[::11])
    assert result.silent == []
    assert result.clean == 7
    assert result.clean_wrong == result.blocked == []
    assert result.counts["told"] > 10
    assert result.counts["right and told"] > 3


def test_the_campaign_has_at_least_350_faults_and_every_one_has_a_name_of_its_own() -> None:
    assert len({one.name for one in FAULTS}) == len(FAULTS) >= 350


def folder_of(case: str, place: Path) -> tuple[Path, list[Path]]:
    """The baseline with the files of a case over it, or the case's own organisation; and the files that differ from it."""
    source = BASE if case == "_baseline" else next(CASES.glob(f"{case}_*"))
    own = next((p for p in sorted(source.iterdir()) if p.is_dir() and p.name.startswith("Q")), None)
    target = place / "X01"
    shutil.copytree(own or BASE, target)
    (target / "EXPECTED.md").unlink(missing_ok=True)
    for path in source.iterdir() if own is None else ():
        if path.is_file() and path.name != "EXPECTED.md":
            for other in target.glob(f"{path.stem}.*"):
                other.unlink()
            shutil.copy(path, target)
    files = [p for p in sorted(target.iterdir()) if p.is_file() and not _as_base(p)]
    return target, files


def _as_base(path: Path) -> bool:
    other = BASE / path.name
    return other.exists() and other.read_bytes() == path.read_bytes()


def figures(place: Path) -> tuple[dict[str, tuple[float | None, ...]], list[Finding]]:
    made, found = faults_of_meaning.look_at_folder(place, ["X01"])
    shown = {}
    for name, values in WHOLE.items():
        indicator, measure = name.split()
        shown[name] = tuple(
            made["X01"].get((indicator, measure, "", "", group)) for group in GROUPS[: len(values)]
        )
    return shown, found["X01"]


@needs_cases
@pytest.mark.parametrize("case", ["J04", "J05", "P15", "P16", "P17", "P18", "J09", "_baseline"])
def test_a_case_that_can_be_read_gives_the_right_figures(tmp_path: Path, case: str) -> None:
    folder_of(case, tmp_path)
    shown, found = figures(tmp_path)
    assert shown == WHOLE
    assert [f for f in found if f.stops] == []


@needs_cases
@pytest.mark.parametrize(
    ("case", "name", "values"),
    [
        ("P08", "2 shortlisted", (24, 6, 0)), ("P09", "1 headcount", (12, 42, 3)), ("J11", "1 headcount", (30, 30, 0)),
        ("J17", "1 headcount", (28, 8, 4)), ("J23", "1 headcount", (28, 8, 4)),
    ],
)  # fmt: skip
def test_a_case_in_other_words_is_read(tmp_path: Path, case: str, name: str, values: tuple[int, ...]) -> None:
    folder_of(case, tmp_path)
    shown, found = figures(tmp_path)
    assert shown[name] == values
    assert not [f for f in found if f.code == "label_not_known"]


@needs_cases
@pytest.mark.parametrize(
    ("case", "code", "column", "rows", "severity"),
    [
        ("P01", "error_cells", "ethnic_origin", 12, "blocks"), ("J07", "label_not_known", "assignment_category", 10, "blocks"),
        ("P16b", "numbers_repaired", "employee_number", 60, "look_at"), ("J14", "nothing_usable", "", 60, "blocks"),
        ("P16", "numbers_repaired", "employee_number", 20, "look_at"), ("P18", "columns_twice", "ethnic_origin", 60, "note"),
        ("J10", "label_not_known", "pay_scale", 1, "blocks"),
    ],
)  # fmt: skip
def test_a_case_is_told_with_its_column_and_its_count(
    tmp_path: Path, case: str, code: str, column: str, rows: int, severity: str
) -> None:
    folder, _ = folder_of(case, tmp_path)
    if case == "J10":
        shutil.rmtree(folder / "mappings")
    _, found = figures(tmp_path)
    assert (code, column, rows, severity) in {(f.code, f.column, f.rows, f.severity) for f in found}


@needs_cases
@pytest.mark.parametrize(("case", "column"), [("P19", "is_executive"), ("P19b", "completed")])
def test_a_case_whose_first_row_of_data_looked_like_a_heading_is_refused(
    tmp_path: Path, case: str, column: str
) -> None:
    _, files = folder_of(case, tmp_path)
    if (
        case == "P19"
    ):  # its heading is known by now; under one that is not, the first member is still no heading
        text = files[0].read_text(encoding="utf-8")
        assert "Exec/NED" in text
        files[0].write_text(text.replace("Exec/NED", "Officer/Lay"), encoding="utf-8")
    page = checking.check_file(files[0], LocalMappings())
    assert page.refused is not None
    assert f"no column for {column} of" in page.refused[0]
    assert f",{column}`" in page.refused[1]


@needs_cases
def test_the_first_member_below_a_heading_that_became_known_is_a_member(tmp_path: Path) -> None:
    _, files = folder_of("P19", tmp_path)
    page = checking.check_file(files[0], LocalMappings())
    assert (page.refused, page.rows_in, page.rows_accepted) == (None, 12, 12)
    assert "is_executive" in page.understood


@needs_cases
def test_no_suggestion_names_the_label_itself_or_crosses_a_section(tmp_path: Path) -> None:
    _, files = folder_of("P14", tmp_path)
    near = {u.label: u.nearest for u in checking.check_file(files[0], LocalMappings()).unknown_labels}
    assert {"Band 8", "Non AfC Grade", "Spot salary", "Executive Board"} <= set(near)
    assert set(near.values()) == {()}
    folder, _ = folder_of("J10", tmp_path / "other")
    with pytest.raises(LocalMappingError, match="'Spot Salary' means nothing known; allowed: Under Band 1"):
        LocalMappings.load(folder / "mappings")


@needs_cases
def test_a_mapping_saved_by_excel_is_read(tmp_path: Path) -> None:
    shutil.copy(next(CASES.glob("P20_*")) / "ethnic_labels.csv", tmp_path)
    assert LocalMappings.load(tmp_path).ethnic_labels == {"côte": "C"}


@needs_cases
def test_board_words_are_read(tmp_path: Path) -> None:
    folder_of("J13", tmp_path)
    made, found = faults_of_meaning.look_at_folder(tmp_path, ["X01"])
    count = {
        band: sum(made["X01"]["9", "headcount", "", band, group] or 0 for group in GROUPS)
        for band in ("voting", "non_voting", "executive", "non_executive")
    }
    assert count == {"voting": 3, "non_voting": 1, "executive": 2, "non_executive": 2}
    assert not [f for f in found["X01"] if f.stops]
