"""docs/data-dictionary.md and docs/assumptions.md are what the pipeline itself would write today."""

from __future__ import annotations

from pathlib import Path

import pytest

from wres_pipeline.extracts import contracts
from wres_pipeline.reference import years
from wres_pipeline.reports import data_dictionary

DOCS = Path(__file__).parents[3] / "docs"


@pytest.mark.parametrize("name", sorted(data_dictionary.PAGES))
def test_the_committed_page_equals_the_generated_one(name: str) -> None:
    written = (DOCS / name).read_text(encoding="utf-8")
    assert written == data_dictionary.PAGES[name](), "run: python -m wres_pipeline.reports.data_dictionary"


def test_every_column_of_every_contract_is_in_the_data_dictionary() -> None:
    page = data_dictionary.data_dictionary()
    for kind in contracts.kinds():
        section = page.split(f"(`{kind}`)")[1].split("\n### ")[0]
        for column in contracts.load(kind).columns:
            assert f"| `{column.name}` | {column.type} |" in section


def test_every_lasting_table_is_in_the_data_dictionary_with_what_one_row_is() -> None:
    page = data_dictionary.data_dictionary()
    for table in ("deliveries", "quarantine", "core_assignments", "core_applications", "core_workforce"):
        assert f"### `{table}`\n\nOne row " in page


def test_every_rule_that_is_not_seen_is_on_the_page_of_assumptions() -> None:
    page = data_dictionary.assumptions()
    for rule in years.rules():
        assert (f"`{rule.id}`" in page) == (rule.tag != "seen")
