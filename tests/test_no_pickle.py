"""No pickle is read, from the page to the report, and none is released."""

import json
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest
import skops.io
from unpickling import noticed_pickles

ROOT = Path(__file__).parents[1]
MODELS = ROOT / "models"
PAGE = ROOT / "data" / "fixture" / "harbour_tunnel.txt"
WHOLE_WAY = """
import sys
from unpickling import noticed_pickles

with noticed_pickles() as seen:
    from classifier import Scorer, read_threads
    from classifier.pipeline import report
    from classifier.reporting.html import html_page

    scorer = Scorer()
    for source in sys.argv[1:]:
        for thread in read_threads(source, keep_text=True):
            found = report(thread, scorer, targets=["the toll"], spans=True)
            assert found.thread.replies[0].baseline is not None
            assert "<html" in html_page([(found.thread, found.summary)])
print(sorted(set(seen)))
"""


def test_no_pickle_is_read_from_the_page_to_the_report(tmp_path: Path) -> None:
    comments = tmp_path / "comments.jsonl"
    comments.write_text(json.dumps({"text": "What a silly toll.", "id": "a"}) + "\n")
    thread = tmp_path / "thread.json"
    posts = [{"id": n, "username": "Ola", "cooked": "<p>No toll!</p>"} for n in range(2)]
    thread.write_text(json.dumps({"id": 1, "post_stream": {"posts": posts}}))
    done = subprocess.run(
        [sys.executable, "-c", WHOLE_WAY, str(PAGE), str(comments), str(thread)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}", "PATH": ""},
    )
    assert done.stderr == ""
    assert done.stdout == "[]\n"


def test_a_pickle_that_is_read_is_noticed(tmp_path: Path) -> None:
    np.save(tmp_path / "objects.npy", np.array([{1}], dtype=object), allow_pickle=True)
    with noticed_pickles() as seen:
        np.load(tmp_path / "objects.npy", allow_pickle=True)
    assert "load" in seen
    assert any("multiarray" in name for name in seen)


def test_what_is_released_loads_with_pickle_refused() -> None:
    archives = [*MODELS.glob("*/*.skops"), *MODELS.glob("*/*.npz")]
    assert len(archives) >= 4
    for file in archives:
        with ZipFile(file) as archive:
            names = archive.namelist()
            assert {Path(name).suffix for name in names} <= {".npy", ".json"}, file
            for name in names:
                if name.endswith(".npy"):
                    with archive.open(name) as stream:
                        np.lib.format.read_array(stream, allow_pickle=False)
    for file in (file for file in MODELS.rglob("*") if file.is_file()):
        assert file.suffix in {".json", ".md", ".npz", ".onnx", ".skops", ""}
        assert file.read_bytes()[:1] != b"\x80", "a pickle begins so"


@pytest.mark.parametrize("name", [file.parent.name for file in MODELS.glob("*/baseline.skops")])
def test_baselines_hold_no_type_that_skops_distrusts(name: str) -> None:
    file = MODELS / name / "baseline.skops"
    with noticed_pickles() as seen:
        assert skops.io.get_untrusted_types(file=file) == []
        skops.io.load(file, trusted=[])
    assert seen == []
