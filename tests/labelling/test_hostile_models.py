"""Model files that were made to harm are refused before they do; checksums do not count here."""

import io
import json
import shutil
import tracemalloc
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from classifier import ModelError
from classifier.checksums import write_checksums
from classifier.labelling.baseline import Baseline
from classifier.labelling.released import find_model
from classifier.splitting import split
from classifier.thread import Page

NAMES = ("vocabulary", "idf", "coefficients", "intercepts")


def npy(array: np.ndarray[tuple[int, ...], np.dtype[np.generic]]) -> bytes:
    stream = io.BytesIO()
    np.save(stream, array, allow_pickle=array.dtype == object)
    return stream.getvalue()


def zip_bomb() -> bytes:
    return npy(np.zeros(1_000_000))


def far_too_long() -> bytes:
    """A header that announces more than any memory holds."""
    written = npy(np.zeros(1))
    return written.replace(b"(1,)", b"(9999999999999,)"[:16].ljust(4))[: len(written)]


def objects() -> bytes:
    return npy(np.array([{"a": 1}], dtype=object))


def nothing() -> bytes:
    return b""


@pytest.mark.parametrize("content", [zip_bomb, far_too_long, objects, nothing])
@pytest.mark.parametrize("kind", ["baseline", "split"])
def test_archives_that_were_made_to_harm_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, content: Callable[[], bytes]
) -> None:
    monkeypatch.setattr("classifier.labelling.baseline._MOST_BYTES", 1_000_000)
    monkeypatch.setattr("classifier.splitting.model._MOST_BYTES", 1_000_000)
    page = Page(id="p", text="The council voted.\nNo.")
    load = partial(split, page, models=tmp_path) if kind == "split" else None
    if kind == "split":
        shutil.copytree(find_model("split"), tmp_path / "split")
        file = tmp_path / "split" / "tables.npz"
        members = zipfile.ZipFile(file).namelist()
    else:
        file = tmp_path / "baseline.skops"
        members = [f"{name}.npy" for name in NAMES]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in members:
            archive.writestr(member, content())
        schema = {"content": {name: {"file": f"{name}.npy"} for name in NAMES}}
        archive.writestr("schema.json", json.dumps(schema))
    if kind == "split":
        write_checksums(file.parent)
    tracemalloc.start()
    try:
        with pytest.raises(ModelError) as refused:
            load() if load else Baseline.load(file)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert "\n" not in str(refused.value)
    assert peak < 5_000_000 or content is far_too_long, "memory that is never there"


@pytest.mark.parametrize("name", ["../../secret.npy", "/etc/passwd", "missing.npy"])
def test_a_name_that_leads_out_of_an_archive_leads_nowhere(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.npy").write_bytes(npy(np.zeros(3)))
    file = tmp_path / "a" / "b" / "baseline.skops"
    file.parent.mkdir(parents=True)
    with zipfile.ZipFile(file, "w") as archive:
        schema = {"content": {each: {"file": name} for each in NAMES}}
        archive.writestr("schema.json", json.dumps(schema))
    with pytest.raises(ModelError, match="not a readable baseline"):
        Baseline.load(file)
