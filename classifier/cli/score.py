"""``classifier score``: threads in, labelled threads out."""

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
from classifier.cli.output import STANDARD_OUTPUT, whole_file, write_line
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
        str | None,
        typer.Option(
            metavar="DIR",
            help="Write shards and a manifest here, instead of printing: a folder, or the URI of "
            "one (s3://, gs://, hdfs://). A job that was broken off goes on from there.",
        ),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(
            metavar="N", min=1, help="With --output: processes that label; as many as cores."
        ),
    ] = None,
    engine: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="With --output: local for processes of this machine, ray for a Ray cluster.",
        ),
    ] = "local",
    ray_address: Annotated[
        str | None,
        typer.Option(
            metavar="HOST:PORT",
            envvar="RAY_ADDRESS",
            help="With --engine ray: where its head is, or auto; by default one is started here.",
        ),
    ] = None,
    shards: Annotated[
        str,
        typer.Option(
            metavar="FORM",
            help="With --output: jsonl for threads, one a line, parquet for rows, one a reply.",
        ),
    ] = "jsonl",
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

    Prints one labelled thread a line as JSON, each as soon as it is done. With --output it writes
    them to a folder in shards of about a thousand replies, by several processes; run again it
    keeps what is done, and what could not be labelled is listed in errors.jsonl.
    """
    log = InputLog()
    if output is not None:
        from classifier.scaling import JobSettings, folder_at
        from classifier.scaling.settings import SHARD_FORMATS

        if shards not in SHARD_FORMATS:
            raise UsageError(f"--shards {shards}: choose {' or '.join(SHARD_FORMATS)}")
        from classifier.cli.score_job import ENGINES, Engine, score_to_shards, summary_of

        if engine not in ENGINES:
            raise UsageError(f"--engine {engine}: choose {' or '.join(ENGINES)}")

        settings = JobSettings(
            targets=tuple(target or ()),
            find_topics=not no_topics,
            baseline=baseline,
            tone=tone,
            spans=spans,
            comment=comment_model,
            stance=stance_model,
            models=None if models is None else str(models),
            shards=shards,
        )
        folder = folder_at(output)
        done = score_to_shards(
            inputs,
            folder=folder,
            settings=settings,
            reading=reading,
            engine=Engine(name=engine, address=ray_address, workers=workers),
            most_comments=_MOST_COMMENTS,
            log=log,
        )
        typer.echo(summary_of(done, folder), err=True)
        log.end()
    from classifier.labelling import Scorer

    scorer = Scorer(models=models, threads=threads, comment=comment_model, stance=stance_model)
    with progress("replies", beside_output=True) as advance:

        def score_input(source: str) -> None:
            with whole_file(STANDARD_OUTPUT) as stream:
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
                    write_line(stream, labelled.to_json())
                    advance(len(thread.replies))
                    del thread, labelled  # a long one is not held while the next is read

        log.each(inputs, score_input)
    log.end()
