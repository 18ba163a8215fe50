"""From a pay scale as ESR, TRAC or NHS Jobs writes it to the WRES row it is counted in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from wres_pipeline.reference import tables
from wres_pipeline.reference.tables import fold

AFC, MEDICAL = "afc", "medical_and_dental"
_NO_LABELS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class PayBand:
    """A row of indicator 1 (`Band 8a`, `VSM`, `Consultants`) and its section, `afc` or
    `medical_and_dental`."""

    band: str
    section: str


def _bands(section: str) -> list[str]:
    found = [r for r in tables.rows("bands") if r["section"] == section and r["in_total"] == "yes"]
    return [r["band"] for r in sorted(found, key=lambda r: int(r["position"]))]


BANDS_BY_CLUSTER: dict[str, list[str]] = {
    "non_clinical": _bands(AFC),
    "clinical": _bands(AFC),
    "medical_and_dental": _bands(MEDICAL),
}
# A subset of Consultants and the rest: printed under them, never added to a total.
SENIOR_MEDICAL_MANAGER = next(r["band"] for r in tables.rows("bands") if r["in_total"] == "no")


def resolve(text: str | None, extra: Mapping[str, str] = _NO_LABELS) -> PayBand | None:
    """The band that a pay scale stands for, or None: unknown, blank, or known to need a local decision.

    Reads a label, a scale code, and ESR's `NHS|XR05|Review Body Band 5`, whose code and label must agree.
    """
    if text is None:
        return None
    if extra:
        text = extra.get(fold(text), text)
    return _resolve(fold(text))


@lru_cache(maxsize=16384)
def _resolve(key: str) -> PayBand | None:
    scales = _scales()
    if key in scales or "|" not in key:
        return scales.get(key)
    found = {scales[part] for part in key.split("|")[1:] if part in scales}
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=1)
def _scales() -> dict[str, PayBand | None]:
    return tables.by_label("pay_scales", lambda r: PayBand(r["band"], r["section"]) if r["band"] else None)


def tier(band: str) -> str | None:
    """`lower` (band 5 and below), `middle` (6, 7), `upper` (8a and above, VSM); None for medical rows
    [recalled]."""
    return _tiers().get(band)


@lru_cache(maxsize=1)
def _tiers() -> dict[str, str]:
    return {r["band"]: r["tier"] for r in tables.rows("bands") if r["tier"]}
