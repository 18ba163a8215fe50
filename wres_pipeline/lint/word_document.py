"""A Word file as a document of the lint: headings, paragraphs and tables in their order."""

from __future__ import annotations

from pathlib import Path

from wres_pipeline.lint.documents import Document, Prose, Table, UnreadablePage, heading_rows, titled


def read(path: Path) -> Document:
    """The Word file at `path`. Raises UnreadablePage for one that cannot be opened."""
    import docx
    from docx.table import Table as WordTable

    try:
        file = docx.Document(str(path))
    except Exception as error:  # python-docx raises zip, XML and key errors alike
        raise UnreadablePage(f"{path.name} cannot be read as a Word file") from error
    document = Document(path.name)
    prose = Prose(document)
    for block in file.iter_inner_content():
        if isinstance(block, WordTable):
            prose.close()
            rows = [[" ".join(cell.text.split()) for cell in row.cells] for row in block.rows]
            if len(rows) < 2:
                continue
            heads = heading_rows(rows)
            place = f"{path.name}, table {len(document.tables) + 1}"
            caption = prose.line_above if prose.line_above != prose.heading else ""
            document.tables.append(Table(place, caption, prose.heading, rows[:heads], rows[heads:]))
        elif (
            block.style is not None and str(block.style.name).startswith(("Heading", "Title"))
        ) and block.text:
            prose.head(block.text)
        else:
            prose.add(block.text)
    prose.close()
    return titled(document)
