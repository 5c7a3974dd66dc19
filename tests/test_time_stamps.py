"""A published head stamped by an authority of time (RFC 3161), by the commands of docs/how-to/certify.md."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parent.parent / "docs"
OPENSSL = shutil.which("openssl")
pytestmark = pytest.mark.skipif(OPENSSL is None, reason="there is no openssl to stamp a head with")

AUTHORITY = """\
[req]
distinguished_name = name
prompt = no
[name]
CN = An authority of time that nobody trusts
[own]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign
[stamping]
basicConstraints = CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[tsa]
default_tsa = here
[here]
serial = serial
signer_cert = signer.pem
certs = authority.pem
signer_key = signer.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
"""


def openssl(words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    assert OPENSSL is not None
    return subprocess.run([OPENSSL, *words.split()], cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with an authority's keys and certificates, and the head of the example."""
    folder = tmp_path_factory.mktemp("authority")
    shutil.copy(DOCS / "example/case.record.head.json", folder)
    (folder / "tsa.cnf").write_text(AUTHORITY)
    (folder / "serial").write_text("01\n")
    for words in (
        "req -x509 -newkey ed25519 -keyout own.key -nodes -out authority.pem -days 2 -config tsa.cnf -extensions own",
        "req -newkey rsa:2048 -keyout signer.key -nodes -out signer.csr -config tsa.cnf",
        "x509 -req -in signer.csr -CA authority.pem -CAkey own.key -CAcreateserial -out signer.pem -days 2 "
        "-extfile tsa.cnf -extensions stamping",
    ):
        done = openssl(words, folder)
        assert done.returncode == 0, done.stderr
    return folder


def commands() -> list[str]:
    """Give the commands that the page tells, in order, without the word openssl."""
    return re.findall(r"(?m)^openssl (ts .+)$", (DOCS / "how-to/certify.md").read_text("utf-8"))


def test_a_head_is_stamped_and_its_stamp_verified_as_the_page_says(authority: Path) -> None:
    ask, check, show = commands()
    assert openssl(ask, authority).returncode == 0
    answer = "ts -reply -queryfile head.tsq -config tsa.cnf -out case.record.head.json.tsr"
    assert openssl(answer, authority).returncode == 0
    verified, told = openssl(check, authority), openssl(show, authority)
    assert (verified.returncode, "Verification: OK" in verified.stdout + verified.stderr) == (0, True)
    assert re.search(r"(?m)^Time stamp: \w+ +\d+ .* GMT$", told.stdout)
    head = authority / "case.record.head.json"
    as_it_was = head.read_bytes()
    head.write_bytes(as_it_was.replace(b'"seq":378', b'"seq":377'))
    assert head.read_bytes() != as_it_was
    failed = openssl(check, authority)
    head.write_bytes(as_it_was)
    assert failed.returncode == 1
    assert "message imprint mismatch" in failed.stderr
