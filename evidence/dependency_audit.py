"""Known weaknesses of the packages of `requirements.lock`, and the bill of materials: `python -m evidence.dependency_audit`.

pip-audit asks the package index for the advisories of each pinned version and writes the bill as CycloneDX. Where the index
cannot be reached, the audit is skipped and says so: a check that fails for want of a network would be switched off.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCK, BILL = ROOT / "requirements.lock", ROOT / "build" / "sbom.cyclonedx.json"
UNREACHABLE = (
    "connect",
    "resolve",
    "timed out",
    "unreachable",
    "proxy",
    "ServiceError",
    "Max retries",
    "403",
    "404",
    "502",
    "503",
)
WAIT_SECONDS = 300


def audit() -> tuple[int, str]:
    """(exit status, what to say): 0 for nothing found and for an audit that could not be made, 1 for a known weakness."""
    if importlib.util.find_spec("pip_audit") is None:
        return (
            0,
            "dependency audit skipped: pip-audit is not installed (it is one of the packages for development)",
        )
    BILL.parent.mkdir(exist_ok=True)
    command = [
        sys.executable, "-m", "pip_audit", "--requirement", str(LOCK), "--disable-pip", "--require-hashes",
        "--format", "cyclonedx-json", "--output", str(BILL), "--progress-spinner", "off",
    ]  # fmt: skip
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=WAIT_SECONDS)
    except subprocess.TimeoutExpired:
        return 0, f"dependency audit skipped: no answer from the package index in {WAIT_SECONDS} s"
    told = done.stderr.strip().splitlines()
    if done.returncode == 0:
        return 0, f"no known weakness in {LOCK.name}; the bill of materials is {BILL.relative_to(ROOT)}"
    if "vulnerabilit" in done.stderr:
        return 1, "\n".join([*told[-40:], f"the bill of materials is {BILL.relative_to(ROOT)}"])
    if any(sign.casefold() in done.stderr.casefold() for sign in UNREACHABLE):
        return (
            0,
            f"dependency audit skipped: the package index cannot be asked ({told[-1][:200] if told else 'no words'})",
        )
    return 1, "\n".join(["the dependency audit itself failed:", *told[-10:]])


if __name__ == "__main__":
    status, words = audit()
    print(words)
    sys.exit(status)
