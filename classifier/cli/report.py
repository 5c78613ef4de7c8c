"""``classifier report``: the main job, from a page to its report."""

from contextlib import nullcontext

from classifier.cli.inputs import InputLog
from classifier.cli.options import (
    CommentModel,
    Inputs,
    Json,
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


@with_reading_options
def report_command(
    inputs: Inputs,
    *,
    reading: ReadingOptions,
    json: Json = None,
    target: Targets = None,
    no_topics: NoTopics = False,
    tone: Tone = False,
    comment_model: CommentModel = None,
    stance_model: StanceModel = None,
    models: Models = None,
    threads: Threads = None,
) -> None:
    """Split, label and sum up discussions, and print what was found.

    With --json each thread and its summary are also written as one JSON object a line; with
    --json - nothing else is printed.
    """
    from rich.console import Console

    from classifier.labelling import Scorer
    from classifier.pipeline import report
    from classifier.reporting import render, to_json

    scorer = Scorer(models=models, threads=threads, comment=comment_model, stance=stance_model)
    log = InputLog()
    console = None if json == STANDARD_OUTPUT else Console()
    with (
        whole_file(json) if json is not None else nullcontext() as stream,
        progress("inputs", total=len(inputs), beside_output=True) as advance,
    ):

        def report_input(source: str) -> None:
            for thread in reading.threads(source, models=models, notify=log.notify):
                made = report(
                    thread,
                    scorer,
                    targets=target or (),
                    find_topics=not no_topics,
                    tone=tone,
                )
                if stream is not None:
                    print(to_json(made.thread, made.summary), file=stream, flush=True)
                if console is not None:
                    render(made.thread, made.summary, console=console)

        log.each(inputs, report_input, advance=advance)
    log.end()
