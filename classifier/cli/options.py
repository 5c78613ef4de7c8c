"""Arguments and options that several commands share."""

import re
from pathlib import Path
from typing import Annotated

import typer

from classifier.errors import UsageError

_AUTO = "auto"
_NO_CHARACTER = re.compile("[\ud800-\udfff]")


def _given_targets(given: list[str] | None) -> list[str]:
    """Return the targets that are texts; where there is none, topics are looked for."""
    texts = [target for target in given or () if target != _AUTO]
    if any(_NO_CHARACTER.search(text) for text in texts):
        raise UsageError("--target: holds bytes that are no text: write it in UTF-8")
    if given and 0 < len(texts) < len(given):
        raise UsageError("--target auto finds topics itself: give it, or targets, but not both")
    return texts


Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT",
        show_default=False,
        help="A page, stripped or with its markup; comment records (CSV, TSV, JSON, JSON Lines, "
        "Parquet); an export; a crawl (WARC, WET); threads as JSON Lines; any of them compressed; "
        "a folder or pattern of them; - is standard input.",
    ),
]
Models = Annotated[
    Path | None,
    typer.Option(
        "--models",
        metavar="DIR",
        exists=True,
        file_okay=False,
        help="Folder of model folders; by default CLASSIFIER_MODELS, then those installed.",
    ),
]
Threads = Annotated[
    int | None,
    typer.Option(
        "--threads",
        metavar="N",
        min=1,
        help="Processor threads; by default as many as there are cores.",
    ),
]
Targets = Annotated[
    list[str] | None,
    typer.Option(
        "--target",
        metavar="TEXT",
        callback=_given_targets,
        help="Ask every reply's stance towards this; may be given several times. By default, and "
        "with 'auto', towards the topics found in the thread.",
    ),
]
NoTopics = Annotated[
    bool, typer.Option("--no-topics", help="Do not look for topics in the thread.")
]
Tone = Annotated[
    bool,
    typer.Option(
        "--tone", help="Label tone too; its model was trained on data for non-commercial use."
    ),
]
CommentModel = Annotated[
    str | None,
    typer.Option(
        "--comment-model",
        metavar="MODEL",
        help="Use this folder or hub checkpoint for incivility and sentiment.",
    ),
]
StanceModel = Annotated[
    str | None,
    typer.Option(
        "--stance-model", metavar="MODEL", help="Use this folder or hub checkpoint for stance."
    ),
]
Corpora = Annotated[
    Path | None,
    typer.Option(
        "--corpora",
        metavar="DIR",
        envvar="CLASSIFIER_CORPORA",
        help="Folder that holds the corpora; by default where 'classifier data fetch' puts them.",
    ),
]
Json = Annotated[
    str | None,
    typer.Option("--json", metavar="FILE", help="Write the results as JSON; - is standard output."),
]
Html = Annotated[
    str | None,
    typer.Option(
        "--html",
        metavar="FILE",
        help="Write one self-contained HTML page, with an index if there are several threads; - "
        "is standard output.",
    ),
]
Csv = Annotated[
    str | None,
    typer.Option(
        "--csv", metavar="FILE", help="Write a table, a row a reply; - is standard output."
    ),
]
Parquet = Annotated[
    str | None,
    typer.Option(
        "--parquet",
        metavar="FILE",
        help="Write the same table as Parquet; needs the 'parquet' extra.",
    ),
]
