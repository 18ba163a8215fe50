"""A public edition written in every form, and what a reader who shares no code with the disclosure room reads of each."""

from __future__ import annotations

from pathlib import Path

from evidence.public_files import Knowledge, read_csv, read_pages, read_workbook
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference import years
from wres_pipeline.reports.annual import return_workbook
from wres_pipeline.reports.context import ReturnContext
from wres_pipeline.reports.release import figures_csv
from wres_pipeline.reports.site import site_pages


def read_of_each_form(
    figures: list[Figure], year: int, folder: Path
) -> tuple[Knowledge, Knowledge, Knowledge]:
    """Write the edition of `year` into `folder`; what is read of the file of figures, the pages, and the workbook."""
    rules = years.load(year)
    about = ReturnContext("X01", "A body", rules, "public", rules.publication_deadline, fictional=True)
    site_pages.write(figures, about, folder)[1].result()
    return_workbook.write_workbook(figures, about, folder / "annual-return.xlsx")
    (folder / "figures.csv").write_bytes(figures_csv.csv_bytes(figures))
    file, pages, workbook = Knowledge(), Knowledge(), Knowledge()
    read_csv(folder / "figures.csv", file)
    read_pages(folder, pages)
    read_workbook(folder / "annual-return.xlsx", workbook)
    return file, pages, workbook
