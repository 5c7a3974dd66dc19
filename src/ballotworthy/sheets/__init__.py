"""Petition sheets on paper: forms of places as data, marks by which a scan is found again, and their printing."""

from ballotworthy.sheets.foreign import ForeignForm, read_form
from ballotworthy.sheets.form import Cell, Form, form_of, plain_form, prescribed_form
from ballotworthy.sheets.measure_text import MeasureText, read_measure
from ballotworthy.sheets.printing import print_sheets

__all__ = [
    "Cell",
    "ForeignForm",
    "Form",
    "MeasureText",
    "form_of",
    "plain_form",
    "prescribed_form",
    "print_sheets",
    "read_form",
    "read_measure",
]
