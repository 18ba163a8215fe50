"""docs/data-dictionary.md and docs/assumptions.md, made from what the pipeline itself reads.

Contracts, table definitions, the figures table, reference files and the list of rules: nothing is described
a second time. A heading, a column or a rule that changes, changes the page, and a test compares the
committed pages with new ones. `python -m wres_pipeline.reports.data_dictionary` writes both.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from wres_pipeline import schema
from wres_pipeline.extracts import contracts
from wres_pipeline.reference import indicators, tables, years

_AREAS = {
    "return": "What the figures count",
    "calendar": "Calendar and layout of the submission",
    "uncertainty": "Intervals and verdicts",
    "disclosure": "Small numbers and publication",
    "gap": "TRAC and ESR compared",
    "commissioning": "Benchmarks, providers, population",
}
_RULE_HEADS = ("Rule", "Indicators", "Years", "Lives in", "Name")
_REQUIRED_WORDS = {
    "": "",
    "column": "column",
    "row": "column and value",
    "any": "one of those so marked",
}
_TYPE_WORDS = {
    "id": "text that names one thing; leading zeros kept",
    "text": "text as written",
    "date": "a date in any of the accepted shapes",
    "yes_no": "yes or no",
    "yes_no_or_date": "yes or no, or the day it happened",
    "number": "a number",
    "integer": "a whole number",
    "ethnicity": "an ethnic code or label, read by `reference/codes/ethnicity.py`",
    "label": "a label that a list of `reference/` knows",
}
_PERIOD_WORDS = {
    "snapshot": "the snapshot date",
    "as_at": "the date up to which it covers",
    "survey_year": "the survey year",
    "reporting_year": "the reporting year",
    "survey_year_optional": "the survey year, or none where the rows say it",
    "none": "none",
}


def data_dictionary() -> str:
    """The page of every extract, table, figure column and reference file."""
    parts = [
        "# Data dictionary",
        "Made from the contracts, table definitions and reference files by "
        "`python -m wres_pipeline.reports.data_dictionary`: do not edit it by hand.",
        "How sure a name or a rule is: **seen** in a public source, **recalled** without a copy at hand, "
        "**ours** a decision of this project.",
        *_extracts(),
        *_warehouse(),
        *_figures(),
        *_reference(),
    ]
    return "\n\n".join(parts) + "\n"


def assumptions() -> str:
    """The page of every rule that is not seen in a public source, by the part of the work it belongs to."""
    parts = [
        "# Assumptions",
        "Made from `wres_pipeline/reference/lists/rules.csv` by "
        "`python -m wres_pipeline.reports.data_dictionary`: do not edit it by hand.",
        "**Recalled**: from the published guidance, without a copy at hand. Each is named as unverified in "
        "the method note of every return it applies to, until somebody checks it against the guidance and "
        "sets its `evidence` to `seen`. **Ours**: a decision of this project where no source says anything. "
        "Single labels, codes and headings carry the same tags row by row in their own files (see the data "
        "dictionary).",
    ]
    for area, title in _AREAS.items():
        for tag, words in (("recalled", "recalled, to be verified"), ("ours", "our decisions")):
            found = [rule for rule in years.rules() if rule.area == area and rule.tag == tag]
            if found:
                parts += [f"## {title}: {words}", _table(_RULE_HEADS, [_rule_row(rule) for rule in found])]
    return "\n\n".join(parts) + "\n"


def _rule_row(rule: years.Rule) -> Sequence[str]:
    return (
        rule.text,
        ", ".join(number.replace("_", " ") for number in rule.indicators),
        _span(rule.first_year, rule.last_year),
        ", ".join(f"`{place}`" for place in rule.lives_in.split(", ")),
        f"`{rule.id}`",
    )


def _span(first: int | None, last: int | None) -> str:
    if first is None and last is None:
        return ""
    if first == last:
        return str(first)
    return f"{first or ''} to {last}" if last else f"from {first}"


def _extracts() -> Iterable[str]:
    yield "## Extracts"
    yield (
        "A heading is accepted in any case, with any spacing and punctuation. An organisation adds its own "
        "in `headings.csv` of its mappings. Personal columns never leave the raw and core tables except "
        "into files under `restricted/`."
    )
    yield _table(("Type", "What is read"), [(f"`{name}`", words) for name, words in _TYPE_WORDS.items()])
    for kind in contracts.kinds():
        contract = contracts.load(kind)
        yield f"### {_capital(contract.title)} (`{kind}`)"
        yield (
            f"One row is {contract.one_row_is}. File names begin with "
            + ", ".join(f"`{name}`" for name in contract.names)
            + f"; the period in the name is {_PERIOD_WORDS[contract.period]}. "
            + f"Kept verbatim in `{contract.table}`."
        )
        yield _table(
            ("Column", "Type", "Required", "Personal", "Meaning", "Headings", "Sure"),
            [
                (
                    f"`{c.name}`",
                    c.type,
                    _REQUIRED_WORDS[c.required],
                    "yes" if c.personal else "",
                    c.description if c.stored else f"{c.description}. Not kept: nothing reads it",
                    " · ".join(c.headings),
                    c.evidence,
                )
                for c in contract.columns
            ],
        )


def _warehouse() -> Iterable[str]:
    yield "## Tables of the warehouse"
    yield (
        "Declared in `wres_pipeline/schema/`. A `raw_…` table holds `delivery_id`, `row_number`, the columns of its "
        "contract as text, and `extra` with the headings no contract knows. A **restricted** table holds people."
    )
    described: dict[tuple[schema.Column, ...], str] = {}
    for declared in (*schema.stored_tables(), *(schema.table(name) for name in schema.views())):
        yield f"### `{declared.name}`"
        restricted = " **Restricted.**" if declared.restricted else ""
        yield f"One row is {declared.one_row_is}.{restricted}"
        if like := described.get(declared.columns):
            yield f"The columns of `{like}`."
            continue
        described[declared.columns] = declared.name
        yield _table(
            ("Column", "Type", "Unit", "Meaning", "Example"),
            [
                (f"`{c.name}`", c.type, c.unit, c.meaning, f"`{c.example}`" if c.example else "")
                for c in declared.columns
            ],
        )


def _figures() -> Iterable[str]:
    yield "## The figures"
    yield (
        "`figures.csv` has the columns of `figures`. One row is one figure; where a breakdown does not apply its cell "
        "is blank."
    )
    yield "### Measures"
    yield _table(
        ("Indicator", "Title", "Measure", "Unit", "Broken down by", "Made from"),
        [
            (
                rule.number,
                rule.title,
                f"`{measure.name}`",
                measure.unit.replace("_", " "),
                ", ".join(rule.broken_down_by),
                ", ".join(rule.extracts),
            )
            for rule in indicators.REGISTRY
            for measure in rule.measures
        ],
    )


def _reference() -> Iterable[str]:
    yield "## Reference files"
    yield "In `wres_pipeline/reference/`. A list is extended by a row, never by code."
    yield _table(
        ("File", "One row is", "Rows", "Columns", "Sure"), [_reference_row(r) for r in tables.rows("files")]
    )
    yield (
        f"`years/` holds the settings of a reporting year, one file each, {years.all_years()[0]} to "
        f"{years.all_years()[-1]}."
    )


def _reference_row(row: tables.Row) -> Sequence[str]:
    if not row["file"].endswith(".csv"):
        return (f"`{row['file']}`", row["one_row_is"], "", "", "")
    rows = tables.rows(row["file"].removesuffix(".csv"))
    sure = Counter(r["evidence"] for r in rows)
    return (
        f"`{row['file']}`",
        row["one_row_is"],
        f"{len(rows):,}",
        ", ".join(f"`{name}`" for name in rows[0]),
        ", ".join(f"{tag} {sure[tag]}" for tag in tables.EVIDENCE if sure[tag]),
    )


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


PAGES: dict[str, Callable[[], str]] = {
    "data-dictionary.md": data_dictionary,
    "assumptions.md": assumptions,
}


def main(folder: Path = Path("docs")) -> None:
    """Write every page into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (folder / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:2]))
