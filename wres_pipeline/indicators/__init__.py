"""The nine indicators and the race disparity ratios, as arithmetic on counts.

`counts.read` fills counts from the core tables; `compute` turns one organisation's counts into its figures.
"""

from wres_pipeline.indicators.computation import compute

__all__ = ["compute"]
