"""Scans of sheets into lines: pages found by their marks, rows and cells, and what the recogniser sees in each.

Needs the extra `scan`; nothing of this room is imported by another verb.
"""
