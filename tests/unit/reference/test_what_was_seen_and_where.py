"""A row tagged seen names its document and where in it, and quotes ten words at most: its own text or the quote in its source."""

from __future__ import annotations

import re

import pytest

from wres_pipeline.reference import tables

WHERE = re.compile(
    r"page \d|row \d|\btable \S|KA-\d|ETHNIC CATEGORY|V3\.\d|https?://|\b[\w-]+\.(?:com|co\.uk|org|org\.uk|gov\.uk|uk|fhir\.org)\b"
)
"""A page, row, table, article, element or version of a document, or an address."""
TEXTS = ("label", "text", "value", "residents")
"""Columns whose own text is what was read in the document, in lists of labels, codes and numbers."""
LISTS = sorted(
    path.stem
    for path in (tables.FOLDER / "lists").glob("*.csv")
    if "evidence" in path.read_text(encoding="utf-8").partition("\n")[0].split(",")
)


def words(text: str) -> int:
    return len(re.findall(r"[\w'’-]+", text))


@pytest.mark.parametrize("name", LISTS)
def test_what_was_seen_names_its_document_its_place_and_a_quote_of_ten_words_at_most(name: str) -> None:
    for row in tables.rows(name):
        if row["evidence"] != "seen":
            continue
        if name == "rules":  # a rule rests on the list it lives in, which says where its rows were seen
            held = tables.rows(row["lives_in"].split(", ")[0].removesuffix(".csv"))
            assert any(one["evidence"] == "seen" for one in held), row["id"]
            continue
        source = f"{row['source']} {row.get('address', '')}"
        assert WHERE.search(source), row
        quotes = re.findall(r'"([^"]+)"', row["source"])
        quotes = quotes or [next(row[column] for column in TEXTS if row.get(column))]
        assert all(words(quote) <= 10 for quote in quotes), row


def test_there_is_something_seen_in_the_lists_of_labels_questions_answers_and_values() -> None:
    seen = {name for name in LISTS if any(row["evidence"] == "seen" for row in tables.rows(name))}
    assert {"ethnic_labels", "survey_questions", "survey_answers", "national_values", "rules"} <= seen
