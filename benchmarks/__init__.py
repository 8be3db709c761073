"""Measurements of single stages, run by hand: how well, on what."""
