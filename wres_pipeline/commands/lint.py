"""`wres lint`: mistakes that a published WRES page, workbook or CSV shows by itself."""

from __future__ import annotations

from pathlib import Path

import typer


def lint(places: list[Path]) -> int:
    """Print what was found in each file or folder; the status is 0 nothing, 1 something, 2 a file that cannot be read."""
    from wres_pipeline import lint as rules

    found = 0
    for place in places:
        try:
            if not place.exists():
                raise rules.UnreadablePage(f"{place}: there is no such file")
            findings = rules.lint_folder(place) if place.is_dir() else rules.lint_file(place)
        except rules.UnreadablePage as error:
            typer.echo(f"wres: {error}", err=True)
            return 2
        found += len(findings)
        typer.echo(f"{place}: {len(findings) or 'nothing'} found")
        for one in findings:
            expected = f", expected {one.expected}" if one.expected else ""
            typer.echo(
                f"  {rules.RULES[one.rule]}\n    {one.place}: found {one.found}{expected}. {one.words}"
            )
    return 1 if found else 0
