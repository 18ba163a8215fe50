"""Benchmarks, their results kept in docs/evidence/.

python -m benchmarks [NAME…]     every module that writes a page, or the named ones, with their own defaults
python -m benchmarks --list      the names
python -m benchmarks.NAME …      one module with options of its own
"""

from __future__ import annotations

import sys
from pathlib import Path

from evidence.running import run

if __name__ == "__main__":
    sys.exit(run(Path(__file__).parent, sys.argv[1:]))
