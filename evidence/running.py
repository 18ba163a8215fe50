"""Runs the modules of a folder of long evidence by name, each in a process of its own with its own defaults."""

from __future__ import annotations

import ast
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path


def found(folder: Path) -> dict[str, str]:
    """Every module of the folder that can be run -> the first line of what it says of itself."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py"))}
    return {
        name: (ast.get_docstring(ast.parse(text)) or "").partition("\n")[0]
        for name, text in texts.items()
        if "\nif __name__ ==" in text and name != "__main__"
    }


def writes_a_page(folder: Path, name: str) -> bool:
    """Whether the module keeps its result as docs/evidence/<name>.md; one that does not runs only when named."""
    return f"docs/evidence/{name}.md" in (folder / f"{name}.py").read_text(encoding="utf-8")


def run(folder: Path, arguments: Sequence[str]) -> int:
    """Run the named modules, or every one that writes a page; `--list` names them. Gives the exit status:
    0 all ran well, 1 one did not, 2 a name nobody knows."""
    known = found(folder)
    if "--list" in arguments:
        for name, says in known.items():
            print(f"{name:24} {says}{'' if writes_a_page(folder, name) else ' (only when named)'}")
        return 0
    unknown = [name for name in arguments if name not in known]
    if unknown:
        print(f"{folder.name}: there is no {', '.join(unknown)}; known: {', '.join(known)}", file=sys.stderr)
        return 2
    failed = []
    for name in arguments or [name for name in known if writes_a_page(folder, name)]:
        print(f"{folder.name}.{name} …", flush=True)
        started = time.monotonic()
        status = subprocess.call([sys.executable, "-m", f"{folder.name}.{name}"], cwd=folder.parent)
        print(f"{folder.name}.{name}: status {status}, {time.monotonic() - started:,.0f} s", flush=True)
        if status:
            failed.append(name)
    if failed:
        print(f"{folder.name}: did not end well: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0
