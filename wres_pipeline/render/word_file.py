"""Filling a Word template: everything escaped, the document's dates those of the report, the same
bytes every time.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime, time
from pathlib import Path
from typing import Any

from wres_pipeline.render.archive import same_bytes
from wres_pipeline.render.page import PrintedFor, write_whole
from wres_pipeline.render.text import printable, property_text


def fill(template: Path, fields: Mapping[str, Any], context: PrintedFor, title: str, path: Path) -> Path:
    """Write the template filled with `fields` to `path`, replaced whole, and give the path."""
    from docxtpl import DocxTemplate
    from jinja2.sandbox import SandboxedEnvironment

    document = DocxTemplate(str(template))  # may be a user's own: nothing but its fields is within its reach
    document.render(_printable(dict(fields)), jinja_env=SandboxedEnvironment(), autoescape=True)
    about = document.docx.core_properties
    about.title = property_text(title)
    about.author = property_text(context.organisation_name)
    about.last_modified_by = property_text(context.organisation_name)
    about.comments = property_text(" ".join(context.markings))
    about.language = "en-GB"
    about.revision = 1
    about.created = about.modified = datetime.combine(context.dated, time())
    written = io.BytesIO()
    document.save(written)
    return write_whole(path, same_bytes(written.getvalue(), context.dated))


def _printable(value: Any) -> Any:
    """The same fields without characters a Word file cannot hold."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: _printable(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_printable(one) for one in value]
    return value
