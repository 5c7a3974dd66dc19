"""What a user can ask for: one verb a file, from inputs to a frozen result, whole or not at all.

The command line, the office and Python call these functions. No option is parsed here and nothing is printed.
"""
