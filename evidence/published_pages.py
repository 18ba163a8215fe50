"""Published WRES pages as bodies lay them out, drawn by a seed, with or without one mistake put in on purpose.

Six layouts: groups as columns, groups as rows, a pro forma with years as columns, running text, a workbook, a CSV.
"""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass, field
from pathlib import Path

#: mistake -> rules of the lint that name it rightly (one slip can break two rules)
MISTAKES: dict[str, tuple[str, ...]] = {
    "ratio_as_percentage": ("ratio_as_percentage",),
    "ratio_does_not_follow": ("ratio_does_not_follow", "two_values"),
    "wrong_direction": ("wrong_direction",),
    "swapped_groups": ("swapped_groups",),
    "percentage_does_not_follow": ("percentage_does_not_follow", "two_values"),
    "total_does_not_add": ("total_does_not_add",),
    "wrong_sign": ("wrong_sign",),
    "two_values": ("two_values",),
    "more_than_possible": ("more_than_possible",),
}
LAYOUTS = ("columns", "rows", "pro forma", "text", "workbook", "csv")
BANDS = ("Band 2", "Band 3", "Band 4", "Band 5", "Band 6", "Band 7", "Band 8a", "VSM")
_BME = ("BME", "BAME", "Black and minority ethnic")


@dataclass
class Year:
    """The counts of one year: (White, BME, Unknown) each."""

    name: str
    shortlisted: list[int]
    appointed: list[int]
    workforce: list[int]
    entered: list[int]
    bands: dict[str, list[int]]
    survey: dict[str, tuple[float, float]]


@dataclass
class Page:
    """The page's facts, its spelling of things, and the mistake it carries ("" for none)."""

    draw: random.Random
    mistake: str
    bme: str
    years: list[Year] = field(default_factory=list)
    done: bool = False

    def now(self, mistake: str) -> bool:
        """Whether this is the place to make the mistake: the first that can take it."""
        if self.mistake != mistake or self.done:
            return False
        self.done = True
        return True


def make(seed: int, layout: str, mistake: str, folder: Path) -> tuple[Path, bool]:
    """Writes one page; gives its path and whether the layout had a place for the mistake."""
    draw = random.Random(f"{seed} {layout}")
    page = Page(draw, mistake, draw.choice(_BME))
    staff = draw.choice((400, 1200, 5000))
    page.years = [_year("2020", staff, draw), _year("2021", staff, draw)]
    path = folder / f"{seed}-{layout.replace(' ', '-')}-{mistake or 'clean'}"
    if layout == "workbook":
        return _workbook(page, path.with_suffix(".xlsx")), page.done
    if layout == "csv":
        return _csv(page, path.with_suffix(".csv")), page.done
    body = {"columns": _columns, "rows": _rows, "pro forma": _pro_forma, "text": _text}[layout](page)
    title = f"<h1>Workforce Race Equality Standard report {page.years[1].name}</h1>"
    path = path.with_suffix(".html")
    path.write_text(f"<html><body>{title}{body}</body></html>", encoding="utf-8")
    return path, page.done


