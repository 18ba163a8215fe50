"""Putting a publication where it is published, signing it off, and its open data."""
