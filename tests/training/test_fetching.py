import hashlib
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from classifier.training.fetching import fetch
from classifier.training.sources import Source, SourceFile

NOTE = b"a note of our own\n"
TABLE = b"text,label\nfine,1\n"


@pytest.fixture
def publisher(tmp_path: Path) -> Iterator[str]:
    """A local server that publishes two files."""
    folder = tmp_path / "published"
    folder.mkdir()
    (folder / "note.txt").write_bytes(NOTE)
    (folder / "table.csv").write_bytes(TABLE)

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def corpus(*files: SourceFile) -> list[Source]:
    return [Source(name="own", title="Own", licence="CC0-1.0", permissive=True, files=files)]


def registered(name: str, content: bytes, *, url: str | None = None) -> SourceFile:
    return SourceFile(
        path=f"own/{name}",
        bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        url=url,
        derived=None if url else "put together",
        origin=() if url else ("someone/else@1:raw",),
    )


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_files_are_fetched_once_and_checked(publisher: str, tmp_path: Path) -> None:
    wanted = corpus(
        registered("note.txt", NOTE, url=f"{publisher}/note.txt"),
        registered("table.csv", TABLE, url=f"{publisher}/table.csv"),
    )
    folder = tmp_path / "corpora"
    done: list[int] = []
    assert [each.outcome for each in fetch(wanted, folder, advance=done.append)] == ["fetched"] * 2
    assert files_in(folder) == {"own/note.txt": NOTE, "own/table.csv": TABLE}
    assert done == [len(NOTE), len(TABLE)]
    (tmp_path / "published" / "note.txt").unlink()
    assert [each.outcome for each in fetch(wanted, folder)] == ["present"] * 2


def test_a_file_that_was_changed_here_is_fetched_again(publisher: str, tmp_path: Path) -> None:
    wanted = corpus(registered("note.txt", NOTE, url=f"{publisher}/note.txt"))
    folder = tmp_path / "corpora"
    (folder / "own").mkdir(parents=True)
    (folder / "own" / "note.txt").write_bytes(NOTE[::-1])
    assert [each.outcome for each in fetch(wanted, folder)] == ["fetched"]
    assert files_in(folder) == {"own/note.txt": NOTE}


def test_what_a_publisher_has_changed_is_not_taken(
    publisher: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    wanted = corpus(registered("note.txt", b"as it was\n", url=f"{publisher}/note.txt"))
    folder = tmp_path / "corpora"
    (each,) = fetch(wanted, folder)
    assert each.outcome == "failed"
    assert each.problem == (
        f"{publisher}/note.txt: is not the registered file: its checksum differs"
    )
    assert files_in(folder) == {}


def test_a_file_that_is_gone_is_told_and_the_rest_is_fetched(
    publisher: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    wanted = corpus(
        registered("gone.txt", NOTE, url=f"{publisher}/gone.txt"),
        registered("table.csv", TABLE, url=f"{publisher}/table.csv"),
    )
    gone, table = fetch(wanted, tmp_path / "corpora")
    assert gone.outcome == "failed"
    assert gone.problem == f"{publisher}/gone.txt: cannot be fetched: File not found"
    assert table.outcome == "fetched"


def test_a_derived_file_says_what_it_was_made_from(tmp_path: Path) -> None:
    (each,) = fetch(corpus(registered("made.txt", NOTE)), tmp_path / "corpora")
    assert each.outcome == "failed"
    assert each.problem == (
        "own/made.txt: cannot be fetched, since it is derived (put together) from "
        "someone/else@1:raw: name a folder that holds it with --from"
    )


def test_files_may_be_taken_from_a_folder(tmp_path: Path) -> None:
    source, folder = tmp_path / "kept", tmp_path / "corpora"
    (source / "own").mkdir(parents=True)
    (source / "own" / "made.txt").write_bytes(NOTE)
    (source / "own" / "other.txt").write_bytes(b"half of i")
    wanted = corpus(
        registered("made.txt", NOTE), registered("other.txt", TABLE), registered("absent.txt", NOTE)
    )
    made, other, absent = fetch(wanted, folder, take_from=source)
    assert made.outcome == "fetched"
    assert "checksum differs" in other.problem
    assert "cannot be copied: No such file" in absent.problem
    assert files_in(folder) == {"own/made.txt": NOTE}
