"""Office files with the same bytes every time: they are zip archives that keep the hour they were made."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_DATES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


def same_bytes(content: bytes, dated: date) -> bytes:
    """The archive with one time on every member and `dated` as its day, the workbooks inside its charts included."""
    stamp = f"{dated.isoformat()}T00:00:00Z".encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            held = old.read(member.filename)
            if member.filename.endswith(".xlsx"):
                held = same_bytes(held, dated)
            elif member.filename == "docProps/core.xml":
                held = _DATES.sub(rb"\g<1>" + stamp + rb"\g<2>", held)
            stamped = zipfile.ZipInfo(member.filename, _ZIP_TIME)
            stamped.compress_type = zipfile.ZIP_DEFLATED
            stamped.external_attr = 0o600 << 16
            new.writestr(stamped, held)
    return out.getvalue()
