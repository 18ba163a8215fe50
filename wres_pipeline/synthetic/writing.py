"""Tables to files with the same bytes every time: CSV by the standard library, workbooks by XlsxWriter."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from importlib import resources
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt

from wres_pipeline.synthetic import catalogue
from wres_pipeline.synthetic.catalogue import Texts

Table = Mapping[str, npt.NDArray[np.generic]]
"""Columns by canonical name: text (objects) or days (datetime64[D], NaT where blank); one element a row."""

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_FIRST_KNOWN_DAY = np.datetime64("1900-01-01", "D")
_KNOWN_DAYS = 60_000
_FIXED_TIME = datetime.combine(date(2021, 4, 1), time())


def headings(kind: str) -> dict[str, str]:
    """Canonical name -> the first heading the contract of this kind of extract accepts, in the contract's
    order.
    """
    text = (
        resources.files("wres_pipeline.extracts")
        .joinpath("contracts", f"{kind}.csv")
        .read_text(encoding="utf-8")
    )
    return {row["name"]: row["headings"].split("|")[0] for row in csv.DictReader(text.splitlines())}


def write_csv(path: Path, table: Table, names: Mapping[str, str] | None = None, *, iso: bool = False) -> None:
    """Write a table; dates as `31-MAR-2021`, or ISO where asked. `names` maps canonical names to
    headings.
    """
    shown = [name for name in (names or table) if name in table]
    columns = [_as_text(table[name], iso) for name in shown]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([(names or {}).get(name, name) for name in shown])
        writer.writerows(zip(*columns, strict=True))


def write_xlsx(path: Path, table: Table, names: Mapping[str, str], *, sheet: str) -> None:
    """Write a table as a workbook of one sheet; days are date cells, everything else text."""
    import xlsxwriter

    shown = [name for name in names if name in table]
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"}) as book:
        book.set_properties(
            {"created": _FIXED_TIME, "title": sheet, "comments": "Synthetic: everybody in it is invented."}
        )
        page = book.add_worksheet(sheet)
        for column, name in enumerate(shown):
            page.write_string(0, column, names[name])
            values = table[name]
            if values.dtype.kind == "M":
                for row, day in enumerate(values.tolist(), start=1):
                    if day is not None:
                        page.write_datetime(row, column, datetime.combine(day, time()))
                page.set_column(column, column, 12)
            else:
                for row, text in enumerate(values.tolist(), start=1):
                    if text:
                        page.write_string(row, column, text)


def write_extract(folder: Path, kind: str, stem: str, table: Table, style: str = "csv") -> Path:
    """Write an extract under its file name in the given format, with the headings of its contract."""
    path = folder / f"{stem}.{style}"
    if style == "xlsx":
        write_xlsx(path, table, headings(kind), sheet=kind.replace("_", " ").capitalize())
    else:
        write_csv(path, table, headings(kind))
    return path


def yes_no(flags: npt.NDArray[np.bool_]) -> Texts:
    """Y and N."""
    return np.where(flags, "Y", "N").astype(object)


def _as_text(values: npt.NDArray[np.generic], iso: bool) -> list[str]:
    if values.dtype.kind != "M":
        return values.tolist()
    known = _iso_days() if iso else _oracle_days()
    place = (values.astype("datetime64[D]") - _FIRST_KNOWN_DAY).astype(np.int64)
    place[np.isnat(values)] = _KNOWN_DAYS
    return known[place].tolist()


def _texts_of_days(show: Iterator[str]) -> Texts:
    return catalogue.texts(list(chain(show, [""])))


def _every_day() -> Iterator[date]:
    start = date(1900, 1, 1)
    return (start + timedelta(days=number) for number in range(_KNOWN_DAYS))


_CACHE: dict[str, Texts] = {}


def _oracle_days() -> Texts:
    if "oracle" not in _CACHE:
        _CACHE["oracle"] = _texts_of_days(
            f"{d.day:02d}-{_MONTHS[d.month - 1]}-{d.year}" for d in _every_day()
        )
    return _CACHE["oracle"]


def _iso_days() -> Texts:
    if "iso" not in _CACHE:
        _CACHE["iso"] = _texts_of_days(d.isoformat() for d in _every_day())
    return _CACHE["iso"]
