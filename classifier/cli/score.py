"""``classifier score``: threads in, labelled threads out."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from classifier.cli.inputs import InputLog
from classifier.cli.options import (
    CommentModel,
    Inputs,
    Models,
    NoTopics,
    StanceModel,
    Targets,
    Threads,
    Tone,
)
from classifier.cli.output import STANDARD_OUTPUT, whole_file
from classifier.cli.progress import progress
from classifier.cli.reading_options import ReadingOptions, with_reading_options
from classifier.errors import UsageError

# Comments are labelled one by one, so those that nothing joins need not wait for each other.
_MOST_COMMENTS = 1000


@with_reading_options
def score_command(
    inputs: Inputs,
    *,
    reading: ReadingOptions,
    output: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Write a file for each input here, named after it, instead of printing.",
        ),
    ] = None,
    baseline: Annotated[
        bool, typer.Option("--baseline", help="Label with the scikit-learn baseline beside.")
    ] = False,
    spans: Annotated[
        bool, typer.Option("--spans", help="Say which sentences carry an incivility label.")
    ] = False,
    tone: Tone = False,
    target: Targets = None,
    no_topics: NoTopics = False,
    comment_model: CommentModel = None,
    stance_model: StanceModel = None,
    models: Models = None,
    threads: Threads = None,
) -> None:
    """Label replies for stance, incivility and sentiment.

    Prints one labelled thread a line as JSON, each as soon as it is done.
    """
    destinations = output_files(inputs, output)
    from classifier.labelling import Scorer

    scorer = Scorer(models=models, threads=threads, comment=comment_model, stance=stance_model)
    log = InputLog()
    with progress("replies", beside_output=output is None) as advance:

        def score_input(source: str) -> None:
            with whole_file(destinations[source]) as stream:
                for thread in reading.threads(
                    source, models=models, notify=log.notify, most_comments=_MOST_COMMENTS
                ):
                    labelled = scorer.label_thread(
                        thread,
                        targets=target or (),
                        find_topics=not no_topics,
                        baseline=baseline,
                        tone=tone,
                        spans=spans,
                    )
                    print(labelled.to_json(), file=stream, flush=True)
                    advance(len(thread.replies))

        log.each(inputs, score_input)
    log.end()


def output_files(inputs: Sequence[str], folder: Path | None) -> dict[str, str]:
    """Return where each input's results go: a file of its own in the folder, or printed.

    Raises
    ------
    UsageError
        If two inputs would share a file, or the folder cannot be made.
    """
    if folder is None:
        return dict.fromkeys(inputs, STANDARD_OUTPUT)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be made: {error.strerror}") from error
    files: dict[str, str] = {}
    for source in inputs:
        name = "stdin" if source == STANDARD_OUTPUT else Path(source).stem
        file = str(folder / f"{name}.jsonl")
        if file in files.values():
            raise UsageError(
                f"{source}: another input is written to {file} already: score them apart"
            )
        files[source] = file
    return files
