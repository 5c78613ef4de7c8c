"""``classifier export``: replies that people should label, as tasks for them."""

import json
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

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
)
from classifier.cli.output import STANDARD_OUTPUT, whole_file
from classifier.cli.progress import progress
from classifier.cli.reading_options import ReadingOptions, with_reading_options
from classifier.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    from classifier.annotating import Chosen, Item

Destination = Literal["label-studio", "csv"]
For = Literal["comment", "stance", "tone"]
OrderName = Literal["doubtful", "random"]


@with_reading_options
def export_command(
    inputs: Inputs,
    *,
    reading: ReadingOptions,
    to: Annotated[Destination, typer.Option("--to", help="Form of the tasks.")],
    output: Annotated[
        str, typer.Option(metavar="FILE", help="Where the tasks go; - is standard output.")
    ],
    for_model: Annotated[
        For, typer.Option("--for", help="The model that is to learn: decides what is asked.")
    ] = "comment",
    budget: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="How many tasks at most.")
    ] = None,
    order: Annotated[
        OrderName,
        typer.Option(
            help="'doubtful' asks first where transformer is unsure or differs from baseline, "
            "which teaches most; 'random' draws by chance, for figures and thresholds."
        ),
    ] = "doubtful",
    target: Targets = None,
    no_topics: NoTopics = False,
    comment_model: CommentModel = None,
    stance_model: StanceModel = None,
    models: Models = None,
    threads: Threads = None,
) -> None:
    """Write replies as tasks for people, those first from which a model learns most.

    For Label Studio the transformer's labels stand in the tasks as predictions, and the labelling
    configuration goes to a file beside them that ends in .xml; paste it into the project's
    settings, then import the tasks. In the table people fill in the last columns.
    """
    from classifier.annotating import choose, items_of
    from classifier.labelling import Scorer

    scorer = Scorer(models=models, threads=threads, comment=comment_model, stance=stance_model)
    log = InputLog()
    items: list[Item] = []
    with ExitStack() as files:
        streams = _opened(files, output, with_config=to == "label-studio")
        with progress("replies", beside_output=output == STANDARD_OUTPUT) as advance:

            def label_input(source: str) -> None:
                for thread in reading.threads(source, models=models, notify=log.notify):
                    labelled = scorer.label_thread(
                        thread,
                        targets=target or (),
                        find_topics=for_model == "stance" and not no_topics,
                        baseline=True,
                        tone=for_model == "tone",
                    )
                    items.extend(items_of(labelled, for_model))
                    advance(len(thread.replies))

            log.each(inputs, label_input)
        if not items:
            raise InputError(
                "nothing to label: no reply in the input is in English and has own words"
                + (" and a target" if for_model == "stance" else "")
            )
        chosen = choose(items, budget=budget, order=order)
        _write(chosen, streams, to=to, for_model=for_model)
    if output != STANDARD_OUTPUT:
        typer.echo(_in_words(chosen, items, output, streams))
    log.end()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Streams:
    """Where tasks go, and the labelling configuration where one belongs to them."""

    tasks: "TextIO"
    config: "TextIO | None" = None
    config_file: Path | None = None


def _opened(files: ExitStack, output: str, *, with_config: bool) -> _Streams:
    """Open the outputs before the models run: an output that cannot be written is told first."""
    tasks = files.enter_context(whole_file(output))
    if not with_config or output == STANDARD_OUTPUT:
        return _Streams(tasks=tasks)
    file = Path(output).with_suffix(".xml")
    if file == Path(output):
        raise UsageError(f"{output}: .xml is for the labelling configuration: end it in .json")
    config = files.enter_context(whole_file(file))
    return _Streams(tasks=tasks, config=config, config_file=file)


def _write(
    chosen: "Sequence[Chosen]", streams: _Streams, *, to: Destination, for_model: For
) -> None:
    from classifier.annotating.label_studio import label_studio_tasks, labelling_config
    from classifier.annotating.spreadsheet import write_table

    if to == "csv":
        write_table(chosen, streams.tasks, model=for_model)
        return
    tasks = label_studio_tasks(chosen, model_version=f"classifier {for_model}")
    json.dump(tasks, streams.tasks, ensure_ascii=False, indent=1)
    streams.tasks.write("\n")
    if streams.config is not None:
        streams.config.write(labelling_config(for_model))


def _in_words(
    chosen: "Sequence[Chosen]", items: "Sequence[Item]", output: str, streams: _Streams
) -> str:
    reasons = [each.reason for each in chosen]
    why = {
        "uncertain": "for the least certain answers",
        "disagreement": "because the baseline differs",
        "random": "by chance",
    }
    shares = ", ".join(
        f"{reasons.count(reason)} {words}" for reason, words in why.items() if reason in reasons
    )
    config = f"; labelling configuration in {streams.config_file}" if streams.config_file else ""
    return f"{output}: {len(chosen)} of {len(items)} possible tasks, {shares}{config}"
