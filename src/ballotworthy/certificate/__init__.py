"""A case folded to the signed paper: the certificate, the forms that places prescribe, the packets of challenges."""

from ballotworthy.certificate.files import CERTIFICATE, certificate_files
from ballotworthy.certificate.forms import form_of, forms_of
from ballotworthy.certificate.objections import (
    challenges_of,
    objections,
    objections_pdf,
    objections_table,
    objectors_of,
)
from ballotworthy.certificate.packet import packet_pdf, packet_rows, packet_table
from ballotworthy.certificate.paper import certificate_pdf, paper_data
from ballotworthy.certificate.replaced import Replaced, replaced_in, replaced_pdf

__all__ = [
    "CERTIFICATE",
    "Replaced",
    "certificate_files",
    "certificate_pdf",
    "challenges_of",
    "form_of",
    "forms_of",
    "objections",
    "objections_pdf",
    "objections_table",
    "objectors_of",
    "packet_pdf",
    "packet_rows",
    "packet_table",
    "paper_data",
    "replaced_in",
    "replaced_pdf",
]
