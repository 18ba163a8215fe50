"""More faults of meaning, each after what people report of exports and spreadsheets: values moved to another row or column,
rows that are no rows, marks in place of words, days in other people's writing, labels that an encoding spoilt."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from evidence.meaning_bodies import Body, Sheet
from evidence.meaning_faults import FAULTS, FEEDS, Fault, as_day, every, fault, few, redated, some

_HERE = ZoneInfo("Europe/London")
DAYS = (
    ("training", "Completion Date", "completed"),
    ("trac_applications", "Date Applied", "date_applied"),
    ("employee_relations", "Formal Investigation Start", "formal_investigation_started"),
)
ETHNIC = ("esr_staff_list", "trac_applications", "board")

# --- days in other people's writing
FORMS: tuple[tuple[str, Callable[[date], str]], ...] = (
    ("with the name of the day", lambda d: d.strftime("%a %d %b %Y")),
    ("as 1st April 2020", lambda d: f"{d.day}{_ending(d.day)} {d:%B %Y}"),
    ("with dots", lambda d: d.strftime("%d.%m.%Y")),
    ("run together", lambda d: d.strftime("%Y%m%d")),
    ("with a time of midnight", lambda d: d.strftime("%d/%m/%Y 00:00:00")),
    (
        "as instants in UTC",
        lambda d: (
            datetime(d.year, d.month, d.day, tzinfo=_HERE).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        ),
    ),
    ("in milliseconds since 1970", lambda d: str((d - date(1970, 1, 1)).days * 86_400_000)),
    ("as day numbers with a thousands comma", lambda d: f"{(d - date(1899, 12, 30)).days:,}"),
    ("counted from 1904", lambda d: str((d - date(1904, 1, 1)).days)),
    ("without a year", lambda d: d.strftime("%d-%b")),
    ("with a German month", lambda d: f"{d.day:02d}-{_GERMAN[d.month - 1]}-{d.year}"),
    ("in the year after", lambda d: d.replace(year=d.year + 1, day=min(d.day, 28)).strftime("%d-%b-%Y")),
)
_GERMAN = ("Jan", "Feb", "Mrz", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez")


def _ending(day: int) -> str:
    return "th" if 10 < day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


for _name, _form in FORMS:
    for _kind, _heading, _column in DAYS:
        fault(f"{_kind}: days {_name}", _kind, _column, every(_heading, redated(_form)))


def _coarse(text: str) -> str:
    return (
        "Unknown"
        if text in ("", "Undisclosed", "Z Not Stated")
        else "White"
        if "hite" in text.lower()
        else "BME"
    )


def outline(heading: str) -> Callable[[Sheet, random.Random], None]:
    """As a pivot table prints it: sorted, each label once, blank below."""

    def spoil(sheet: Sheet, rng: random.Random) -> None:
        at = sheet.at(heading)
        sheet.rows.sort(key=lambda row: row[at])
        texts = [row[at] for row in sheet.rows]
        for row, above in zip(sheet.rows[1:], texts, strict=False):
            row[at] = "" if row[at] == above else row[at]

    return spoil


# --- labels that an encoding, a keyboard or a limit of length spoilt
LABELS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("a dash of another kind", lambda t: t.replace(" - ", " \u2013 ")),
    ("a dash decoded wrongly", lambda t: t.replace(" - ", " \u00e2\u20ac\u201c ")),
    ("a dash lost in encoding", lambda t: t.replace(" - ", " ? ")),
    ("spaces that do not break", lambda t: t.replace(" ", "\u00a0")),
    ("two spaces", lambda t: t.replace(" ", "  ")),
    ("cut after 12 characters", lambda t: t[:12]),
    ("in capitals", str.upper),
    ("the code behind with a bar", lambda t: f"{t[2:]} | {t[:1]}" if t[1:2] == " " else t),
    ("with an apostrophe before", lambda t: f"'{t}" if t else t),
    ("with mark-up", lambda t: f"<p>{t}</p>" if t else t),
    ("with &amp; and &#45;", lambda t: t.replace("-", "&#45;")),
    ("two answers with a semicolon", lambda t: f"{t}; {t}" if t else t),
    ("White, BME and not known only", lambda t: _coarse(t)),
)
for _name, _spoilt in LABELS:
    for _kind in ETHNIC:
        fault(f"{_kind}: ethnicity, {_name}", _kind, "ethnic_origin", every("Ethnic Origin", _spoilt))
for _kind in ETHNIC:
    for _name, _spoilt in (
        ("ESR's code in small letters", lambda t: t[:1].lower()), ("the letters of gender", lambda t: "F" if len(t) % 2 else "M"),
        ("one answer for everybody", lambda t: "A White - British" if t[1:2] == " " else "White - British"),
    ):  # fmt: skip
        fault(f"{_kind}: ethnicity, {_name}", _kind, "ethnic_origin", every("Ethnic Origin", _spoilt))
    fault(f"{_kind}: ethnicity written once", _kind, "ethnic_origin", outline("Ethnic Origin"))
    fault(
        f"{_kind}: nationality for ethnicity", _kind, "ethnic_origin",
        few("Ethnic Origin", ("British", "Indian", "Portuguese", "Irish", "Nigerian"), 0.5),
    )  # fmt: skip
    for _word in ("NULL", "#", "TBC", "nan", "None", "(blank)", "0"):
        fault(
            f"{_kind}: {_word} for no answer", _kind, "ethnic_origin",
            every("Ethnic Origin", lambda t, w=_word: w if t in ("", "Undisclosed", "Z Not Stated") else t),
        )  # type: ignore[misc]  # fmt: skip

# --- marks for yes, nothing for no
for _kind, _heading, _column in (
    ("trac_applications", "Shortlisted", "shortlisted"), ("trac_applications", "Appointed", "appointed"),
    ("training", "Mandatory", "is_mandatory"), ("board", "Voting", "is_voting"), ("board", "Executive", "is_executive"),
):  # fmt: skip
    for _name, _yes, _no in (
        ("a cross", "X", ""), ("a tick", "\u2713", "\u2717"), ("a count", "3", "0"), ("1.0 and 0.0", "1.0", "0.0"),
        ("-1 and 0", "-1", "0"), ("Oui and Non", "Oui", "Non"), ("the heading's word or nothing", "Yes - see file", ""),
    ):  # fmt: skip
        fault(
            f"{_kind}: {_column}, {_name}", _kind, _column,
            every(_heading, lambda t, y=_yes, n=_no: y if t == "Y" else n),
        )  # type: ignore[misc]  # fmt: skip


# --- values moved
def sorted_alone(heading: str) -> Callable[[Sheet, random.Random], None]:
    """One column sorted by itself, the others left."""

    def spoil(sheet: Sheet, rng: random.Random) -> None:
        at = sheet.at(heading)
        for row, value in zip(sheet.rows, sorted(row[at] for row in sheet.rows), strict=True):
            row[at] = value

    return spoil


def shifted(heading: str) -> Callable[[Sheet, random.Random], None]:
    """A cell deleted and those below moved up by one."""

    def spoil(sheet: Sheet, rng: random.Random) -> None:
        at = sheet.at(heading)
        values = [row[at] for row in sheet.rows]
        values = [*values[1:], ""]
        for row, value in zip(sheet.rows, values, strict=True):
            row[at] = value

    return spoil


def split_by_comma(heading: str) -> Callable[[Sheet, random.Random], None]:
    """A comma inside a cell that nobody quoted: the cells behind it stand one column to the right."""

    def spoil(sheet: Sheet, rng: random.Random) -> None:
        at = sheet.at(heading)
        for n in some(sheet, rng, 0.2):
            sheet.rows[n][at : at + 1] = [sheet.rows[n][at], " see note"]

    return spoil


def swapped(one: str, other: str) -> Callable[[Sheet, random.Random], None]:
    """The headings of two columns changed places."""

    def spoil(sheet: Sheet, rng: random.Random) -> None:
        a, b = sheet.at(one), sheet.at(other)
        sheet.headings[a], sheet.headings[b] = other, one

    return spoil


for _kind, _heading, _column in (
    ("trac_applications", "Date Applied", "date_applied"), ("trac_applications", "Application ID", "application_id"),
    ("training", "Employee Number", "employee_number"), ("esr_staff_list", "Employee Number", "employee_number"),
    ("esr_staff_list", "Staff Group", "staff_group"), ("board", "Role", "is_voting"),
):  # fmt: skip
    fault(f"{_kind}: a comma nobody quoted in {_heading}", _kind, "", split_by_comma(_heading))
for _kind, _one, _other, _column in (
    ("trac_applications", "Shortlisted", "Appointed", "shortlisted"), ("training", "Mandatory", "Completion Date", "completed"),
    ("esr_staff_list", "Staff Group", "Pay Scale", "staff_group"), ("staff_survey", "Percent", "Base", "percent"),
    ("employee_relations", "Case Type", "Case Reference", "case_type"),
    ("esr_staff_list", "Employee Number", "Ethnic Origin", "ethnic_origin"),
):  # fmt: skip
    fault(f"{_kind}: headings {_one} and {_other} swapped", _kind, "", swapped(_one, _other))


# --- rows that are no rows
def _total_row(sheet: Sheet, rng: random.Random) -> None:
    for place in (len(sheet.rows), len(sheet.rows) // 2):
        sheet.rows.insert(place, ["Total", *[""] * (len(sheet.headings) - 2), str(place)])


def _headings_again(sheet: Sheet, rng: random.Random) -> None:
    for place in range(len(sheet.rows), 0, -25):
        sheet.rows.insert(place, list(sheet.headings))


def _twice_over(sheet: Sheet, rng: random.Random) -> None:
    sheet.rows = [list(row) for row in (*sheet.rows, *sheet.rows)]


def _last_row_cut(sheet: Sheet, rng: random.Random) -> None:
    sheet.rows[-1] = sheet.rows[-1][: len(sheet.headings) // 2]


def _footer(sheet: Sheet, rng: random.Random) -> None:
    width = len(sheet.headings)
    sheet.rows.append(["End of report", *[""] * (width - 1)])
    sheet.rows.append([f"Rows: {len(sheet.rows)}", *[""] * (width - 1)])
    sheet.rows.append(["Filters: Trust = X01; Status <> 'Suspend'", *[""] * (width - 1)])


for _kind in (
    "esr_staff_list",
    "training",
    "trac_applications",
    "employee_relations",
    "staff_survey",
    "board",
):
    for _name, _spoil in (
        ("rows of totals", _total_row), ("its headings again on every page", _headings_again),
        ("every row twice", _twice_over), ("the last row cut short", _last_row_cut), ("a footer of the report", _footer),
    ):  # fmt: skip
        fault(f"{_kind}: {_name}", _kind, "", _spoil)

# --- numbers of people in other writing
for _kind in ("training", "employee_relations"):
    for _name, _change in (
        ("with spaces inside", lambda t: f"{t[:4]} {t[4:]}"), ("with a letter before", lambda t: f"E{t}"),
        ("filled up to ten digits", lambda t: t.zfill(10)), ("with a thousands comma", lambda t: f"{int(t):,}"),
        ("with the name behind", lambda t: f"{t} (Smith)"), ("cut to seven digits", lambda t: t[:7]),
    ):  # fmt: skip
        fault(f"{_kind}: numbers {_name}", _kind, "employee_number", every("Employee Number", _change))

# --- percentages in other writing
for _name, _change in (
    ("a dot in the middle", lambda t: t.replace(".", "\u00b7")), ("per cent in words", lambda t: f"{t} per cent"),
    ("in thousandths", lambda t: f"{float(t) * 10:.0f}"), ("without the decimal point", lambda t: t.replace(".", "")),
    ("with plus or minus", lambda t: f"{t} +/- 2"), ("as how many of the base", lambda t: f"{float(t):.0f}/100"),
    ("rounded to tens", lambda t: f"{round(float(t), -1):.0f}"),
    ("rounded to whole numbers", lambda t: f"{float(t):.0f}"), ("as counts of 90", lambda t: f"{float(t) * 0.9:.0f}"),
):  # fmt: skip
    fault(f"survey: percentages {_name}", "staff_survey", "percent", every("Percent", _change))
fault(
    "survey: bases with a thousands comma or a sign",
    "staff_survey",
    "base",
    few("Base", ("1,204", "n=210", "<11"), 0.3),
)

# --- stages and categories
fault(
    "trac_applications: withdrawn after the shortlist", "trac_applications", "stage",
    few("Current Stage", ("Withdrawn", "Shortlisting: Withdrawn", "Offer Withdrawn"), 0.2),
)  # fmt: skip
fault(
    "esr_staff_list: categories with a space behind or in lower case", "esr_staff_list", "assignment_category",
    every("Assignment Category", lambda t: f"{t.lower()} "),
)  # fmt: skip
fault(
    "esr_staff_list: statuses by their code", "esr_staff_list", "assignment_status",
    every("Assignment Status", lambda t: "1" if t.startswith("Active") else "2"),
)  # fmt: skip
fault(
    "esr_staff_list: bands as a spreadsheet's days", "esr_staff_list", "pay_scale",
    every("Pay Scale", lambda t: f"0{t[-1]}-May" if t[-1].isdigit() else t),
)  # fmt: skip
fault(
    "employee_relations: several types in one cell", "employee_relations", "case_type",
    every("Case Type", lambda t: f"{t}/Sickness"),
)  # fmt: skip


def _beside(sheets: dict[str, Sheet], kind: str, day: str) -> None:
    """The same file under an earlier day as well."""
    sheet = sheets[kind]
    sheets[f"{kind}_{day}"] = Sheet(f"{kind}_{day}", list(sheet.headings), [list(r) for r in sheet.rows])


def _same_list_a_year_before(body: Body, rng: random.Random) -> None:
    _beside(body.sheets, "esr_staff_list", "2020-03-31")


FAULTS.append(
    Fault("esr_staff_list: the same list as a year before", "esr_staff_list", "", FEEDS["esr_staff_list"], _same_list_a_year_before)
)  # fmt: skip


def _with_history(spoil: Callable[[Sheet, random.Random], None]) -> Callable[[Body, random.Random], None]:
    """A list of a year before stands in the folder, as it was; this year's is spoilt."""

    def apply(body: Body, rng: random.Random) -> None:
        _beside(body.sheets, "esr_staff_list", "2020-03-31")
        before, now = body.sheets["esr_staff_list_2020-03-31"], body.sheets["esr_staff_list"]
        ended, began = before.at("Termination Date"), before.at("Latest Start Date")
        before.rows = [
            row
            for row in before.rows
            if not row[ended] and ((day := as_day(row[began])) is None or day < date(2020, 4, 1))
        ]
        now.rows.append(list(now.rows[0][:9]) + ["", ""])
        now.rows[-1][1] += "-3"
        now.rows[-1][2] = "N"
        spoil(now, rng)

    return apply


