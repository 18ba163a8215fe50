"""The NHS Workforce Race Equality Standard (WRES) return, from extracts to publication.

For programs: `wres_pipeline.figures(...)` reads the figures as a data frame, and `wres_pipeline.definitions.defs` holds the
Dagster definitions, to be merged with a team's own (docs/extending.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wres_pipeline.commands.figures import frame as figures

__all__ = ["__version__", "figures"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name == "figures":  # when it is asked for: pandas takes a second
        from wres_pipeline.commands.figures import frame

        return frame
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
