"""What writing the invented organisations costs: time, files, bytes, rows and peak memory of each preset.

    python -m evidence.synthetic_presets [--largest 1500000]

Writes docs/evidence/synthetic_presets.md. Each preset has a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from wres_pipeline.synthetic import write_sample

REPORT = Path(__file__).parents[1] / "docs" / "evidence" / "synthetic_presets.md"
NATIONS = (150_000, 500_000, 1_500_000)


def measure(preset: str, scale: int | None) -> dict[str, Any]:
    """Write one preset to a folder that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="wres-evidence-") as folder:
        started = time.perf_counter()
        written = write_sample(Path(folder), preset, scale=scale)
        seconds = time.perf_counter() - started
        processor = time.process_time()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        lists = [p for p in written if p.name.startswith("esr_staff_list") and p.suffix == ".csv"]
        rows = sum(path.read_bytes().count(b"\n") - 1 for path in lists)
        return {
            "preset": preset if scale is None else f"{preset} of {scale:,}",
            "wall seconds": round(seconds, 1),
            "processor seconds": round(processor, 1),
            "files": len(written),
            "megabytes": round(sum(path.stat().st_size for path in written) / 1e6),
            "assignments in CSV": rows,
            "peak MB": round(peak),
        }


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure every preset and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--largest", type=int, default=NATIONS[-1])
    parser.add_argument("--only", nargs=2, metavar=("PRESET", "SCALE"))
    asked = parser.parse_args(arguments)
    if asked.only:
        print(json.dumps(measure(asked.only[0], int(asked.only[1]) or None)))
        return 0
    wanted = [("sample", 0), ("acute", 0), *(("nation", size) for size in NATIONS if size <= asked.largest)]
    found = []
    for preset, scale in wanted:
        command = [sys.executable, "-m", "evidence.synthetic_presets", "--only", preset, str(scale)]
        found.append(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
    lines = [
        "# Writing the invented organisations",
        "",
        "`python -m evidence.synthetic_presets`, 2026-11-24, "
        f"{os.cpu_count()} cores, 24 GiB, beside other work.",
        "",
        "| " + " | ".join(found[0]) + " |",
        "|" + "---|" * len(found[0]),
        *(
            "| " + " | ".join(f"{v:,}" if isinstance(v, int) else str(v) for v in row.values()) + " |"
            for row in found
        ),
    ]
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines[4:]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
