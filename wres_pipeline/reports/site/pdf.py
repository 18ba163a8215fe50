"""The publication as one PDF file that a screen reader can read (PDF/UA-1), from its own print template.

weasyprint needs the system library Pango, which not every machine has: `missing` says in words what to
install, and nothing else of a return depends on it. The same figures give the same bytes on the same machine.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from wres_pipeline.indicators.figure import Figure
from wres_pipeline.render import page
from wres_pipeline.reports.context import ReturnContext
from wres_pipeline.reports.site import site_pages

NAME = site_pages.PDF_DOWNLOAD.href
VARIANT = "pdf/ua-1"


class PdfUnavailableError(RuntimeError):
    """No PDF can be made on this machine; says what is missing and how to get it."""


def missing() -> str:
    """What this machine lacks for a PDF, and how to get it; '' when nothing is missing."""
    try:
        import weasyprint  # noqa: F401
    except ImportError:
        return (
            "weasyprint is not installed; install it with: pip install 'wres-pipeline[pdf]'. Everything "
            "else is made without it."
        )
    except OSError:
        return (
            "weasyprint needs the library Pango, which is not on this machine; on Debian or Ubuntu install "
            "the packages libpango-1.0-0 and libpangoft2-1.0-0. Everything else is made without it."
        )
    return ""


def write_pdf(figures: Iterable[Figure], context: ReturnContext, path: Path) -> Path:
    """Write the whole publication as one PDF/UA-1 file, replaced whole, and give its path.

    Raises PdfUnavailableError where the machine lacks what it needs (see `missing`).
    """
    lacking = missing()
    if lacking:
        raise PdfUnavailableError(lacking)
    import weasyprint

    for name in ("weasyprint", "fontTools"):
        logging.getLogger(name).setLevel(logging.ERROR)
    made = site_pages.publication(figures, context)
    drawn = {chart.name: chart.draw() for one in made.views for chart in one.charts}
    html = (
        page.environment()
        .get_template("site/print.html.jinja")
        .render(
            **{
                **site_pages.common_values(made, ()),
                "context": context,
                "frame": page.frame(context),
                "title": context.title,
                "charts": "chart:",
            }
        )
    )

    class Charts(weasyprint.urls.URLFetcher):
        """Gives the charts that were just drawn, and nothing from anywhere else."""

        def fetch(
            self, url: str, headers: dict[str, str] | None = None
        ) -> weasyprint.urls.URLFetcherResponse:
            name = url.rsplit("/", 1)[-1].removeprefix("chart:")
            if name not in drawn:
                raise ValueError("a PDF is made from nothing but its own charts")
            return weasyprint.urls.URLFetcherResponse(url, drawn[name], {"Content-Type": "image/svg+xml"})

    document = weasyprint.HTML(string=html, url_fetcher=Charts())
    content = document.write_pdf(
        pdf_variant=VARIANT,
        pdf_identifier=hashlib.sha256(html.encode("utf-8")).digest()[:16],
        finisher=_say_what_headings_head,
    )
    return page.write_whole(path, content)


def _say_what_headings_head(_: Any, pdf: Any) -> None:
    """Say of each heading of a table whether it heads a column or a row; weasyprint names headings in the cells alone."""
    for one in pdf.objects:
        if isinstance(one, dict) and one.get("S") == "/TH" and "ID" in one:
            row = one["ID"].string.split("-")[1]  # element, row, column
            one["A"]["Scope"] = "/Column" if row == "0" else "/Row"
