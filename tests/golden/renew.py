"""Write the kept figures of the sample anew: python -m tests.golden.renew

Run it when the sample or a definition was changed on purpose; `git diff tests/golden` then shows what the change does to
the figures, and CHANGELOG.md says why.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests import annual_run
from tests.golden import compared


def main() -> None:
    """One run of the annual job on the sample; every kept file is replaced."""
    with tempfile.TemporaryDirectory(prefix="golden-") as scratch:
        made = annual_run.make(annual_run.SAMPLE, Path(scratch))
        if made.status == annual_run.NOT_MADE:
            raise SystemExit(made.printed)
        for table in compared.TABLES:
            for organisation in annual_run.SAMPLE_ORGANISATIONS:
                for year in annual_run.SAMPLE_YEARS:
                    lines = compared.read(made.warehouse, table, organisation, year)
                    place = compared.file_of(table, organisation, year)
                    place.write_text("\n".join(lines) + "\n", encoding="utf-8")
                    print(f"{place.name}: {len(lines) - 1} figures")


if __name__ == "__main__":
    main()
