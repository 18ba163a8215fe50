"""An organisation's own mapping files, and what is said of one that cannot be used."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from wres_pipeline.reference.codes import pay_bands
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
            "line 3: 'x' was given another meaning, 'other'",
        ),
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


def test_a_mapping_is_read_as_excel_saves_it(tmp_path: Path) -> None:
    (tmp_path / "ethnic_labels.csv").write_bytes("label;means;;\r\nC\u00f4te;C;;\r\n;;;\r\n".encode("cp1252"))
    (tmp_path / "case_types.csv").write_bytes("label\tmeans\r\nFact-finding\tother\r\n".encode("utf-16"))
    book = openpyxl.Workbook()
    for row in (
        ["Label", "Means", "Note"],
        ["Lead Sessional", "VSM", "agreed with payroll"],
        [6, "Band 6", None],
    ):
        book.active.append(row)
    book.save(tmp_path / "pay_scales.xlsx")
    (tmp_path / "~$pay_scales.xlsx").write_bytes(b"lock")
    found = LocalMappings.load(tmp_path)
    assert found.ethnic_labels == {"c\u00f4te": "C"}
    assert found.case_types == {"fact finding": "other"}
    assert found.pay_scales == {"lead sessional": "VSM", "6": "Band 6"}


def test_a_line_without_a_meaning_waits_to_be_filled_in(tmp_path: Path) -> None:
    write(tmp_path, "pay_scales.csv", "label,means,note\nSpot salary,,12 rows\nX\nLead,VSM,\n")
    assert LocalMappings.load(tmp_path).pay_scales == {"lead": "VSM"}


def test_a_blank_cell_can_be_given_a_meaning(tmp_path: Path) -> None:
    write(tmp_path, "pay_scales.csv", "label,means\n(blank),VSM\n")
    write(tmp_path, "case_types.csv", "label,means\n,other\n")
    found = LocalMappings.load(tmp_path)
    assert (found.pay_scales, found.case_types) == ({"": "VSM"}, {"": "other"})
    assert pay_bands.resolve("", found.pay_scales) == pay_bands.PayBand("VSM", "afc")
    assert pay_bands.resolve("", {}) is None
