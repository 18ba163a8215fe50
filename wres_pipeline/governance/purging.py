"""A purge as a command and a monthly job make it: what is due is told, and taken out where that is asked for."""

from __future__ import annotations

from datetime import date

from wres_pipeline import warehouse
from wres_pipeline.governance import audit_trail, committed_files, retention
from wres_pipeline.settings import Settings

TAKEN_OUT = "Taken out; the database file was written anew, so that nothing of it is left in its bytes."


def purge(settings: Settings, today: date, *, really: bool) -> list[str]:
    """What has been kept longer than the settings allow on `today`, in lines that name nobody; none for nothing.

    really: take it out, and note it in the audit trail. Raises CommittedFilesError, also where it is only shown, before a
    file that is committed to a git checkout would go.
    """
    if not settings.warehouse.exists():
        return []
    with warehouse.connect(settings.warehouse, patience=warehouse.PATIENCE) as con:
        wanted = retention.due(con, settings.retention, today)
    told = retention.account(settings, wanted, today)
    if not told:
        return []
    committed_files.refuse(settings.retention, retention.files_of(settings, wanted, today))
    if not really:
        return told
    gone = retention.purge(settings, wanted, today)
    audit_trail.append(
        settings.dagster_home, "purged", deliveries=len(wanted), files=len(gone), as_on=today.isoformat()
    )
    return [*told, TAKEN_OUT]
