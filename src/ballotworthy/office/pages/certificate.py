"""What leaves the office: the certificate, and exports as the case's disclosure allows."""

from __future__ import annotations

import tempfile
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse

from ballotworthy.certificate import CERTIFICATE
from ballotworthy.office.models import HeldCase
from ballotworthy.office.rooms import case_of, entered
from ballotworthy.verbs.case_export import AUDIENCES, export_case


def paper(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> FileResponse:  # noqa: ARG001
    """Give the certificate that was signed last."""
    with entered(held) as room:
        pdf = room.folder / next(name for name in CERTIFICATE if name.endswith(".pdf"))
        if not case_of(held).standing.closed or not pdf.is_file():
            raise Http404
        return FileResponse(pdf.open("rb"), filename=f"{held.slug}-certificate.pdf")


def export(request: HttpRequest, held: HeldCase, may: frozenset[str], audience: str) -> HttpResponse:  # noqa: ARG001
    """Give the folder of an export as one ZIP file; never a name, an image or a secret key."""
    if audience not in AUDIENCES:
        raise Http404
    with tempfile.TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR) as made:
        folder, packed = Path(made) / "export", Path(made) / "export.zip"
        with entered(held) as room:
            export_case(room, folder, audience=audience)
        with ZipFile(packed, "w", ZIP_DEFLATED) as pack:
            for path in sorted(folder.iterdir()):
                pack.write(path, f"{held.slug}/{path.name}")
        answer = HttpResponse(packed.read_bytes(), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{held.slug}-{audience}.zip"'
    return answer