for _heading, _column in (("Ethnic Origin", "ethnic_origin"), ("Employee Number", "employee_number")):
    for _name, _moved in (("sorted by itself", sorted_alone), ("moved up by one", shifted)):
        FAULTS.append(
            Fault(
                f"esr_staff_list: {_column} {_name}, beside a list of the year before", "esr_staff_list", _column,
                FEEDS["esr_staff_list"], _with_history(_moved(_heading)),
            )
        )  # fmt: skip


# --- what an export says of itself, or leaves out
def _cut_and_said(sheet: Sheet, rng: random.Random) -> None:
    said = "Exported data exceeded the allowed volume. Some data may have been omitted."
    sheet.rows = [*sheet.rows[: len(sheet.rows) // 2], [said, *[""] * (len(sheet.headings) - 1)]]


for _kind in ("esr_staff_list", "training", "trac_applications", "employee_relations"):
    fault(f"{_kind}: cut at the limit of the export, which says so", _kind, "", _cut_and_said)


def cut_at_a_thousand(sheet: Sheet, rng: random.Random) -> None:
    """Courses that count in no figure fill the file up, and it ends at the thousandth row."""
    numbers = [row[0] for row in sheet.rows]
    while len(sheet.rows) < 1200:
        at = rng.randrange(len(sheet.rows))
        sheet.rows.insert(at, [rng.choice(numbers), f"Fire {len(sheet.rows)}", "Y", sheet.rows[at][3]])
    sheet.rows = sheet.rows[:1000]


def not_attended(sheet: Sheet, rng: random.Random) -> None:
    """A booking that came to nothing stands there with the day of its course."""
    sheet.headings.append("Attendance Status")
    sheet.rows = [[*row, "Attended"] for row in sheet.rows]
    for at in some(sheet, rng):
        row = sheet.rows[at]
        sheet.rows.append([row[0], "Coaching", "N", row[3], "Did Not Attend"])


def vacant_seats(sheet: Sheet, rng: random.Random) -> None:
    """Seats that nobody holds stand among the members."""
    for n in range(2):
        sheet.rows.append([f"V{n}", "Vacant - Non-Executive Director", "Y", "N", "", "", ""])


def another_trusts_rows(sheet: Sheet, rng: random.Random) -> None:
    """A neighbour's people stand below, told apart by a column of the organisation alone."""
    sheet.headings.append("Organisation")
    rows = [[*row, "Own Trust"] for row in sheet.rows]
    others = [[f"77{row[0][2:]}", f"77{row[1][2:]}", *row[2:], "Neighbour Trust"] for row in sheet.rows[:20]]
    sheet.rows = [*rows, *others]


fault("training: cut at a thousand rows, in silence", "training", "", cut_at_a_thousand)
fault("training: bookings not attended, with the day of the course", "training", "", not_attended)
fault("board: vacant seats", "board", "", vacant_seats)
fault("esr_staff_list: another trust's people below", "esr_staff_list", "", another_trusts_rows)


# --- exports of other systems
def left_by_another_word(sheet: Sheet, rng: random.Random) -> None:
    """People who have left stand in the list, told by a column that no list of headings holds."""
    sheet.headings.append("Person Type")
    sheet.rows = [[*row, "Employee"] for row in sheet.rows]
    for n, at in enumerate(some(sheet, rng)):
        row = list(sheet.rows[at])
        row[0], row[1], row[-1] = f"78{row[0][2:]}", f"78{row[1][2:]}-{n}", "Ex-Employee"
        sheet.rows.append(row)


def day_or_nothing(sheet: Sheet, rng: random.Random) -> None:
    """Who was shortlisted has a day, who was not has nothing and stands at a stage that says no more."""
    flag, stage, day = (sheet.at(name) for name in ("Shortlisted", "Current Stage", "Date Applied"))
    for row in sheet.rows:
        row[flag], row[stage] = (row[day], row[stage]) if row[flag] == "Y" else ("", "Outcome")


def two_orders(sheet: Sheet, rng: random.Random) -> None:
    """Two exports, one below the other, the second with its columns turned round."""
    half = len(sheet.rows) // 2
    below = [list(reversed(row)) for row in (sheet.headings, *sheet.rows[half:])]
    sheet.rows = [*sheet.rows[:half], *below]


def of_a_table(sheet: Sheet, rng: random.Random) -> None:
    """Headings with the name of their table, as Power BI exports them."""
    sheet.headings = [f"Extract[{heading}]" for heading in sheet.headings]


fault(
    "trac_applications: the day of shortlisting or nothing, under stages that go on", "trac_applications", "shortlisted",
    day_or_nothing,
)  # fmt: skip
fault(
    "trac_applications: shortlisted before they applied", "trac_applications", "shortlisted",
    every("Shortlisted", lambda t: "12/05/2016" if t == "Y" else "N"),
)  # fmt: skip
fault(
    "esr_staff_list: people who start after the day", "esr_staff_list", "hire_date",
    few("Latest Start Date", ("12-APR-2021", "03-MAY-2021")),
)  # fmt: skip
fault(
    "esr_staff_list: people who left, by another word", "esr_staff_list", "assignment_status", left_by_another_word
)  # fmt: skip
for _kind in ("esr_staff_list", "trac_applications", "employee_relations", "board"):
    fault(f"{_kind}: two exports in two orders", _kind, "", two_orders)
for _kind in ("esr_staff_list", "training", "trac_applications", "staff_survey"):
    fault(f"{_kind}: headings with their table", _kind, "", of_a_table)
fault(
    "esr_staff_list: labels as a web page writes them", "esr_staff_list", "ethnic_origin",
    every("Ethnic Origin", lambda t: t.replace(" - ", " &#8211; ")),
)  # fmt: skip
fault(
    "esr_staff_list: labels in a wrong encoding", "esr_staff_list", "ethnic_origin",
    every("Ethnic Origin", lambda t: t.replace(" - ", " \u2013 ").encode().decode("cp1252")),
)  # fmt: skip
