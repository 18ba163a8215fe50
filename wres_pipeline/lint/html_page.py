"""A page (HTML) as a document of the lint: headings, paragraphs, lists, and tables with their spans laid out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from wres_pipeline.lint.documents import Document, Prose, Table

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = frozenset(
    {
        "p", "li", "dd", "dt", "div", "section", "article", "main", "body", "figcaption", "summary", "details",
        "blockquote", "ul", "ol", "dl", "header", "footer", "aside", "form", "fieldset", "pre",
    }
)  # fmt: skip
_SILENT = frozenset({"script", "style", "title", "svg", "nav", "template", "head", "noscript"})
_WIDEST_SPAN = 50


def read(path: Path) -> Document:
    """The page at `path`; bytes that are no HTML at all give a document without tables."""
    from lxml import html

    document = Document(path.name)
    text = path.read_bytes().decode("utf-8", "replace").replace("\x00", "")
    if not text.strip():
        return document
    parser = html.HTMLParser(encoding="utf-8", huge_tree=False, remove_comments=True, remove_pis=True)
    prose = Prose(document)
    _walk(html.document_fromstring(text.encode("utf-8"), parser=parser), prose)
    prose.close()
    return document


def _walk(element: Any, prose: Prose) -> None:
    """Goes through an element's blocks in order; text between blocks is a paragraph of its own."""
    running: list[str] = []

    def flush() -> None:
        prose.add("".join(running))
        running.clear()

    def into(node: Any) -> None:
        if node.text:
            running.append(node.text)
        for child in node:
            tag = child.tag if isinstance(child.tag, str) else ""
            if tag in _SILENT or not tag:
                pass
            elif tag == "table":
                flush()
                _table(child, prose)
            elif tag in _HEADINGS:
                flush()
                prose.head(_text(child))
            elif tag == "br":
                flush()
            elif tag in _BLOCKS:
                flush()
                into(child)
                flush()
            else:
                into(child)
            if child.tail:
                running.append(child.tail)

    into(element)
    flush()


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _table(element: Any, prose: Prose) -> None:
    line_above = prose.line_above
    prose.close()
    caption = next((_text(child) for child in element.iter("caption")), "")
    number = len(prose.document.tables) + 1
    place = f"{prose.document.name}, table {number}" + (f" “{caption}”" if caption else "")
    table = Table(place, caption or _as_caption(line_above, prose.heading), prose.heading, [], [])
    hanging: dict[int, tuple[int, str]] = {}
    for row in element.iter("tr"):
        if next(row.iterancestors("table")) is not element:
            continue
        cells, all_heads, hanging = _row(row, hanging)
        in_head = next(row.iterancestors("thead", "table")).tag == "thead"
        first = not table.head and not table.body
        (table.head if in_head or first or (all_heads and not table.body) else table.body).append(cells)
    prose.document.tables.append(table)
    prose.line_above = prose.heading


def _as_caption(line: str, heading: str) -> str:
    """The line above a table without a caption is its caption where it ends like one."""
    return line if line != heading and line.endswith(":") else ""


def _row(row: Any, hanging: dict[int, tuple[int, str]]) -> tuple[list[str], bool, dict[int, tuple[int, str]]]:
    """The cells of a row as a reader sees them: one over several columns or rows stands in each of them."""
    waiting = [cell for cell in row if cell.tag in ("td", "th")]
    all_heads = bool(waiting) and all(cell.tag == "th" for cell in waiting)
    cells: list[str] = []
    below: dict[int, tuple[int, str]] = {}
    while waiting or len(cells) in hanging:
        if len(cells) in hanging:
            left, text = hanging[len(cells)]
            if left > 1:
                below[len(cells)] = (left - 1, text)
            cells.append(text)
            continue
        cell = waiting.pop(0)
        text = _text(cell)
        down = _span(cell.get("rowspan"))
        for _ in range(_span(cell.get("colspan"))):
            if down > 1:
                below[len(cells)] = (down - 1, text)
            cells.append(text)
    return cells, all_heads, below


def _span(text: str | None) -> int:
    return max(1, min(int(text), _WIDEST_SPAN)) if text and text.strip().isdigit() else 1
