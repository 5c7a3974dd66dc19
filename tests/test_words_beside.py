"""Titles, degrees and unknown letters beside a name: the voter, or for a person; never refused for them."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from checked import run

WRITTEN = (
    ("OMALLEY,ROBERT,T", "Robert O'Malley, S.J.", "valid"),
    ("DALY,FRANCIS,", "Rev. Fr. Francis Daly SJ", "valid"),
    ("SWEENEY,COLIN,B", "Judge Colin Sweeney (Ret.)", "valid"),
    ("BRANNIGAN,LUKE,", "Luke Brannigan OFM Cap", "valid"),
    ("NGUYEN,HOA,THI", "Hon. Hoa Nguyen", "valid"),
    ("PHAM,LINH,THI", "Linh Thi Pham, PE", "valid"),
    ("PETERS,MARIA,", "Maria Peters RN MSN", "valid"),
    ("GRAVES,NORA,", "Pastor Nora Graves", "valid"),
    ("OKAFOR,ADA,", "Ada Okafor, D.O.", "valid"),
    ("JUDGE,AMOS,", "Amos Judge", "valid"),
    ("PA,RUTH,", "Ruth Ann Pa", "valid"),
    ("DO,HANH,THI", "Hanh Thi Do", "valid"),
    ("TRAN,VAN,DUC", "Van Duc Do", "unresolved"),
    ("KIMBROUGH,BEA,", "Bea Kimbrough, x.y.", "unresolved"),
    ("FOWLER,WENDELL,", "Zhk Wendell Fowler", "unresolved"),
    ("WILSON,DEAN, WILSON,ANN,", "Dean Ann Wilson", "unresolved"),
    ("SANTOS,MARIA, SANTOS,DON,", "Doña Maria Santos", "unresolved"),
    ("KING,MA, KING,REX,", "Rex King, MA", "unresolved"),
    ("GRANT,GENE, GRANT,SUE,", "Gen. Sue Grant", "unresolved"),
)
"""Voters of one home each, what one of them wrote, and what becomes of it."""


def test_words_beside_a_name_refuse_nobody(tmp_path: Path) -> None:
    voters = [
        f"{at}{'' if nth == 0 else '+'},{name},2001-02-03,active,{7 * at} Ash Rd,Reno,89501"
        for at, (names, _, _) in enumerate(WRITTEN, 1)
        for nth, name in enumerate(names.split())
    ]
    heading = "voter_id,last_name,first_name,middle_name,registration_date,status,address,city,zip"
    (tmp_path / "roll.csv").write_text("\n".join([heading, *voters]), "utf-8")
    run("roll", "build", tmp_path / "roll.csv", "--taken-on", "2026-06-30", "-o", tmp_path / "x.roll")
    lines = [f'1,{at},"{name}",{7 * at} Ash Rd,Reno,89501,2026-05-01' for at, (_, name, _) in enumerate(WRITTEN, 1)]
    (tmp_path / "lines.csv").write_text("\n".join(["sheet,line,name,address,city,zip,signed_on", *lines]), "utf-8")
    asked = ["--place", "us-ca", "--kind", "statute", "--on", "2026-06-30", "--required", "1", "-o", tmp_path / "out"]
    code, said = run("check", tmp_path / "lines.csv", "--roll", tmp_path / "x.roll", *asked)
    assert code == 0, said
    found = pl.read_csv(tmp_path / "out/lines.csv", infer_schema=False).select("line", "voter_id", "name", "outcome")
    assert found.rows() == [(str(at), str(at), name, outcome) for at, (_, name, outcome) in enumerate(WRITTEN, 1)]
