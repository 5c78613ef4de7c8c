"""``classifier report``: the main job, from a page to its report."""

from classifier.cli.inputs import InputLog
from classifier.cli.options import (
    CommentModel,
    Csv,
    Html,
    Inputs,
    Json,
    Models,
    NoTopics,
    Parquet,
    StanceModel,
    Targets,
    Threads,
    Tone,
)
from classifier.cli.output import STANDARD_OUTPUT
from classifier.cli.progress import progress
from classifier.cli.reading_options import ReadingOptions, with_reading_options
from classifier.cli.report_files import report_files


@with_reading_options
def report_command(
    inputs: Inputs,
    *,
    reading: ReadingOptions,
    html: Html = None,
    json: Json = None,
    csv: Csv = None,
    parquet: Parquet = None,
    target: Targets = None,
    no_topics: NoTopics = False,
    tone: Tone = False,
    comment_model: CommentModel = None,
    stance_model: StanceModel = None,
    models: Models = None,
    threads: Threads = None,
) -> None:
    """Split, label and sum up discussions, and print what was found.

    With --html the findings, charts and all replies are also written as one page for a browser;
    with --json each thread and its summary as one JSON object a line; with --csv or --parquet
    each reply as a row of a table. With a dash for one of them nothing else is printed.
    """
    from rich.console import Console

    from classifier.labelling import Scorer
    from classifier.pipeline import report
    from classifier.reporting import render

    scorer = Scorer(models=models, threads=threads, comment=comment_model, stance=stance_model)
    log = InputLog()
    console = None if STANDARD_OUTPUT in (json, html, csv, parquet) else Console()
    with (
        report_files(json=json, html=html, csv=csv, parquet=parquet, targets=target or ()) as write,
        progress("inputs", total=len(inputs), beside_output=True) as advance,
    ):

        def report_input(source: str) -> None:
            for thread in reading.threads(
                source, models=models, keep_text=html is not None, notify=log.notify
            ):
                made = report(
                    thread,
                    scorer,
                    targets=target or (),
                    find_topics=not no_topics,
                    tone=tone,
                    spans=html is not None,
                )
                write(made)
                if console is not None:
                    render(made.thread, made.summary, console=console)

        log.each(inputs, report_input, advance=advance)
        if not log.done:
            log.end()
    log.end()
