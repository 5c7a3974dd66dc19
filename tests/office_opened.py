"""A case of its own in the office under test, opened and filled as a manager does on the pages."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from office_site import fix_frame, name_register, take_in

if TYPE_CHECKING:
    from django.test import Client

    from office_site import Office

SEED = "31415926535897932384"
NEW = {
    "case": "2026/017 <b>", "office": "The county's office", "measure": "A measure & its <script>",
    "what": "zz-example initiative", "on": "2024-05-03", "disclosure": "public",
}  # fmt: skip
SLUG = "2026-017-b"


def new_case(office: Office) -> Client:
    manager = office.client("manager")
    assert manager.post("/cases/new", NEW).headers["Location"] == f"/cases/{SLUG}"
    return manager


def with_lines(office: Office, manager: Client) -> None:
    with (office.folder / "invented" / "lines.csv").open("rb") as file:
        assert take_in(manager, SLUG, {"file": file}).status_code == 302
    assert fix_frame(manager, SLUG) == 302
    assert name_register(manager, SLUG) == 302


def named_case(office: Office) -> Client:
    manager = new_case(office)
    with (office.folder / "invented" / "lines.csv").open("rb") as file:
        assert take_in(manager, SLUG, {"file": file}).status_code == 302
    assert fix_frame(manager, SLUG) == 302
    return manager


def given(name: str, content: bytes) -> io.BytesIO:
    file = io.BytesIO(content)
    file.name = name
    return file
