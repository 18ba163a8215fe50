"""Pages in the NHS.UK style that ask nothing of any other place and work without JavaScript.

Templates extend `layout.html.jinja`. The style sheets are vendored (see static/README.md) and written beside
the pages in `assets/`. The NHS logo is a trade mark and is not part of the header: an organisation adds its
own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from markupsafe import Markup, escape

from wres_pipeline import whole_file
from wres_pipeline.render.text import listed, printable, slug, true_minus

if TYPE_CHECKING:
    from jinja2 import Environment

STATIC = ("nhsuk-frontend-10.6.1.min.css", "NHSUK-FRONTEND-LICENCE.txt", "pages.css", "pages.js")
ASSETS = "assets"


class PrintedFor(Protocol):
    """Whose page or document it is: the organisation, the reporting year, the date and the marks it carries."""

    @property
    def organisation_name(self) -> str:
        """Its name, as the header has it."""

    @property
    def organisation_code(self) -> str:
        """Its ODS code."""

    @property
    def reporting_year(self) -> int:
        """The year of the return."""

    @property
    def markings(self) -> tuple[str, ...]:
        """Sentences every page must carry."""

    @property
    def dated(self) -> date:
        """The date it carries."""


@dataclass(frozen=True, slots=True)
class BreadcrumbItem:
    """One step of the breadcrumb: its words and its address, relative to the page."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class PageShell:
    """What stands around every page's content.

    Attributes:
        organisation: the name in the header.
        service: the second line of the header, the name of the publication.
        home: the address of the first page, relative to the page.
        markings: sentences every page must carry (invented people, draft, internal, incomplete).
        navigation: pages listed in the footer.
        footer: the last sentence of the footer.
    """

    organisation: str
    service: str
    home: str = "index.html"
    markings: tuple[str, ...] = ()
    navigation: tuple[BreadcrumbItem, ...] = ()
    footer: str = ""


def frame(context: PrintedFor, *, navigation: Sequence[BreadcrumbItem] = ()) -> PageShell:
    """The frame of a return's pages."""
    return PageShell(
        organisation=context.organisation_name,
        service=f"Workforce Race Equality Standard {context.reporting_year}",
        markings=context.markings,
        navigation=tuple(navigation),
        footer=f"{context.organisation_name} ({context.organisation_code}), dated {day(context.dated)}.",
    )


def day(value: Any) -> str:
    """A date as people write it: '31 March 2021'; '' for None."""
    return "" if value is None else f"{value.day} {value:%B} {value.year}"


def _set_in_type(value: Any) -> Any:
    """Text as it is printed, with true minus signs; markup, and what is not text, as it is."""
    return true_minus(value) if type(value) is str else value


@cache
def environment() -> Environment:
    """The Jinja environment of every page: everything escaped, a missing variable of ours is an error in
    tests.
    """
    from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader

    env = Environment(
        loader=ChoiceLoader(
            [
                PackageLoader("wres_pipeline.render", "templates"),
                PackageLoader("wres_pipeline.reports", "templates"),
                PackageLoader("nhsuk_frontend_jinja"),
            ]
        ),
        undefined=ChainableUndefined,  # nhsuk-frontend-jinja reads parameters that are not there
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_set_in_type,
    )
    env.filters.update(day=day, slug=slug, listed=listed, printable=printable)
    env.globals.update(table=table)
    return env


