"""The publication as one PDF/UA-1 file."""

from __future__ import annotations

import io
import re
import sys
import zlib
from pathlib import Path
from typing import Any

import pytest

from tests import pdf_structure
from tests.unit.reports.invented_return import invented_context, invented_figures
from wres_pipeline.reports.site import pdf

PROJECTED = "The rules of this year are projected from 2025: no guidance for it has been read."


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    lacking = pdf.missing()
    if lacking:
        pytest.skip(lacking)
    place = tmp_path_factory.mktemp("pdf") / pdf.NAME
    context = invented_context("public", projected=PROJECTED)
    return pdf.write_pdf(invented_figures(staff=300), context, place).read_bytes()


@pytest.fixture(scope="module")
def pages(content: bytes) -> list[tuple[Any, str]]:
    """Each page without its foot: the line that stands last, and its text."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(content)) as document:
        whole = [page.crop((0, 0, page.width, page.height - 50)) for page in document.pages]
        return [
            (max(page.extract_text_lines(), key=lambda line: line["top"], default=None), page.extract_text())
            for page in whole
        ]


def opened(content: bytes) -> str:
    """Everything the file holds, its compressed parts opened."""
    parts = [content.decode("latin-1")]
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        try:
            parts.append(zlib.decompress(found[1]).decode("latin-1"))
        except zlib.error:
            parts.append(found[1].decode("latin-1"))
    return "\n".join(parts)


def test_the_file_says_that_it_is_pdf_ua_1_and_in_which_language_and_by_which_title(content: bytes) -> None:
    words = opened(content)
    assert re.search(r'pdfuaid:part(="|>)1', words)
    assert re.search(r"/Lang ?\(en-GB\)", words)
    assert re.search(r"/MarkInfo ?<< ?/Marked true", words)
    assert "/DisplayDocTitle true" in words


def test_every_chart_has_an_alternative_in_words_and_tables_name_their_headings(content: bytes) -> None:
    words = opened(content)
    figures, alternatives = len(re.findall(r"/S ?/Figure", words)), len(re.findall(r"/Alt ?[(<]", words))
    assert figures > 5
    assert alternatives >= figures
    assert "/Headers" in words
    assert re.search(r"/S ?/TH\b", words)
    assert re.search(r"/S ?/H1\b", words)


def test_the_file_has_no_fault_of_pdf_ua_that_a_program_can_see(content: bytes) -> None:
    assert pdf_structure.faults(content) == []


def test_the_checker_of_pdf_ua_finds_each_fault_in_files_made_with_it() -> None:
    lacking = pdf.missing()
    if lacking:
        pytest.skip(lacking)
    from weasyprint import HTML

    dot = "data:image/svg+xml;utf8,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>"
    poor = (
        f'<h2>Two</h2><h4>Four</h4><img src="{dot}"><table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>'
        '<a href="https://example.org/">a</a>'
    )
    found = "\n".join(pdf_structure.faults(HTML(string=poor).write_pdf(pdf_variant="pdf/ua-1")))
    for words in (
        "7.1: the file has no title",
        "7.2: the file has no language",
        "7.4.2: the first heading is not of the first level",
        "7.4.2: a heading of level 4 follows one of level 2",
        "7.3: a figure has no alternative in words",
        "7.5: the rows of a table have [1, 2] cells",
        "7.5: a table does not say which headings its cells have",
    ):
        assert words in found, (words, found)
    untagged = pdf_structure.faults(HTML(string="<p>Words</p>").write_pdf())
    assert "7.1: nothing is tagged" in untagged and any(
        "not say that it is PDF/UA-1" in one for one in untagged
    )


def test_no_page_ends_with_a_heading_or_caption_of_the_next_and_short_tables_stand_whole(
    pages: list[tuple[Any, str]],
) -> None:
    # headings and captions are bold and larger than the headings of rows
    stranded = [
        end["text"]
        for end, _ in pages
        if end and all("Bold" in one["fontname"] and one["size"] > 10 for one in end["chars"])
    ]
    assert stranded == []
    likelihoods = [text for _, text in pages if re.search(r"^Shortlisted ", text, re.M)]
    assert likelihoods and all(
        len(re.findall(r"^Shortlisted ", text, re.M))
        == len(re.findall(r"^95% confidence interval .*%", text, re.M))
        for text in likelihoods
    )


def test_a_projected_year_is_said_once_on_the_first_page(pages: list[tuple[Any, str]]) -> None:
    assert [" ".join(text.split()).count(PROJECTED) for _, text in pages] == [1] + [0] * (len(pages) - 1)


def test_the_file_carries_the_date_of_the_report_and_no_other(content: bytes) -> None:
    dates = set(re.findall(r"/(?:Creation|Mod)Date ?\(D:(\d{8})", opened(content)))
    assert dates == {"20211001"}


@pytest.mark.parametrize(
    ("problem", "said"),
    [(ImportError, "pip install 'wres-pipeline[pdf]'"), (OSError, "libpango-1.0-0")],
)
def test_a_machine_that_cannot_make_it_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, problem: type[Exception], said: str
) -> None:
    class Lacking:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "weasyprint":
                raise problem(name)

    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Lacking(), *sys.meta_path])
    assert said in pdf.missing()
    with pytest.raises(pdf.PdfUnavailableError, match="Everything else is made without it"):
        pdf.write_pdf([], invented_context(), tmp_path / "p.pdf")
    assert not (tmp_path / "p.pdf").exists()
