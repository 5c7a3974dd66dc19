"""The risk-limiting check of a petition: planned beforehand, run beside the statutory sample, told by rulings.

Its files are imported one by one: what is told of a line must not wait for what reads tables or compiles.
"""
