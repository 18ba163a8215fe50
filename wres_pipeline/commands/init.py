"""`wres init`: the first minute: an organisation in `wres.toml`, its folder of extracts, an example of a plan."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from importlib.resources import files
from pathlib import Path

import typer

from wres_pipeline import whole_file
from wres_pipeline.commands.exit_status import MADE, NOT_MADE
from wres_pipeline.reference import ods_codes

KINDS = (
    "NHS trust",
    "Integrated care board",
    "Independent provider",
    "Clinical commissioning group",
    "Other",
)


@dataclass(frozen=True, slots=True)
class Answers:
    """What is asked: the organisation's ODS code and name, its kind, the role that leads for it, whom to write to, its area."""

    code: str
    name: str
    kind: str
    board_lead: str
    author: str
    contact: str
    area: str


QUESTIONS: dict[str, tuple[str, str]] = {
    "code": ("ODS code of your organisation, such as RJ8", ""),
    "name": ("Its name, as it stands on a report", ""),
    "kind": (f"What it is ({', '.join(KINDS)})", KINDS[0]),
    "board_lead": ("Role that leads for the WRES on the board", "Chief People Officer"),
    "author": ("Team that makes the return", "Workforce Information Team"),
    "contact": ("Address readers can write to", ""),
    "area": ("Local authorities it serves, with commas between (may be left empty)", ""),
}


def ask(given: dict[str, str], *, may_ask: bool) -> Answers:
    """The answers: those given as options, else asked on a terminal, else the default of the question."""
    found = {}
    for name, (question, default) in QUESTIONS.items():
        answer = given.get(name, "")
        if not answer and may_ask:
            answer = str(typer.prompt(question, default=default, show_default=bool(default)))
        found[name] = (answer or default).strip()
    return Answers(**found)


def init(answers: Answers, folder: Path, extracts: Path) -> int:
    """Write the organisation's settings, folder and an example plan; nothing that is there already is changed."""
    if not ods_codes.is_code(answers.code):
        typer.echo(f"wres: not an ODS code: one is {ods_codes.SHAPE}", err=True)
        return NOT_MADE
    if not answers.name:
        typer.echo("wres: the organisation needs a name: --name 'Example NHS Trust'", err=True)
        return NOT_MADE
    file = folder / "wres.toml"
    old = file.read_text(encoding="utf-8") if file.exists() else _template("wres.toml.example")
    try:
        known = tomllib.loads(old).get("organisations", {})
    except tomllib.TOMLDecodeError as error:
        typer.echo(f"wres: {file}: {error}: put it right, then give this command again", err=True)
        return NOT_MADE
    if answers.code in known:
        typer.echo(f"{file}: {answers.code} is there already; left as it is")
    else:
        whole_file.write(file, f"{old.rstrip()}\n\n{_section(answers)}".encode())
        typer.echo(f"{file}: {answers.code} added; every other setting is explained there")
    home = extracts / answers.code
    home.mkdir(parents=True, exist_ok=True)
    (home / "mappings").mkdir(exist_ok=True)
    plan = folder / "actions.example.yaml"
    if not plan.exists():
        text = _template("actions.yaml.example").replace("<ODS>", answers.code)
        whole_file.write(plan, text.encode())
        typer.echo(f"{plan}: an example of an action plan; save yours as {home / 'actions.yaml'}")
        typer.echo(
            f"  (or fill in a Word form: wres form plan {answers.code} writes {home / 'actions.docx'})"
        )
    typer.echo(
        f"Next: wres add FILE… --organisation {answers.code}   (the exports of ESR and TRAC, named as they came)"
    )
    return MADE


def _section(answers: Answers) -> str:
    area = [part.strip() for part in answers.area.split(",") if part.strip()]
    lines = [f"[organisations.{answers.code}]"]
    for one in fields(Answers):
        value = getattr(answers, one.name)
        if one.name not in ("code", "area") and value:
            lines.append(f"{one.name} = {_quoted(value)}")
    if area:
        lines.append(f"residents_of = [{', '.join(_quoted(part) for part in area)}]")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A TOML string: what a person typed may hold quotes and backslashes, and no control character is kept."""
    plain = "".join(c for c in text if c.isprintable())
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _template(name: str) -> str:
    return files(__package__).joinpath("examples", name).read_text(encoding="utf-8")
