"""What of PDF/UA-1 (ISO 14289-1) a program can see in a file: tags, language, title, order of headings, tables, figures, links,
fonts, and that nothing is drawn outside of the tags. Reads the file with pdfminer, which did not make it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFContentParser
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, list_value, resolve1
from pdfminer.psexceptions import PSEOF
from pdfminer.psparser import PSKeyword, PSLiteral

DRAWS = {
    b"Tj",
    b"TJ",
    b"'",
    b'"',
    b"S",
    b"s",
    b"f",
    b"F",
    b"f*",
    b"B",
    b"B*",
    b"b",
    b"b*",
    b"Do",
    b"sh",
    b"BI",
}
"""Operators that leave something on the page."""
PARTS = {
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "TR": {"TH", "TD"},
    "L": {"LI", "Caption"},
    "LI": {"Lbl", "LBody"},
}
"""What may stand within a table, a row, a list and an item [ISO 32000-1, 14.8.4.3]."""


def faults(content: bytes) -> list[str]:
    """Every fault, in words, with the clause of ISO 14289-1 it is of."""
    document = PDFDocument(PDFParser(BytesIO(content)))
    catalog = document.catalog
    found = [words for words, holds in _of_the_file(document, catalog) if not holds]
    root = resolve1(catalog.get("StructTreeRoot"))
    if root is None:
        return [*found, "7.1: nothing is tagged"]
    names = {key: _name(value) for key, value in (resolve1(root.get("RoleMap")) or {}).items()}
    found += _headings([kind for kind, _ in _elements(root, names) if re.fullmatch(r"H[1-6]", kind)])
    for kind, element in _elements(root, names):
        found += _of_an_element(kind, element, names)
    for number, page in enumerate(PDFPage.create_pages(document), 1):
        found += [f"page {number}: {words}" for words in _of_a_page(page)]
    return found


def _of_the_file(document: PDFDocument, catalog: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    information = document.info[0] if document.info else {}
    metadata = resolve1(catalog.get("Metadata"))
    xmp = metadata.get_data() if isinstance(metadata, PDFStream) else b""
    yield "5: the file does not say that it is PDF/UA-1", re.search(rb'pdfuaid:part(="|>)1', xmp) is not None
    yield "7.1: the file has no title", bool(information.get("Title")) and b"dc:title" in xmp
    yield (
        "7.1: the title is not shown",
        (resolve1(catalog.get("ViewerPreferences")) or {}).get("DisplayDocTitle") is True,
    )
    yield (
        "7.1: the file is not marked as tagged",
        (resolve1(catalog.get("MarkInfo")) or {}).get("Marked") is True,
    )
    yield "7.2: the file has no language", bool(catalog.get("Lang"))


def _elements(element: Any, names: dict[str, str]) -> Iterator[tuple[str, dict[str, Any]]]:
    for child in _children(element):
        kind = _kind(child, names)
        yield kind, child
        yield from _elements(child, names)


def _children(element: dict[str, Any]) -> list[dict[str, Any]]:
    within = resolve1(element.get("K"))
    several = within if isinstance(within, list) else [within]
    return [one for one in map(resolve1, several) if isinstance(one, dict) and "S" in one]


def _kind(element: dict[str, Any], names: dict[str, str]) -> str:
    kind = _name(element["S"])
    return names.get(kind, kind)


def _name(value: Any) -> str:
    found = resolve1(value)
    return str(found.name) if isinstance(found, PSLiteral) else str(found)


def _headings(levels: list[str]) -> list[str]:
    numbers = [int(one[1]) for one in levels]
    found = [] if numbers and numbers[0] == 1 else ["7.4.2: the first heading is not of the first level"]
    return found + [
        f"7.4.2: a heading of level {after} follows one of level {before}"
        for before, after in zip(numbers, numbers[1:], strict=False)
        if after > before + 1
    ]


def _of_an_element(kind: str, element: dict[str, Any], names: dict[str, str]) -> list[str]:
    children = [_kind(one, names) for one in _children(element)]
    found = [
        f"7.2: a {child} stands in a {kind}"
        for child in children
        if kind in PARTS and child not in PARTS[kind]
    ]
    if kind == "Figure" and not (element.get("Alt") or element.get("ActualText")):
        found.append("7.3: a figure has no alternative in words")
    if kind == "Table":
        rows = [child for row_kind, child in _elements(element, names) if row_kind == "TR"]
        widths = {sum(_span(cell) for cell in _children(row)) for row in rows}
        if len(widths) > 1:
            found.append(f"7.5: the rows of a table have {sorted(widths)} cells")
        cells = [one for one in _elements(element, names) if one[0] in ("TH", "TD")]
        heads = [cell for cell_kind, cell in cells if cell_kind == "TH"]
        named = all(_attribute(cell, "Headers") for cell_kind, cell in cells if cell_kind == "TD")
        if not heads or not named:
            found.append("7.5: a table does not say which headings its cells have")
        if not all(_attribute(cell, "Scope") for cell in heads):
            found.append("7.5: a heading does not say whether it heads a row or a column")
    return found


def _span(cell: dict[str, Any]) -> int:
    return int(_attribute(cell, "ColSpan") or 1)


def _attribute(element: dict[str, Any], name: str) -> Any:
    held = resolve1(element.get("A"))
    for one in held if isinstance(held, list) else [held]:
        value = (resolve1(one) or {}).get(name) if isinstance(resolve1(one), dict) else None
        if value is not None:
            return resolve1(value)
    return None


def _of_a_page(page: PDFPage) -> Iterator[str]:
    for annotation in map(resolve1, list_value(page.annots or [])):
        if annotation.get("StructParent") is None:
            yield "7.18.1: a link is not tagged"
        if not annotation.get("Contents"):
            yield "7.18.5: a link says nothing of where it leads"
    if page.annots and _name(page.attrs.get("Tabs")) != "S":
        yield "7.18.3: links are not reached in the order of the tags"
    for font in map(resolve1, (resolve1((page.resources or {}).get("Font")) or {}).values()):
        for one in map(resolve1, resolve1(font.get("DescendantFonts")) or [font]):
            descriptor = resolve1(one.get("FontDescriptor")) or {}
            if not any(key in descriptor for key in ("FontFile", "FontFile2", "FontFile3")):
                yield f"7.21.4: the font {_name(one.get('BaseFont'))} is not in the file"
    outside = _drawn_outside_of_tags(page)
    if outside:
        yield f"7.1: {outside} things are drawn that are neither tagged nor an artifact"


def _drawn_outside_of_tags(page: PDFPage) -> int:
    parser = PDFContentParser(page.contents)
    depth: list[bool] = []
    last: list[Any] = []
    outside = 0
    while True:
        try:
            _, token = parser.nextobject()
        except PSEOF:
            return outside
        if not isinstance(token, PSKeyword):
            last.append(token)
            continue
        if token.name in (b"BDC", b"BMC"):
            held = last[-1] if token.name == b"BDC" else None
            tagged = isinstance(held, dict) and "MCID" in held
            artifact = any(isinstance(one, PSLiteral) and one.name == "Artifact" for one in last)
            depth.append(tagged or artifact)
        elif token.name == b"EMC" and depth:
            depth.pop()
        elif token.name in DRAWS and not any(depth):
            outside += 1
        last = []
