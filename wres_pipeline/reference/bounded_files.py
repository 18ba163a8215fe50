"""JSON and YAML of files anybody may have written, read within bounds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

LARGEST_JSON = 20_000_000
"""Bytes of a file that is read. [ours]"""


class BoundedJsonError(ValueError):
    """It is no JSON that the pipeline writes."""


def parse(text: str) -> Any:
    """The value of a JSON text. Raises BoundedJsonError also for one nested too deep, a number that is none, and letters no file
    may hold."""
    try:
        found = json.loads(text, parse_constant=_no_number)
        json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise BoundedJsonError(str(error)[:200]) from None
    return found


def load_json(place: Path) -> Any:
    """The value of a JSON file. Raises BoundedJsonError, and FileNotFoundError where there is none."""
    try:
        with place.open("rb") as content:
            held = content.read(LARGEST_JSON + 1)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise BoundedJsonError(f"it is no file that can be read ({type(error).__name__})") from None
    if len(held) > LARGEST_JSON:
        raise BoundedJsonError(f"it is larger than {LARGEST_JSON:,} bytes")
    try:
        return parse(held.decode())
    except UnicodeDecodeError:
        raise BoundedJsonError("it is not UTF-8") from None


def _no_number(text: str) -> Any:
    raise BoundedJsonError(f"{text} is no number")


LARGEST_YAML = 1_000_000
"""Bytes; a plan of a hundred actions has about 50,000. [ours]"""
DEEPEST = 12
MOST_NODES = 50_000


class LinedMapping(dict[Any, Any]):
    """A mapping of the file that knows in which line it begins, and in which each of its fields stands."""

    line: int = 0
    lines: dict[str, int]

    def line_of(self, field: str) -> int:
        """The line of a field, else that of the mapping."""
        return self.lines.get(field, self.line)

    def place_of(self, field: str) -> str:
        """The line in words."""
        return f"line {self.line_of(field)}"

    def named(self, field: str) -> str:
        """A field is called by its own name."""
        return field


_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as quick, where libyaml is there


class _Loader(_SafeLoader):
    pass


def _mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> Iterator[LinedMapping]:
    made = LinedMapping()
    made.line = node.start_mark.line + 1
    made.lines = {
        key.value: key.start_mark.line + 1 for key, _ in node.value if isinstance(key, yaml.ScalarNode)
    }
    yield made
    made.update(loader.construct_mapping(node))


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


class BoundedYamlError(ValueError):
    """A text that is no YAML, or more than a file kept by hand can be; says where, never what stands there."""


def load_yaml(content: bytes | str) -> Any:
    """The document. Raises BoundedYamlError: too large, too deep, an alias, no YAML, an impossible date or number."""
    if len(content) > LARGEST_YAML:
        raise BoundedYamlError(f"larger than {LARGEST_YAML:,} bytes; a file kept by hand is far smaller")
    try:
        text = content if isinstance(content, str) else content.decode("utf-8-sig")
        _look_through(text)
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader that remembers lines
    except UnicodeDecodeError as error:
        raise BoundedYamlError("not in UTF-8; save it again as UTF-8") from error
    except yaml.YAMLError as error:
        place = getattr(_as_python_reads(text) or error, "problem_mark", None)
        where = f"line {place.line + 1}: " if place is not None else ""
        tabs = ", which is made of blanks: no tab may stand there" if "\t" in text else ""
        raise BoundedYamlError(
            f"{where}not a YAML file that can be read; check the indentation{tabs}"
        ) from None
    except (ValueError, OverflowError, RecursionError) as error:
        if isinstance(error, BoundedYamlError):
            raise
        raise BoundedYamlError(
            "holds a date that is not in the calendar, or a number that is too long; put every such value in quotation marks "
            "to be told which it is"
        ) from None


def _as_python_reads(text: str) -> yaml.YAMLError | None:
    """What is wrong with a text: libyaml is often a line too far, so the slow reader is asked where."""
    try:
        for _ in yaml.parse(text, Loader=yaml.SafeLoader):
            pass
    except yaml.YAMLError as error:
        return error
    return None


def _look_through(text: str) -> None:
    depth = nodes = 0
    for event in yaml.parse(text, Loader=_SafeLoader):
        where = f"line {event.start_mark.line + 1}: " if event.start_mark else ""
        if isinstance(event, yaml.AliasEvent):
            raise BoundedYamlError(f"{where}a value that begins with * stands for another; write it out")
        nodes += isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise BoundedYamlError(f"{where}nested more than {DEEPEST} deep")
        if nodes > MOST_NODES:
            raise BoundedYamlError(f"{where}more than {MOST_NODES:,} values")
