import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Cli


def test_comment_records_come_out_as_threads_with_their_quotes_told_apart(
    cli: "Cli", tmp_path: Path
) -> None:
    file = tmp_path / "trail.csv"
    file.write_text(
        "id,parent_id,body\n"
        'a,,"The new trail floods every single spring, as all of us had said."\n'
        'b,a,"> The new trail floods every single spring, as all of us had said.\n\nNobody did."\n'
    )
    done = cli("split", file)
    assert done.code == 0
    (thread,) = done.records
    first, second = thread["replies"]
    assert second["text"] == "Nobody did."
    assert second["quotes"][0]["reply_id"] == first["id"]
    assert second["parent_id"] == first["id"]
    page = thread["page_text"]
    assert "\n\n".join(page[start:end] for start, end in second["own"]) == "Nobody did."


def test_standard_input_is_a_dash(cli: "Cli") -> None:
    (thread,) = cli("split", "-", stdin='{"body": "Nobody did."}\n').records
    assert thread["replies"][0]["text"] == "Nobody did."


def test_an_empty_standard_input_is_unusable(cli: "Cli") -> None:
    told = cli("split", "-")
    assert told.code == 2
    assert len(told.complaints) == 1
    assert "standard input" in told.err


@pytest.mark.skipif(os.name == "nt", reason="the memory of a process that ended is told on Unix")
@pytest.mark.parametrize("sentences", [1, 60])
def test_the_largest_page_that_is_read_takes_less_than_400_megabytes(
    sentences: int, tmp_path: Path
) -> None:
    file = tmp_path / "page.txt"
    line = "Nobody asked us, and the ferry was never late before. " * sentences + "\n"
    file.write_text(line * (11_900_000 // (len(line) + 300)))
    with subprocess.Popen(
        [sys.executable, "-m", "classifier", "split", str(file)], stdout=subprocess.DEVNULL
    ) as running:
        _, status, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    assert running.returncode == 0
    assert used.ru_maxrss * (1 if sys.platform == "darwin" else 1024) < 400_000_000
