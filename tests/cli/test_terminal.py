"""What a command prints does not act on the terminal, whatever pages and names hold."""

import json
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Cli

ACTING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
ATTACK = "\x1b]0;title\x07 \x1b[2J \x9b31m \u202eleft \u2066right \x85 \u2028"
linux = pytest.mark.skipif(sys.platform != "linux", reason="takes names of any bytes")


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "page.txt"
    file.write_text(
        f"The council voted.\nYou are idiots {ATTACK} all of you.\n{ATTACK} wrote:\nNo."
    )
    return file


@pytest.mark.parametrize(
    "command",
    [("split",), ("score",), ("report",), ("report", "--json", "-"), ("report", "--csv", "-")],
    ids=" ".join,
)
@pytest.mark.usefixtures("plain_scorer")
def test_escape_sequences_in_a_page_reach_no_terminal(
    cli: "Cli", page: Path, command: tuple[str, ...]
) -> None:
    shown = cli(*command, page)
    assert shown.code == 0
    assert "idiots" in shown.out
    assert not ACTING.search(shown.out.replace("\r\n", "\n"))


@pytest.mark.parametrize("name", ["a\x1b[31m.txt", "a\nclassifier: all is well\u202e.csv"])
def test_escape_sequences_in_names_reach_no_terminal(cli: "Cli", tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(" ")
    for file in (tmp_path / name, tmp_path / f"missing {name}"):
        told = cli("split", file)
        assert told.code == 2
        assert len(told.complaints) == 1
        assert not ACTING.search(told.err)
    told = cli("split", page_of(tmp_path), "--format", name)
    assert told.code == 2
    assert not ACTING.search(told.err)


def page_of(folder: Path) -> Path:
    file = folder / "whole.txt"
    file.write_text("The council voted.\nNo.")
    return file


@linux
def test_a_name_of_any_bytes_is_split_and_told_of(cli: "Cli", tmp_path: Path) -> None:
    file = tmp_path / os.fsdecode(b"caf\xe9.txt")
    file.write_text("The council voted.\nNo.")
    done = cli("split", file)
    assert (done.code, done.err) == (0, "")
    (thread,) = done.records
    assert thread["id"] == "caf\\udce9"
    told = cli("split", tmp_path / os.fsdecode(b"no caf\xe9.txt"))
    assert told.complaints == [
        f"classifier: {tmp_path}/no caf\\udce9.txt: no such file: check the path"
    ]


@linux
def test_a_target_that_is_no_text_is_refused(cli: "Cli", tmp_path: Path) -> None:
    told = cli("score", page_of(tmp_path), "--target", os.fsdecode(b"\xff"))
    assert told.code == 2
    assert told.complaints == [
        "classifier: --target: holds bytes that are no text: write it in UTF-8"
    ]


def test_what_is_escaped_is_still_the_pages_text(cli: "Cli", page: Path) -> None:
    (thread,) = cli("split", page).records
    said = "".join(reply["text"] for reply in thread["replies"])
    assert ATTACK.split(" ", maxsplit=1)[0] in said
    assert json.loads(json.dumps(said)) == said
