"""What a file is by its first bytes, when it is no table of text: said in the right words, with what to do."""

from __future__ import annotations

from ballotworthy.errors import Fault

SPREADSHEET = "Open it and save the sheet as CSV (UTF-8), then give that file"
EXTRA = f'{SPREADSHEET}; or install what reads spreadsheets: pip install "ballotworthy[excel]"'
UNPACK = "Unpack it and give the file inside; of several files, one at a time"
PAPER = (
    "Of sheets that were scanned read the scans first (`sheets read`) and give the folder; of a list ask for the table "
    "as CSV, or copy it into a spreadsheet and save that as CSV"
)
PICTURE = "Read scans of sheets first (`sheets read`) and give the folder; of a list ask for the table itself, as CSV"
KINDS = (
    (b"\x1f\x8b", "it is packed with gzip", UNPACK),
    (b"BZh", "it is packed with bzip2", UNPACK),
    (b"\xfd7zXZ\x00", "it is packed with xz", UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "it is packed with 7-Zip", UNPACK),
    (b"Rar!", "it is packed with RAR", UNPACK),
    (b"\x28\xb5\x2f\xfd", "it is packed with Zstandard", UNPACK),
    (b"\xd0\xcf\x11\xe0", "it is a spreadsheet or database of an old Office program", EXTRA),
    (b"%PDF", "it is a PDF", PAPER),
    (b"\x89PNG", "it is a picture", PICTURE),
    (b"\xff\xd8\xff", "it is a picture", PICTURE),
    (b"GIF87a", "it is a picture", PICTURE),
    (b"GIF89a", "it is a picture", PICTURE),
    (b"II*\x00", "it is a picture", PICTURE),
    (b"MM\x00*", "it is a picture", PICTURE),
    (b"SQLite format 3\x00", "it is a SQLite database", "Export the table of voters as CSV"),
    (b"\x00\x01\x00\x00Standard", "it is an Access database", "Export the table of voters as CSV"),
)
"""First bytes, what they say, and what to do: the signatures that these formats publish."""
ZIP = b"PK\x03\x04"


def no_table(data: bytes) -> Fault | None:
    """Give what is wrong with a file that is no table of text, or None."""
    for first, what, remedy in KINDS:
        if data.startswith(first):
            return Fault(None, None, what, remedy)
    if data.startswith(ZIP):
        head = data[:4096]
        if b"xl/" in head or b"[Content_Types].xml" in head:
            return Fault(None, None, "it is an Excel spreadsheet", EXTRA)
        if b"opendocument.spreadsheet" in head:
            return Fault(None, None, "it is an OpenDocument spreadsheet", EXTRA)
        return Fault(None, None, "it is a zip archive", UNPACK)
    if data[:200].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith((b"<!doctype html", b"<html", b"<table", b"<?xml")):
        return Fault(None, None, "it is a web page or XML, not a table", SPREADSHEET)
    return None
