"""The NHS Workforce Race Equality Standard (WRES) return, from extracts to publication."""

__version__ = "0.1.0"
