"""Labels no list knows, blanks that leave a row in no figure, codes only their column's list can explain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import duckdb

from wres_pipeline.extracts import contracts
from wres_pipeline.extracts.canonical import column_texts
from wres_pipeline.extracts.cell_checks import ethnic_columns, feeds
from wres_pipeline.extracts.cell_checks.feeds import counted, told
from wres_pipeline.extracts.intake.deliveries import Delivery
from wres_pipeline.extracts.outcomes import label_checks
from wres_pipeline.extracts.outcomes.findings import Finding, Severity
from wres_pipeline.extracts.outcomes.label_checks import UnknownLabel
from wres_pipeline.extracts.reading.headings import showable
from wres_pipeline.reference import indicators, survey
from wres_pipeline.reference.codes import ethnic_lists
from wres_pipeline.reference.local import LocalMappings
from wres_pipeline.reference.tables import fold

SURVEYS = frozenset({"staff_survey", "staff_survey_respondents"})
EVERY_ROW_NEEDS_ETHNICITY = frozenset({"esr_staff_list", "trac_applications", "board"})
"""Kinds whose own column of ethnicity decides; that of cases counts only where the person is in no staff list."""


def find(
    con: duckdb.DuckDBPyConnection, deliveries: Sequence[Delivery], own: Mapping[str, LocalMappings]
) -> Iterator[Finding]:
    """The findings about the labels of deliveries of one kind."""
    contract = contracts.load(deliveries[0].kind)
    for one in deliveries:
        mine = own[one.organisation_code]
        yield from _survey_not_mapped(one, mine)
        found = label_checks.unknown(con, contract, one, mine)
        codes = [u for u in found if u.column == "ethnic_origin" and ethnic_lists.bare(u.label)]
        yield from _codes(con, one, codes)
        lacking = _lacking(con, one, mine) if any(u.column == "question" for u in found) else ()
        for label in found:
            if label not in codes:
                yield _unknown(one, label, lacking)
        if one.kind in EVERY_ROW_NEEDS_ETHNICITY and column_texts.has(one, "ethnic_origin"):
            yield from ethnic_columns.find(con, one, mine, [u for u in found if u.column == "ethnic_origin"])


def _survey_not_mapped(delivery: Delivery, own: LocalMappings) -> Iterator[Finding]:
    """A survey whose questions no list knows: its rows would count for nothing, and the return would say that it was not
    supplied."""
    year = delivery.survey_year
    if delivery.kind not in SURVEYS or year is None or survey.is_mapped(year):
        return
    mapped = {means for label, means in own.survey_questions.items() if label.startswith(f"{year} ")}
    lacking = [topic for topic in survey.topics() if topic not in mapped]
    if lacking:
        lines = "; ".join(f"`{year} <its number in that survey>,{topic}`" for topic in lacking)
        yield told(
            delivery, "survey_year_not_mapped", "blocks",
            f"Nobody has said yet which questions of the NHS Staff Survey of {year} feed indicators 5 to 8, so this file would "
            "count for nothing.",
            f"Add these lines to mappings/survey_questions.csv beside the extracts (first line label,means), with the number "
            f"of each question in the questionnaire of {year}, such as `{year} Q14a,{lacking[0]}`: {lines}.",
            column="question",
        )  # fmt: skip


def _unknown(delivery: Delivery, found: UnknownLabel, lacking: Sequence[str]) -> Finding:
    severity: Severity = feeds.of_column(delivery.kind, found.column).unreadable
    if found.column == "question":
        severity = "look_at" if lacking else "note"
    shown = showable(found.written) if found.label else found.written
    means = found.nearest[0] if found.nearest else ""
    near = f" It is like {'; '.join(found.nearest)}." if found.nearest else ""
    where = f"{counted(found.rows, 'row', 'rows')}, the first is row {found.first:,}"
    what = (
        f"{counted(found.rows, 'row has', 'rows have')} no {found.column}, the first is row {found.first:,}."
        if not found.label
        else f"A label of {found.column} is in no list ({where}): {shown}.{near}"
    )
    if found.column == "question":
        what += f" Indicators without any known question: {', '.join(lacking)}." if lacking else ""
    written = cell(shown) if shown == " ".join(found.written.split()) else f"<the text of row {found.first}>"
    line = f"`{written},{cell(means) if means else '<what it means>'}`"
    rest = f" ({found.allowed})" if not means else ", if it means that"
    return told(
        delivery, "label_not_known" if found.label else "label_blank", severity, what,
        f"Add the line {line} to mappings/{found.file} beside the extracts (first line label,means){rest}.",
        column=found.column, rows=found.rows, example=shown,
    )  # fmt: skip


def _codes(
    con: duckdb.DuckDBPyConnection, delivery: Delivery, codes: Sequence[UnknownLabel]
) -> Iterator[Finding]:
    """Bare numbers and 16+1 codes of one column: read by one list, or by none."""
    lists = delivery.reading.get("ethnic_lists")
    fit = [str(name) for name in lists] if isinstance(lists, list) else []
    if not codes:
        if len(fit) == 1:
            cells = column_texts.of_column(con, [delivery], "ethnic_origin")[delivery.delivery_id]
            rows = sum(n for text, n in cells if ethnic_lists.explained(text, fit[0]))
            yield told(
                delivery, "ethnic_codes_by_list", "note",
                f"{counted(rows, 'cell', 'cells')} of ethnic_origin hold codes that only {ethnic_lists.group_names(fit)} explains, "
                "and are read by it.",
                "Nothing to do, if that is the list; else say what each code means in mappings/ethnic_labels.csv.",
                column="ethnic_origin", rows=rows,
            )  # fmt: skip
        return
    rows = sum(code.rows for code in codes)
    named = ", ".join(code.label for code in codes[:6]) + (" \u2026" if len(codes) > 6 else "")
    why = f"fit {ethnic_lists.group_names(fit)}" if fit else "are of no single list"
    yield told(
        delivery, "ethnic_codes_not_proven", "blocks",
        f"{counted(rows, 'cell', 'cells')} of ethnic_origin hold bare codes that {why}; nobody can say what they mean: "
        f"{named}.",
        "Export the descriptions instead of the codes, or say what each code means in mappings/ethnic_labels.csv beside the "
        f"extracts (first line label,means), such as `{codes[0].label},A`.",
        column="ethnic_origin", rows=rows, example=codes[0].label,
    )  # fmt: skip


def _lacking(con: duckdb.DuckDBPyConnection, delivery: Delivery, own: LocalMappings) -> tuple[str, ...]:
    """The indicators of 5 to 8 no question of a survey's file feeds."""
    if delivery.kind != "staff_survey" or delivery.survey_year is None:
        return ()
    asked = set()
    for text, _ in column_texts.of_column(con, [delivery], "question")[delivery.delivery_id]:
        name = own.survey_questions.get(fold(text), text)
        found = survey.question(delivery.survey_year, name)
        asked |= {found.indicator} if found is not None else set()
    return tuple(number for number in indicators.SURVEY if number not in asked)


def cell(text: str) -> str:
    """A cell of a mapping's line."""
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',;"\n') else text
