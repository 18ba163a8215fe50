"""One list of findings: its order, its file."""

import csv
from datetime import date
from pathlib import Path

from wres_pipeline.extracts.outcomes import findings
from wres_pipeline.extracts.outcomes.findings import Finding

NOTE = Finding("heading_unknown", "note", "X01", "a heading is not known", "Add it.", file="b.csv")
LOOK = Finding("label_unknown", "look_at", "X01", "a label is not known", "Add it.", file="a.csv", rows=3)
MORE = Finding("label_unknown", "look_at", "X01", "another label", "Add it.", file="z.csv", rows=40)
BLOCKS = Finding(
    "joins_fail", "blocks", "XTR", "no number stands in the list", "Export again.", indicators=("3", "4")
)


def test_the_worst_stands_first_and_within_one_severity_what_concerns_most_rows() -> None:
    assert findings.in_order([NOTE, LOOK, MORE, BLOCKS, LOOK]) == [BLOCKS, MORE, LOOK, NOTE]


def test_each_organisation_has_its_own_the_worst_first() -> None:
    assert findings.by_organisation([BLOCKS, NOTE, LOOK]) == {"X01": [LOOK, NOTE], "XTR": [BLOCKS]}


def test_the_file_holds_every_finding_and_no_hash_and_no_formula(tmp_path: Path) -> None:
    odd = Finding(
        "label_unknown", "look_at", "X01", "=1+1 is no label", "Add it.", period=date(2021, 3, 31), content="a" * 64
    )  # fmt: skip
    findings.write_csv([odd, BLOCKS], tmp_path / "X01" / "findings.csv")
    text = (tmp_path / "X01" / "findings.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    assert [(r["code"], r["indicators"], r["period"]) for r in rows] == [
        ("joins_fail", "3 4", ""),
        ("label_unknown", "", "2021-03-31"),
    ]
    assert rows[1]["what"] == "'=1+1 is no label"
    assert "a" * 64 not in text
    assert [p.name for p in (tmp_path / "X01").iterdir()] == ["findings.csv"]
