import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from classifier import __version__
from classifier.errors import ModelError

if TYPE_CHECKING:
    from conftest import Cli

HEAVY = ("numpy", "sklearn", "scipy", "onnxruntime", "torch", "rich", "tokenizers")
COMMANDS = ("report", "split", "score", "train", "evaluate", "data", "models")
PROGRAM = "from classifier.cli import main; main()"
INTERRUPTED = """
import os, signal, sys

class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == "{part}":
            os.kill(os.getpid(), signal.SIGINT)

# A program started in the background ignores interrupts, and so would what it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.meta_path.insert(0, Interrupting())
"""
INTERRUPTED += PROGRAM
LIMITED = "import resource; resource.setrlimit(resource.RLIMIT_AS, (400_000_000, 400_000_000))\n"
LIMITED += PROGRAM


@pytest.mark.parametrize("arguments", [("--help",), ("report", "--help"), ("--version",), ()])
def test_help_and_version_load_nothing_heavy(arguments: tuple[str, ...]) -> None:
    code = (
        "import sys, atexit\n"
        "atexit.register(lambda: print('loaded:', *sys.modules, file=sys.stderr))\n" + PROGRAM
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False
    )
    loaded = set(done.stderr.partition("loaded:")[2].split())
    assert "classifier.cli.app" in loaded
    assert not loaded.intersection(HEAVY)


def test_help_names_every_command(cli: "Cli") -> None:
    shown = cli("--help")
    assert shown.code == 0
    for command in COMMANDS:
        assert f"  {command} " in shown.out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(cli: "Cli", command: str) -> None:
    shown = cli(command, "--help")
    assert shown.code == 0
    assert shown.out.startswith(f"Usage: classifier {command} ")
    assert shown.err == ""


def test_the_version_is_printed(cli: "Cli") -> None:
    assert cli("--version").out == f"classifier {__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("score",),
        ("score", "--nonsense", "x"),
        ("train", "nonsense"),
        ("score", "x", "--models", "no/such/folder"),
    ],
)
def test_wrong_use_is_told_on_standard_error(cli: "Cli", arguments: tuple[str, ...]) -> None:
    told = cli(*arguments)
    assert told.code == 2
    assert told.out == ""
    assert "Error: " in told.complaints[-1]
    assert "Traceback" not in told.err


def test_an_error_is_one_line_however_many_its_message_has(
    cli: "Cli", comments: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_model(**_: object) -> None:
        raise ModelError("a\nfolder: is missing: install again")

    monkeypatch.setattr("classifier.labelling.Scorer", no_model)
    told = cli("score", comments)
    assert told.code == 2
    assert told.complaints == ["classifier: a folder: is missing: install again"]


def test_an_interrupt_ends_with_its_own_code(
    cli: "Cli", comments: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(**_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("classifier.labelling.Scorer", interrupted)
    told = cli("score", comments)
    assert told.code == 130
    assert told.err == ""


@pytest.mark.skipif(os.name == "nt", reason="signals of this kind are POSIX")
def test_an_interrupt_while_the_program_loads_leaves_no_traceback() -> None:
    for part in ("typer", "classifier.cli.app", "classifier.cli.score"):
        ended = subprocess.run(
            [sys.executable, "-c", INTERRUPTED.format(part=part)],
            capture_output=True,
            check=False,
            timeout=60,
        )
        assert (ended.returncode, ended.stdout, ended.stderr) == (130, b"", b""), part


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited as Linux does")
def test_too_little_memory_is_told_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_text("So say I, and not for the first time.\n" * 500_000)
    ended = subprocess.run(
        [sys.executable, "-c", LIMITED, "split", "--max-page-size", "400", str(file)],
        capture_output=True,
        check=False,
        timeout=120,
        text=True,
        env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
    )
    assert ended.returncode == 2
    assert ended.stderr.startswith("classifier: there is not enough memory: ")
    assert ended.stderr.count("\n") == 1


@pytest.mark.skipif(os.name == "nt", reason="pipes of this kind are POSIX")
def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    file = tmp_path / "comments.jsonl"
    record = '{{"thread_id": "t{}", "body": "So say I, and not for the first time."}}\n'
    file.write_text("".join(record.format(number) for number in range(3000)))
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "split", str(file)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith(b'{"schema":1')
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode not in (0, -signal.SIGKILL)
