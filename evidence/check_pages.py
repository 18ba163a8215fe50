"""`wres check` on faults of the corpus, as a user sees it.

Run: python -m evidence.check_pages; writes docs/evidence/check_pages.md.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.integration.extracts import faults_of_form, faults_of_rows, faults_refused  # noqa: F401 - they register
from tests.integration.extracts.clean_extracts import clean
from tests.integration.extracts.faults import CORPUS
from wres_pipeline.extracts.outcomes import checking
from wres_pipeline.reference.local import LocalMappings

REPORT = Path(__file__).parent.parent / "docs" / "evidence" / "check_pages.md"
SHOWN = (
    ("preamble of 14 lines with blank ones", "esr_staff_list"),
    ("utf16 tab text named csv", "trac_applications"),
    ("a heading nobody knows", "training"),
    ("an id in scientific notation", "esr_staff_list"),
    ("a label no list knows", "esr_staff_list"),
    ("a grand total row with thousand separators", "board"),
    ("a day that is not in the calendar", "employee_relations"),
    ("a needed heading misspelt", "esr_staff_list"),
    ("day and month in mixed order", "trac_applications"),
    ("another kind under this name", "employee_relations"),
    ("an xlsx with a password", "board"),
    ("a value with an unquoted delimiter", "provider_returns"),
)


def main() -> None:
    by_name = {fault.name: fault for fault in CORPUS}
    lines = [
        "# What `wres check` says",
        "",
        f"Command: `python -m evidence.check_pages`; 2026-11-24. The corpus of `tests/integration/sources` has {len(CORPUS)} named",
        f"faults, {sum(len(f.kinds) for f in CORPUS)} with the kinds each can befall; these are {len(SHOWN)} of them.",
    ]
    for name, kind in SHOWN:
        with tempfile.TemporaryDirectory() as scratch:
            page = checking.check_file(by_name[name].build(clean(kind), Path(scratch)), LocalMappings())
        lines += [
            "",
            f"## {name.capitalize()} (exit status {page.exit_status})",
            "",
            "```",
            page.as_text().rstrip(),
            "```",
        ]
    REPORT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(REPORT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
