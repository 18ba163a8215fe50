"""The lint of published WRES pages: mistakes that a page, workbook or CSV shows by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from wres_pipeline.lint import (
    across_rules,
    board_rules,
    claim_rules,
    documents,
    figures_file,
    paragraph_rules,
    stated_rules,
    table_rules,
    text_rules,
)
from wres_pipeline.lint.documents import Document, UnreadablePage
from wres_pipeline.lint.facts import Fact, facts_of, year_of
from wres_pipeline.lint.finding import RULES, Finding
from wres_pipeline.lint.printed import numbers
from wres_pipeline.reference import indicators

__all__ = ["RULES", "Finding", "UnreadablePage", "lint_document", "lint_file", "lint_files", "lint_folder"]


def lint_file(path: Path) -> list[Finding]:
    """What a published file (HTML, workbook, CSV), ours or another body's, says against itself.

    A file without a WRES figure gives no finding. Raises UnreadablePage for a file of another kind.
    """
    return lint_document(documents.read(Path(path)))


def lint_folder(folder: Path) -> list[Finding]:
    """Every file the lint reads in a folder and below, each by itself and against the others of its own folder.

    Files of two folders are two publications: another body's, year's or edition's figures are no contradiction.
    """
    publications: dict[Path, list[Path]] = {}
    for path in sorted(Path(folder).rglob("*")):
        if path.suffix.lower() in documents.SUFFIXES and path.is_file():
            publications.setdefault(path.parent, []).append(path)
    return [finding for paths in publications.values() for finding in lint_files(paths)]


def lint_files(paths: Iterable[Path]) -> list[Finding]:
    """The files of one publication, each by itself and all against one another."""
    found: list[Finding] = []
    facts: list[Fact] = []
    for path in paths:
        document = documents.read(path)
        found += lint_document(document)
        if _of_another_body(document):
            continue
        mine = _facts(document)
        start = 1 + max((fact.table for fact in facts), default=0)
        facts += [_moved(fact, start) for fact in mine]
    return _once([*found, *across_rules.check_across(facts)])


def lint_document(document: Document) -> list[Finding]:
    """The findings of one document that has been read."""
    found: list[Finding] = list(figures_file.check_figures(document.name, document.figures))
    facts = _facts(document)
    for number, table in enumerate(document.tables):
        mine = [fact for fact in facts if fact.table == number]
        found += table_rules.check_table(mine)
        names = {place: row[0] for place, row in enumerate(table.body) if row}
        found += board_rules.check_board(mine, names)
        for place, name in names.items():
            found += claim_rules.check_numbered(f"{table.place}, row {place + 1}", f"{document.title} {name}")
    found += board_rules.check_disparity(facts)
    found += _split_events(facts)
    default = _default_year(document, facts)
    of_tables = across_rules.likelihoods(facts)
    known = paragraph_rules.chances(document.sentences, document.title, default) | of_tables
    said: list[Fact] = []
    for before, sentence in zip(document.sentences, document.sentences[1:], strict=False):
        found += paragraph_rules.check_neighbours(before, sentence)
    for heading in dict.fromkeys(sentence.heading for sentence in document.sentences):
        found += claim_rules.check_numbered(f"heading {heading!r}", heading)
    for above, sentence in zip([None, *document.sentences], document.sentences, strict=False):
        found += claim_rules.check_claims(above, sentence, document.title)
    for sentence in document.sentences:
        found += paragraph_rules.check_one_in(sentence, document.title, default, of_tables)
        found += paragraph_rules.check_parts(sentence)
        found += paragraph_rules.check_share(sentence, default, facts)
        found += text_rules.check_sentence(sentence)
        found += stated_rules.check_stated(sentence)
        found += stated_rules.check_moves(sentence, document.title, facts)
        said += text_rules.facts_of_sentence(sentence, document.title, default)
        way = text_rules.less_likely(sentence, document.title)
        if way is not None:
            year = year_of(sentence.text, sentence.heading) or default
            found += across_rules.check_way(sentence.place, way, year, known)
    found += across_rules.check_words(said, known)
    spoken = [
        fact for fact in said if fact.measure != "ratio" and not across_rules.survey_agrees(fact, facts)
    ]
    found += across_rules.check_across([*facts, *spoken])
    return _once(_beyond_rounding(found, document))


_ROUNDED = re.compile(r"\bround\w*\s+to\s+(?:the\s+)?nearest\s+(5|10|five|ten)\b", re.I)
_NEAREST = {"five": 5, "ten": 10}


def _beyond_rounding(found: list[Finding], document: Document) -> list[Finding]:
    """The findings that a page's own rounding of its counts cannot explain."""
    told = next((m for one in document.sentences if (m := _ROUNDED.search(one.text))), None)
    if told is None:
        return found
    nearest = _NEAREST.get(told.group(1).lower()) or int(told.group(1))
    return [
        one
        for one in found
        if one.rule != "percentage_does_not_follow"
        and not (one.rule == "total_does_not_add" and _apart(one) <= 2.5 * nearest)
    ]


def _apart(one: Finding) -> float:
    printed, expected = numbers(one.found), numbers(one.expected)
    return abs(printed[0].value - expected[0].value) if printed and expected else 0.0


def _of_another_body(document: Document) -> bool:
    """Whether a document tells of a body other than the one that publishes it: a commissioner's of its provider."""
    return "provider" in f"{document.name} {document.title}".casefold()


def _facts(document: Document) -> list[Fact]:
    """The numbers of the document's tables; one whose table names no year is of the year in the document's title."""
    year = year_of(document.title)
    return [
        replace(fact, year=year) if not fact.year and not fact.earlier else fact
        for number, table in enumerate(document.tables)
        for fact in facts_of(table, number, document.title)
    ]


def _split_events(facts: list[Fact]) -> list[Finding]:
    """Indicators whose counts stand in one table and whose ratio in another of the same document."""
    found: list[Finding] = []
    for year in {fact.year for fact in facts if fact.year} or {""}:
        for indicator in indicators.LIKELIHOODS:
            mine = [f for f in facts if f.year == year and f.indicator == indicator and not f.change]
            ratios = {f.table for f in mine if f.measure == "ratio"}
            counted = {f.table for f in mine if f.measure != "ratio"}
            if ratios - counted and counted:
                found += table_rules.check_events(indicator, mine)
    return found


def _default_year(document: Document, facts: list[Fact]) -> str:
    """The year a sentence without a year is about: the title's, else the newest of the tables."""
    return year_of(document.title) or max((fact.year for fact in facts), default="")


def _moved(fact: Fact, start: int) -> Fact:
    return replace(fact, table=fact.table + start)


def _once(findings: Iterable[Finding]) -> list[Finding]:
    return list({(one.rule, one.place, one.found): one for one in findings}.values())
