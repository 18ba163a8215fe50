"""Filling a Word template: everything escaped, the document's dates those of the report, the same
bytes every time.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime, time
from pathlib import Path
from typing import Any

from wres_pipeline.render.page import PrintedFor, write_whole
from wres_pipeline.render.text import printable

_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def fill(template: Path, fields: Mapping[str, Any], context: PrintedFor, title: str, path: Path) -> Path:
    """Write the template filled with `fields` to `path`, replaced whole, and give the path."""
    from docxtpl import DocxTemplate

    document = DocxTemplate(str(template))
    document.render(_printable(dict(fields)), autoescape=True)
    about = document.docx.core_properties
    about.title = title
    about.author = context.organisation_name
    about.last_modified_by = context.organisation_name
    about.comments = " ".join(context.markings)
    about.language = "en-GB"
    about.revision = 1
    about.created = about.modified = datetime.combine(context.dated, time())
    written = io.BytesIO()
    document.save(written)
    return write_whole(path, _same_bytes(written.getvalue()))


def _printable(value: Any) -> Any:
    """The same fields without characters a Word file cannot hold."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: _printable(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_printable(one) for one in value]
    return value


def _same_bytes(content: bytes) -> bytes:
    """The same archive with a fixed time on every member: a .docx is a zip file, which keeps the hour it was
    made.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            stamped = zipfile.ZipInfo(member.filename, _ZIP_TIME)
            stamped.compress_type = zipfile.ZIP_DEFLATED
            stamped.external_attr = 0o600 << 16
            new.writestr(stamped, old.read(member.filename))
    return out.getvalue()
