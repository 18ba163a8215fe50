"""`wres doctor`: what is wrong with an installation, each with its remedy. Nothing is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import typer

from wres_pipeline.governance import installation
from wres_pipeline.governance.installation import Found, Grade
from wres_pipeline.settings import Settings

MARKS: dict[Grade, str] = {"well": "ok   ", "look": "look ", "wrong": "WRONG"}


def examine(settings: Settings, *, try_channels: bool = False) -> int:
    """Print everything that was looked at; gives 0 for all well, 1 for something to look at, 2 for something wrong."""
    from wres_pipeline.orchestration import health

    looks: list[Callable[[], Iterator[Found]]] = [
        installation.versions,
        lambda: installation.folders(settings),
        lambda: installation.written_to(settings),
        lambda: installation.clock(settings),
        lambda: installation.disk(settings),
        lambda: installation.key_and_warehouse(settings),
        lambda: installation.encryption(settings),
        lambda: health.at_work(settings),
        lambda: installation.the_warehouse(settings),
        lambda: health.the_home(settings),
        lambda: health.channels(settings, send=try_channels),
    ]
    worst = 0
    for look in looks:
        for found in _looked(look):
            typer.echo(f"{MARKS[found.grade]} {found.words}")
            if found.remedy:
                typer.echo(f"        What to do: {found.remedy}")
            worst = max(worst, list(MARKS).index(found.grade))
    return worst


def _looked(look: Callable[[], Iterator[Found]]) -> Iterator[Found]:
    """What a look finds; one that cannot be carried through is found wrong itself, and keeps nothing from the others."""
    try:
        yield from look()
    except PermissionError as error:
        remedy = f"as root: give it to the user of the pipeline: chown {installation.user()} {error.filename}"
        yield Found("wrong", f"{error.filename} may not be read by this user", remedy)
    except Exception as error:  # noqa: BLE001 - a broken installation breaks anywhere
        what = next(iter(str(error).splitlines()), "")
        yield Found(
            "wrong",
            f"a look was broken off by {type(error).__name__}: {what}",
            "put right what else is told here, then wres doctor again; where nothing else is, tell us",
        )
