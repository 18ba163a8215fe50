from __future__ import annotations

import filecmp
import re
from pathlib import Path

from wres_pipeline.synthetic import write_sample

SAMPLE = Path(__file__).parents[2] / "data" / "sample"


def test_writing_the_sample_again_gives_the_committed_bytes(tmp_path: Path) -> None:
    write_sample(tmp_path)
    committed = sorted(p.relative_to(SAMPLE) for p in SAMPLE.rglob("*") if p.is_file())
    written = sorted(p.relative_to(tmp_path) for p in tmp_path.rglob("*") if p.is_file())
    assert written == committed
    assert [p for p in committed if not filecmp.cmp(SAMPLE / p, tmp_path / p, shallow=False)] == []


def test_the_sample_says_that_everybody_in_it_is_invented() -> None:
    assert (
        "Every organisation and every person in this folder is invented" in (SAMPLE / "README.md").read_text()
    )


def test_every_email_and_postcode_of_the_sample_is_one_that_cannot_exist() -> None:
    for path in SAMPLE.glob("*/esr_staff_list_*.csv"):
        text = path.read_text(encoding="utf-8")
        assert set(re.findall(r"@[\w.]+", text)) == {"@example.nhs.uk"}
        assert set(re.findall(r",([A-Z]{1,2})\d{1,2} \d[A-Z]{2},", text)) == {"ZZ"}


def test_the_sample_stays_small() -> None:
    files = [p for p in SAMPLE.rglob("*") if p.is_file()]
    assert max(p.stat().st_size for p in files) < 700_000
    assert sum(p.stat().st_size for p in files) < 8_200_000