def _year(name: str, staff: int, draw: random.Random) -> Year:
    def split(people: int, bme: float) -> list[int]:
        drawn = draw.choices(range(3), (0.95 - bme, bme, 0.05), k=people)
        return [drawn.count(group) for group in range(3)]

    bands = {band: split(draw.randint(staff // 20, staff // 6), draw.uniform(0.1, 0.3)) for band in BANDS}
    workforce = [sum(counts[group] for counts in bands.values()) for group in range(3)]
    shortlisted = split(staff // 2 + 100, 0.3)
    rates = (draw.uniform(0.2, 0.35), draw.uniform(0.1, 0.19), 0.2)
    appointed = [max(1, int(n * rate)) for n, rate in zip(shortlisted, rates, strict=True)]
    rates = (draw.uniform(0.01, 0.015), draw.uniform(0.02, 0.04), 0.01)
    entered = [max(1, round(n * rate)) for n, rate in zip(workforce, rates, strict=True)]
    survey = {number: (round(draw.uniform(10, 20), 1), round(draw.uniform(21, 35), 1)) for number in "5678"}
    return Year(name, shortlisted, appointed, workforce, entered, bands, survey)


def _percent(top: float, bottom: float) -> str:
    return f"{100 * top / bottom:.1f}%"


def _off(page: Page, mistake: str, text: str, by: float = 0.0) -> str:
    """A printed percentage, wrong by a few points where it is the place of the mistake."""
    if not page.now(mistake):
        return text
    return f"{float(text.rstrip('%')) + (by or page.draw.choice((-1, 1)) * page.draw.uniform(1.2, 6)):.1f}%".replace(
        "-", ""
    )


def _ratio(page: Page, top: tuple[int, int], bottom: tuple[int, int]) -> str:
    exact = (top[0] / top[1]) / (bottom[0] / bottom[1])
    if page.now("wrong_direction"):
        return f"{1 / exact:.2f}"
    if page.now("ratio_does_not_follow"):
        return f"{exact * page.draw.choice((0.7, 0.8, 1.25, 1.4)):.2f}"
    if page.now("ratio_as_percentage"):
        return page.draw.choice((f"{exact:.2f}%", f"{exact * 10:.2f}%"))
    return f"{exact:.2f}"


def _appointments(year: Year) -> tuple[tuple[int, int], tuple[int, int]]:
    return (year.appointed[0], year.shortlisted[0]), (year.appointed[1], year.shortlisted[1])


def _cases(year: Year) -> tuple[tuple[int, int], tuple[int, int]]:
    return (year.entered[1], year.workforce[1]), (year.entered[0], year.workforce[0])


def _table(head: list[str], rows: list[list[object]], caption: str = "") -> str:
    top = "".join(f"<th>{cell}</th>" for cell in head)
    body = "".join(
        f"<tr><th scope='row'>{row[0]}</th>" + "".join(f"<td>{cell}</td>" for cell in row[1:]) + "</tr>"
        for row in rows
    )
    return f"<table><caption>{caption}</caption><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def _band_rows(page: Page, year: Year) -> list[list[object]]:
    rows: list[list[object]] = []
    for number, (band, counts) in enumerate(year.bands.items()):
        total = sum(counts)
        if number == 3 and page.draw.random() < 0.5 and page.now("total_does_not_add"):
            total += page.draw.choice((-7, 3, 10, 90))
        share = _percent(counts[1], sum(counts))
        share = (
            _off(page, "percentage_does_not_follow", share)
            if number == 2 and page.draw.random() < 0.5
            else share
        )
        rows.append([band, *(f"{n:,}" for n in counts), f"{total:,}", share])
    sums = list(year.workforce)
    if page.now("total_does_not_add"):
        sums[page.draw.randrange(2)] += page.draw.choice((-11, 4, 20))
    total = sum(year.workforce)
    rows.append(["Total", *(f"{n:,}" for n in sums), f"{total:,}", _percent(year.workforce[1], total)])
    return rows


def _columns(page: Page) -> str:
    year = page.years[1]
    head = ["Measure", "White", page.bme, "Unknown"]
    appointed = list(year.appointed)
    if page.now("more_than_possible"):
        appointed[0] = year.shortlisted[0] + page.draw.randint(1, 40)
    white, bme = _appointments(year)
    likelihood = [_percent(a, s) for a, s in zip(year.appointed, year.shortlisted, strict=True)]
    likelihood[1] = _off(page, "percentage_does_not_follow", likelihood[1])
    workforce = list(year.workforce)
    if page.now("swapped_groups"):
        workforce[0], workforce[1] = workforce[1], workforce[0]
    elif page.now("two_values"):
        workforce[1] += page.draw.choice((-9, 13, 40))
    over = f"White ÷ {page.bme}" if page.bme != _BME[2] else "White to BME"
    parts = [
        "<h2>Indicator 1: staff by pay band</h2>",
        _table(
            ["Band", "White", page.bme, "Unknown", "Total", f"{page.bme} %"],
            _band_rows(page, year),
            f"Staff by band, {year.name}",
        ),
        f"<h2>The workforce</h2>{_table(['', 'White', page.bme], [['Number of staff in workforce', *year.workforce[:2]]], f'Workforce, {year.name}')}",
        "<h2>Indicator 2: recruitment</h2>",
        _table(
            head,
            [
                ["Number of shortlisted applicants", *year.shortlisted],
                ["Number appointed from shortlisting", *appointed],
                ["Likelihood of appointment", *likelihood],
                [f"Relative likelihood of appointment, {over}", _ratio(page, white, bme), "", ""],
            ],
            f"Appointment from shortlisting, {year.name}",
        ),
        "<h2>Indicator 3: formal disciplinary process</h2>",
        _table(
            head[:3],
            [
                ["Number of staff in workforce", *workforce[:2]],
                ["Number of staff entering the formal disciplinary process", *year.entered[:2]],
                ["Relative likelihood, BME ÷ White", _ratio(page, *_cases(year)), ""],
            ],
            f"Disciplinary process, {year.name}",
        ),
        _sentences(page),
    ]
    return "".join(parts)


def _rows(page: Page) -> str:
    year = page.years[1]
    groups = ["White", page.bme, "Not stated"]
    appointed = list(year.appointed)
    if page.now("more_than_possible"):
        appointed[1] = year.shortlisted[1] + page.draw.randint(1, 30)
    shares = [_percent(a, s) for a, s in zip(year.appointed, year.shortlisted, strict=True)]
    shares[0] = _off(page, "percentage_does_not_follow", shares[0])
    rows: list[list[object]] = [
        [group, f"{s:,}", f"{a:,}", share]
        for group, s, a, share in zip(groups, year.shortlisted, appointed, shares, strict=True)
    ]
    totals = [sum(year.shortlisted), sum(year.appointed)]
    if page.now("total_does_not_add"):
        totals[0] += page.draw.choice((-12, 5, 30))
    rows.append(["Total", *(f"{n:,}" for n in totals), _percent(sum(year.appointed), sum(year.shortlisted))])
    white, bme = _appointments(year)
    ratio = _ratio(page, white, bme)
    said = (
        f"The relative likelihood of White applicants being appointed compared to BME applicants is {ratio}."
        if ratio.endswith("%") or page.draw.random() < 0.5
        else f"White applicants were {ratio} times more likely to be appointed from shortlisting than {page.bme} applicants."
    )
    again = list(year.shortlisted[:2])
    if page.now("swapped_groups"):
        again.reverse()
    elif page.now("two_values"):
        again[0] += page.draw.choice((-20, 6, 33))
    return "".join(
        [
            "<h2>Indicator 2</h2>",
            _table(
                ["Ethnicity", "Shortlisted", "Appointed", "% appointed"], rows, f"Recruitment in {year.name}"
            ),
            f"<p>{said}</p>",
            "<h2>Summary of recruitment</h2>",
            _table(
                ["Measure", "White", page.bme],
                [["Shortlisted applicants", *again]],
                f"Key figures {year.name}",
            ),
            _sentences(page),
        ]
    )


def _pro_forma(page: Page) -> str:
    return _table(*_pro_forma_rows(page), caption="Data for reporting years") + _sentences(page)


def _pro_forma_rows(page: Page) -> tuple[list[str], list[list[object]]]:
    before, now = page.years

    def both(name: str, of: str, group: int) -> list[object]:
        return [name, *(getattr(year, of)[group] for year in (before, now))]

    appointed = both(f"{page.bme} applicants appointed from shortlisting", "appointed", 1)
    if page.now("more_than_possible"):
        appointed[2] = now.shortlisted[1] + page.draw.randint(1, 25)
    shares = [_percent(year.appointed[0], year.shortlisted[0]) for year in (before, now)]
    shares[1] = _off(page, "percentage_does_not_follow", shares[1])
    rows: list[list[object]] = [
        both("White applicants shortlisted", "shortlisted", 0),
        both(f"{page.bme} applicants shortlisted", "shortlisted", 1),
        both("White applicants appointed from shortlisting", "appointed", 0),
        appointed,
        ["Likelihood of White applicants being appointed from shortlisting (%)", *shares],
        ["Relative likelihood of White applicants being appointed from shortlisting compared to BME applicants",
         _ratio_plain(*_appointments(before)), _ratio(page, *_appointments(now))],
        both("White staff in workforce", "workforce", 0),
        both(f"{page.bme} staff in workforce", "workforce", 1),
        both("White staff entering the formal disciplinary process", "entered", 0),
        both(f"{page.bme} staff entering the formal disciplinary process", "entered", 1),
        ["Relative likelihood of BME staff entering the formal disciplinary process compared to White staff",
         _ratio_plain(*_cases(before)), _ratio(page, *_cases(now))],
    ]  # fmt: skip
    return ["Descriptor", "2019/20", "2020/21"], rows


def _ratio_plain(top: tuple[int, int], bottom: tuple[int, int]) -> str:
    return f"{(top[0] / top[1]) / (bottom[0] / bottom[1]):.2f}"


def _text(page: Page) -> str:
    year = page.years[1]
    white, bme = _appointments(year)
    share = _off(page, "percentage_does_not_follow", _percent(*bme))
    parts = [
        "<h2>Staff by pay band</h2>",
        _table(
            ["Band", "White", page.bme, "Not stated", "All staff", f"{page.bme} %"],
            _band_rows(page, year),
            f"Headcount by band {year.name}",
        ),
        "<h2>Recruitment</h2>",
        _table(
            ["", "White", page.bme],
            [["Shortlisted", *year.shortlisted[:2]], ["Appointed", *year.appointed[:2]]],
            f"Shortlisted and appointed, {year.name}",
        ),
        f"<p>In {year.name}, {bme[0]} of {bme[1]} shortlisted BME applicants were appointed ({share}). ",
        f"The relative likelihood of White applicants being appointed from shortlisting compared to BME applicants was {_ratio(page, white, bme)}.</p>",
        _sentences(page),
    ]
    return "".join(parts)


def _sentences(page: Page) -> str:
    before, now = page.years
    parts = ["<h2>Staff survey</h2>"]
    names = {
        "5": "harassment, bullying or abuse from patients, relatives or the public",
        "8": "discrimination from a manager or colleagues",
    }
    for number, words in names.items():
        old, new = before.survey[number][1], now.survey[number][1]
        up = new > old
        if new != old and page.now("wrong_sign"):
            up = not up
        verb = page.draw.choice(("increased", "rose") if up else ("decreased", "fell"))
        parts.append(f"<p>BME staff experiencing {words} {verb} from {old}% to {new}%.</p>")
    printed = list(now.survey["8"])
    rows = [["White", printed[0]], [page.bme, printed[1]]]
    caption = f"Indicator 8: discrimination from a manager or colleagues, percentage of staff, {now.name}"
    parts.append(_table(["Group", "Percentage"], [[g, f"{v}%"] for g, v in rows], caption))
    said = list(printed)
    if page.now("swapped_groups"):
        said.reverse()
    elif page.now("two_values"):
        said[1] = round(said[1] + page.draw.choice((-4.1, 3.7)), 1)
    parts.append("<h2>Indicator 8: summary</h2>")
    parts.append(
        _table(
            ["Year", "White %", f"{page.bme} %"],
            [[now.name, f"{said[0]}%", f"{said[1]}%"]],
            f"Discrimination from a manager or colleagues, {now.name}",
        )
    )
    return "".join(parts)


def _workbook(page: Page, path: Path) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "Indicator 1"
    year = page.years[1]
    sheet.append([f"Staff by band and ethnic group, {year.name}"])
    sheet.append(["Band", "White", page.bme, "Unknown", "Total", f"{page.bme} %"])
    for row in _band_rows(page, year):
        sheet.append([_typed(cell) for cell in row])
    second = book.create_sheet("Indicators 2 and 3")
    second.append(["Data for reporting years"])
    head, rows = _pro_forma_rows(page)
    second.append(head)
    for row in rows:
        second.append([_typed(cell) for cell in row])
    third = book.create_sheet("Indicator 8")
    before, now = page.years
    third.append(["Indicator 8: discrimination, percentage of staff"])
    third.append(["Group", before.name, now.name, "Change"])
    for group, name in enumerate(("White", page.bme)):
        old, new = before.survey["8"][group], now.survey["8"][group]
        change = round(new - old, 1)
        if change and page.now("wrong_sign"):
            change = -change
        third.append([name, old, new, change])
    fourth = book.create_sheet("Key figures")
    fourth.append([f"Workforce, {year.name}"])
    fourth.append(["Measure", "White", page.bme])
    again = list(year.workforce[:2])
    if page.now("swapped_groups"):
        again.reverse()
    elif page.now("two_values"):
        again[0] += 17
    fourth.append(["Staff in workforce", *again])
    fourth.append(["Staff entering the formal disciplinary process", *year.entered[:2]])
    book.save(path)
    return path


def _typed(cell: object) -> object:
    text = str(cell).replace(",", "")
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return cell


def _csv(page: Page, path: Path) -> Path:
    head, rows = _pro_forma_rows(page)
    head = [*head, "Change"]
    for row in rows:
        if isinstance(row[1], int):
            change = int(row[2]) - int(row[1])  # type: ignore[call-overload]
            if change and "workforce" in str(row[0]) and page.now("wrong_sign"):
                change = -change
            row.append(f"{change:+d}")
        else:
            row.append("")
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return path
