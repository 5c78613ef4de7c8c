"""Folders named by the URI of a file system, as jobs behind the command line see them."""

from typing import TYPE_CHECKING

import pytest
from scaling.conftest import shards

if TYPE_CHECKING:
    from scaling.conftest import Job

pytest.importorskip(
    "pyarrow", reason="needs the 'parquet' extra: pip install 'classifier[parquet]'"
)


def test_a_folder_named_by_a_uri_holds_the_same(job: "Job") -> None:
    source = job.comments(2200)
    path, uri = job.folder / "path", f"file://{job.folder}/uri"
    assert job.run("score", source, "--output", path, "--workers", 1).code == 0
    done = job.run("score", source, "--output", uri, "--workers", 1)
    assert (done.code, done.complaints) == (0, (f"{uri}: 3 shards with 2200 replies written",))
    files = {file.name: file.read_bytes() for file in path.iterdir() if file.name != ".lock"}
    assert {file.name: file.read_bytes() for file in (job.folder / "uri").iterdir()} == files
    damaged = job.folder / "uri" / "shard-000001.jsonl"
    damaged.write_bytes(damaged.read_bytes()[:-7])
    (job.folder / "uri" / ".shard-000002.jsonl.0.part").write_bytes(b"begun by a run that ended")
    again = job.run("score", source, "--output", uri, "--workers", 1)
    assert again.complaints == (f"{uri}: 1 shards with 1000 replies written, 2 were done before",)
    assert shards(job.folder / "uri") == shards(path)
    assert not list((job.folder / "uri").glob("*.part"))


@pytest.mark.parametrize("uri", ["gopher://somewhere/folder", "s3://somebody:s3cret@"])
def test_an_unusable_uri_is_told_in_one_line_without_its_password(job: "Job", uri: str) -> None:
    told = job.run("score", job.comments(1), "--output", uri)
    assert (told.code, len(told.complaints)) == (2, 1)
    assert uri.partition(":")[0] in told.complaints[0]
    assert "s3cret" not in told.complaints[0]
