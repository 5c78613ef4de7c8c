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


# What the system tells of a process that ended counts in the one it was forked from.
PEAK = """
import atexit, re, sys
from pathlib import Path
from classifier.cli import main
@atexit.register
def tell():
    status = Path("/proc/self/status").read_text()
    print(re.search(r"VmHWM:\\s*(\\d+)", status)[1], file=sys.stderr)
sys.argv[0] = "classifier"
main()
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system tells no such peak")
@pytest.mark.parametrize("sentences", [1, 60])
def test_the_largest_page_that_is_read_takes_less_than_400_megabytes(
    sentences: int, tmp_path: Path
) -> None:
    file = tmp_path / "page.txt"
    line = "Nobody asked us, and the ferry was never late before. " * sentences + "\n"
    file.write_text(line * (11_900_000 // (len(line) + 600)))
    ended = subprocess.run(
        [sys.executable, "-c", PEAK, "split", str(file)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=True,
        text=True,
    )
    assert 50_000 < int(ended.stderr) < 400_000_000 / 1024
