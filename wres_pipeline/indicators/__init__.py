"""The nine indicators and the race disparity ratios, as arithmetic on counts."""
