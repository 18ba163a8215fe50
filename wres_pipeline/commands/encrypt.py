"""`wres encrypt` and `wres decrypt`: the warehouse stored encrypted, and open again."""

from __future__ import annotations

import typer

from wres_pipeline import warehouse
from wres_pipeline.commands.exit_status import MADE, NOT_MADE
from wres_pipeline.encryption import key
from wres_pipeline.governance import audit_trail
from wres_pipeline.governance.rewriting import rewritten
from wres_pipeline.pipelines import warehouse_slot
from wres_pipeline.settings import Settings


def encrypt(settings: Settings) -> int:
    """Store the warehouse encrypted under the key of the environment, key file or key store; gives the exit status."""
    try:
        key.required()
    except key.KeyProblemError as error:
        typer.echo(f"wres: {error}", err=True)
        return NOT_MADE
    return _stored(settings, sealed=True)


def decrypt(settings: Settings) -> int:
    """Store the warehouse open again; gives the exit status."""
    return _stored(settings, sealed=False)


def _stored(settings: Settings, *, sealed: bool) -> int:
    place, word = settings.warehouse, "encrypted" if sealed else "open"
    if not place.exists():
        typer.echo("There is no warehouse yet: the first run makes it, encrypted where there is a key.")
        return MADE
    with warehouse_slot.hold(place, f"a change to {word}", typer.echo):
        with warehouse.connect(place):  # with its key, and the copies of a change that was killed go
            already = warehouse.is_sealed(place) == sealed
        if already:
            typer.echo(f"{place} is {word} already; nothing was changed.")
            return MADE
        rewritten(place, lambda con: None, sealed=sealed)
        audit_trail.append(settings.dagster_home, f"stored {word}", warehouse=place.name)
    if sealed:
        typer.echo(
            f"{place} is encrypted. Without the key nobody reads it, nor do you: keep the key apart from it and from its "
            "backups. What stood in it before may still be in the disk's free space, and in copies made before."
        )
    else:
        typer.echo(f"{place} is open: who can read the file can read the people in it.")
    return MADE
