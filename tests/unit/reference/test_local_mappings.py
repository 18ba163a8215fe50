"""An organisation's own mapping files, and what is said of one that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from wres_pipeline.reference.local import LocalMappingError, LocalMappings


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")


def test_no_folder_means_no_mappings(tmp_path: Path) -> None:
    assert LocalMappings.load(None) == LocalMappings.load(tmp_path / "absent") == LocalMappings()


def test_a_label_is_looked_up_by_its_key(tmp_path: Path) -> None:
    write(
        tmp_path, "ethnic_labels.csv", "label,means\nWhite – Kernewek,CD\nWould not say,Prefer not to say\n"
    )
    write(tmp_path, "pay_scales.csv", "\ufefflabel,means\nClinical Lead Sessional,VSM\n\n")
    write(tmp_path, "headings.csv", "label,means\nStaff No.,employee_number\n")
    found = LocalMappings.load(tmp_path)
    assert found.ethnic_labels == {"white kernewek": "CD", "would not say": "Prefer not to say"}
    assert found.pay_scales == {"clinical lead sessional": "VSM"}
    assert found.headings == {"staff no": "employee_number"}
    assert found.case_types == {}


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (
            "ethnic_labels.csv",
            "label,means\nKernewek,Celtic\n",
            r"ethnic_labels.csv, line 2: 'Celtic' means nothing known",
        ),
        (
            "pay_scales.csv",
            "label,means\nA,VSM\nLead,Band 10\n",
            r"line 3: 'Band 10' .* Under Band 1, Band 1",
        ),
        ("staff_groups.csv", "label,means\nX,clincal\n", "non_clinical, clinical, medical_and_dental"),
        ("assignment_categories.csv", "label,means\nX,perm\n", "substantive, bank, honorary"),
        ("assignment_statuses.csv", "label,means\nX,away\n", "in_post, on_leave, seconded_out, left"),
        (
            "recruitment_stages.csv",
            "label,means\nX,hmm\n",
            "applied, shortlisted, interviewed, offered, appointed",
        ),
        ("case_types.csv", "label,means\nX,bad\n", "disciplinary, other"),
        ("payrolls.csv", "label,means\nX,theirs\n", "own, hosted"),
        (
            "case_types.csv",
            "label,means\nX,other\nx ,disciplinary\n",
            "line 3: 'x ' was given another meaning, 'other'",
        ),
        ("case_types.csv", "label,means\nX\n", "line 2: needs a label and what it means; found 1 cells"),
        ("case_types.csv", "label,means\n,other\n", "line 2: needs a label"),
        ("case_types.csv", "name,means\nX,other\n", "line 1: found 'name,means', needs 'label,means'"),
        (
            "case_typs.csv",
            "label,means\n",
            "case_typs.csv: no mapping has this name; allowed: ethnic_labels.csv",
        ),
    ],
)
def test_a_mapping_that_means_nothing_known_is_named_with_what_is_allowed(
    tmp_path: Path, name: str, text: str, said: str
) -> None:
    write(tmp_path, name, text)
    with pytest.raises(LocalMappingError, match=said):
        LocalMappings.load(tmp_path)