def table(
    caption: str,
    head: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    numeric: Sequence[int] = (),
    responsive: bool = False,
    size: str = "s",
) -> Markup:
    """The table of NHS.UK, as its own component prints it (a test holds the two against each other).

    `numeric` are the columns whose cells are aligned right; the first cell of a row is its header.
    `responsive` stacks the cells on a narrow screen. A page has thousands of cells: the component's macros took half the
    time of every page.
    """

    def role(name: str) -> str:
        return f' role="{name}"' if responsive else ""

    def cell(value: Any, column: int, element: str, more: str, heading: str = "") -> str:
        kind = "nhsuk-table__header" if element == "th" else "nhsuk-table__cell"
        aligned = f" {kind}--numeric" if column in numeric else ""
        return f'<{element} class="{kind}{aligned}"{more}>\n        {heading}{_printed(value, 8)}\n      </{element}>\n'

    def line(cells: Iterable[str]) -> str:
        return "".join(
            [
                f'    <tr class="nhsuk-table__row"{role("row")}>\n',
                *(f"      {one}" for one in cells),
                "    </tr>\n",
            ]
        )

    names = [*(_printed(name, 8) for name in head), *[""] * max((len(row) for row in rows), default=0)]
    spoken = [
        f'<span class="nhsuk-table__heading" aria-hidden="true">{name} </span>' if responsive else ""
        for name in names
    ]
    first, other = f' scope="row"{role("rowheader")}', role("cell")
    parts = [
        f'<table class="nhsuk-table{" nhsuk-table--responsive" if responsive else ""}"{role("table")}>\n'
    ]
    if caption:
        parts += [
            f'  <caption class="nhsuk-table__caption nhsuk-table__caption--{size}">\n    {_printed(caption, 4)}\n  </caption>\n'
        ]
    if head:
        top = [cell(name, n, "th", f' scope="col"{role("columnheader")}') for n, name in enumerate(head)]
        parts += [f'  <thead class="nhsuk-table__head"{role("rowgroup")}>\n', line(top), "  </thead>\n"]
    parts += ['  <tbody class="nhsuk-table__body">\n']
    for row in rows:
        parts += [
            line(
                cell(value, n, "td" if n else "th", other if n else first, spoken[n])
                for n, value in enumerate(row)
            )
        ]
    return Markup("".join([*parts, "  </tbody>\n</table>\n"]))  # noqa: S704 - what was given is escaped, cell by cell


def _printed(value: Any, indent: int) -> str:
    """What stands in a cell, escaped; lines after the first begin where it does, as the components of NHS.UK have it."""
    words = printable("" if value is None else str(value)) or "–"
    lines = str(escape(true_minus(words).strip())).splitlines() or [""]
    return "\n".join([lines[0], *(" " * indent + each if each else each for each in lines[1:])])


def render(
    template: str,
    context: PrintedFor | PageShell,
    path: Path,
    *,
    title: str,
    breadcrumb: Sequence[BreadcrumbItem] = (),
    navigation: Sequence[BreadcrumbItem] = (),
    **values: Any,
) -> Path:
    """Write one page and give its path.

    Args:
        template: name of a template in reports/templates that extends `layout.html.jinja`.
        context: the return's context (then also available to the template as `context`), or a frame.
        path: the page to write; replaced whole.
        title: the page's own title, its h1 and the first part of the browser's title.
        breadcrumb: the steps above this page, first one first; none on a first page.
        navigation: pages listed in the footer, when `context` is a return's context.
        values: everything else the template prints.
    """
    around = context if isinstance(context, PageShell) else frame(context, navigation=navigation)
    named: dict[str, Any] = {
        "frame": around,
        "title": title,
        "breadcrumb": tuple(breadcrumb),
        "assets": ASSETS,
    }
    if not isinstance(context, PageShell):
        named["context"] = context
    html = environment().get_template(template).render(**{**named, **values})
    return write_whole(path, html.encode("utf-8"))


def write_assets(folder: Path, extra: Mapping[str, bytes] | None = None) -> Path:
    """Write the style sheets and the script the pages of `folder` need into its `assets/`, and give that folder."""
    target = folder / ASSETS
    static = files(__package__) / "static"
    for name in STATIC:
        write_whole(target / name, (static / name).read_bytes())
    for name, content in (extra or {}).items():
        write_whole(target / name, content)
    return target


def write_whole(path: Path, content: bytes) -> Path:
    """Write a file beside its place and rename it, so that nobody ever reads half of one."""
    return whole_file.write(path, content)
