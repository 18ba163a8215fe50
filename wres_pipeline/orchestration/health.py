"""How the service of an installation is: its Dagster home, the daemon, what was turned off, and the ways people are told by."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg

from wres_pipeline.governance import installation
from wres_pipeline.governance.installation import Found
from wres_pipeline.orchestration import recovery, telling
from wres_pipeline.orchestration.alerting import channels_of
from wres_pipeline.orchestration.home import FILE, prepare_home
from wres_pipeline.pipelines import warehouse_slot
from wres_pipeline.quality import alerts
from wres_pipeline.settings import Settings

STOPPED = "STOPPED"
"""The value Dagster gives the status of a schedule or sensor that somebody turned off."""
QUIET = 300.0
"""Seconds without a sign of the daemon after which it does not run."""


def at_work(settings: Settings) -> Iterator[Found]:
    """Who works at the warehouse now."""
    if warehouse_slot.is_held(settings.warehouse):
        yield Found("well", f"warehouse: in use by {warehouse_slot.holder(settings.warehouse)}")


def the_home(settings: Settings) -> Iterator[Found]:
    """The Dagster home: its settings, the daemon, what runs by itself, runs that hang or died."""
    if not (settings.dagster_home / FILE).exists():
        yield Found(
            "look",
            f"Dagster home: {settings.dagster_home} has no settings yet",
            "wres home, before services are started; commands make it by themselves",
        )
        return
    try:
        prepare_home(settings.dagster_home)
        with dg.DagsterInstance.get() as instance:
            found = [
                *_storage(instance),
                *_settings_of_home(settings, instance),
                *_dead(instance),
                *_daemon(instance),
            ]
    except OSError as error:
        yield Found(
            "wrong",
            f"Dagster home: {error.filename} cannot be used ({error.strerror})",
            f"as root: chown -R {installation.user()} {settings.dagster_home} && chmod -R u+rwX {settings.dagster_home}",
        )
    except Exception as error:  # noqa: BLE001 - Dagster says of a home it cannot use by many kinds
        yield installation.record_of_runs(error, settings.dagster_home) or Found(
            "wrong",
            f"Dagster home: {settings.dagster_home} cannot be used ({type(error).__name__})",
            f"mv {settings.dagster_home / FILE} {settings.dagster_home / FILE}.old; wres home, which writes the project's own",
        )
    else:
        yield from found


def _storage(instance: dg.DagsterInstance) -> Iterator[Found]:
    """Whether the storage is of the Dagster that is installed."""
    others = []
    for part in (instance.run_storage, instance.event_log_storage, instance.schedule_storage):
        has, needed = part.alembic_version() or (None, None)  # type: ignore[union-attr]
        if has != needed:
            others.append(f"{type(part).__name__} {has or 'of no version'}, needed {needed}")
    if others:
        yield Found(
            "wrong",
            f"Dagster home: its storage is of another version of Dagster ({'; '.join(others)})",
            f"stop the services; DAGSTER_HOME={instance.root_directory} dagster instance migrate; start them. Where that does not "
            "know the version, the storage is newer: install the newer code",
        )


def _settings_of_home(settings: Settings, instance: dg.DagsterInstance) -> Iterator[Found]:
    telemetry = instance.get_settings("telemetry") or {}
    if telemetry.get("enabled", True):
        yield Found(
            "wrong",
            "Dagster home: telemetry is on in services that use it",
            f"put `telemetry: {{enabled: false}}` into {settings.dagster_home / FILE}",
        )
    else:
        yield Found("well", f"Dagster home: {settings.dagster_home}, telemetry off")


def _dead(instance: dg.DagsterInstance) -> Iterator[Found]:
    if dead := recovery.dead_runs(instance):
        yield Found(
            "look",
            f"runs whose process is gone: {', '.join(run[:8] for run in dead)}",
            "they are ended by the next command, or the daemon within a minute",
        )


def _daemon(instance: dg.DagsterInstance) -> Iterator[Found]:
    beats = {
        part: status.last_heartbeat.timestamp if status.last_heartbeat else 0.0
        for part, status in instance.get_daemon_statuses().items()
    }
    last, now = max(beats.values()), time.time()
    still = [part.lower().replace("_", " ") for part, beat in beats.items() if now - beat > QUIET]
    if now - last > QUIET:
        yield Found(
            "look",
            f"daemon: {'was last seen ' + _moment(last) if last else 'has never run'}: nothing happens by itself",
            "wres ui, or systemctl start wres-daemon; no remedy needed where only commands are used",
        )
    elif still:
        yield Found(
            "wrong",
            f"daemon: it is at work, but gives no sign of: {', '.join(still)}",
            "systemctl restart wres-daemon, or stop wres ui and start it again",
        )
    else:
        yield Found("well", "daemon: at work")
    off = sorted(
        {state.instigator_name for state in instance.all_instigator_state() if state.status.value == STOPPED}
    )
    if off:
        yield Found(
            "look",
            f"turned off in the web UI: {', '.join(off)}",
            "turn them on there, under Automation, if that was not meant",
        )
    else:
        yield Found("well", "schedules and sensors: none was turned off")


def _moment(seconds: float) -> str:
    return time.strftime("%d %B %H:%M", time.localtime(seconds))


def channels(settings: Settings, *, send: bool = False) -> Iterator[Found]:
    """Who is told and by what; a way that fails, since when. send: try each with a message that says it is a trial."""
    ways = channels_of(settings)
    if not ways.ways:
        yield Found(
            "look",
            "channels: nobody is told when a run fails",
            "[alerts] of wres.toml; WRES_WEBHOOK_URL for Teams, Slack or both",
        )
        return
    if alerts.in_clear(ways):
        yield Found(
            "look", "channels: email leaves this machine in clear", "smtp_starttls = true, or smtp_port = 465"
        )
    failing = _failing(ways, send=send)
    for way in ways.ways:
        if way in failing:
            yield Found(
                "wrong",
                f"channel {way} fails: {failing[way]}",
                "put [alerts] right, then wres doctor --try-channels; what was not sent is sent by itself",
            )
        else:
            yield Found("well", f"channel {way}: {'a trial was sent' if send else 'no failure on record'}")


def _failing(ways: alerts.Channels, *, send: bool) -> dict[str, str]:
    """Way -> how it fails, by what is kept of it and, if a trial is sent, by that alone."""
    trial = alerts.Message("WRES: a trial", "wres doctor --try-channels was given. Nothing is wrong.")
    with _instance() as instance:
        failing = telling.failing_channels(instance, ways.ways)
        for way in ways.ways if send else ():
            failing.pop(way, None)
            try:
                alerts.send_by(way, ways, trial)
                telling.is_well(instance, way)
            except alerts.AlertNotSentError as error:
                failing[way] = str(error)
    return failing


@contextmanager
def _instance() -> Iterator[dg.DagsterInstance]:
    """The instance of the home, or one that keeps nothing where the home cannot be used, which is told of elsewhere."""
    try:
        instance = dg.DagsterInstance.get()
        instance.daemon_cursor_storage.get_cursor_values({telling.TOLD})
    except Exception:  # noqa: BLE001 - whatever keeps the home from being used
        instance = dg.DagsterInstance.ephemeral()
    with instance:
        yield instance
