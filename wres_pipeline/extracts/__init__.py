"""Extracts as they arrive: read, landed whole as text, and what could not be used set aside with its
reason."""
