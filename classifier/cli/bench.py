"""``classifier bench``: how fast the models label on this machine."""

import json as json_format
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from classifier.cli.options import Json, Models, Threads
from classifier.cli.output import STANDARD_OUTPUT, whole_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from classifier.evaluating.bench import Bench

_FEWEST = 8


def bench_command(
    *,
    comments: Annotated[
        int, typer.Option(metavar="N", min=_FEWEST, help="Texts of each length to label.")
    ] = 256,
    repeats: Annotated[
        int, typer.Option(metavar="N", min=1, help="Runs of which the median is told.")
    ] = 3,
    bert: Annotated[
        bool,
        typer.Option(
            "--bert/--no-bert", help="Run BERT-base in torch beside, if the 'train' extra is there."
        ),
    ] = True,
    json: Json = None,
    models: Models = None,
    threads: Threads = None,
) -> None:
    """Measure comments and tokens a second, latency, cold start and memory on this machine.

    Texts are synthetic, of the lengths that comments have and of 32, 64 and 128 tokens, so the
    figures need nothing but the package. BERT-base, which is slow, gets a quarter of the texts.
    """
    from classifier.evaluating.bench import bench

    measured = bench(comments=comments, repeats=repeats, bert=bert, models=models, threads=threads)
    if json is not None:
        with whole_file(json) as stream:
            json_format.dump(asdict(measured), stream, indent=1)
            stream.write("\n")
    if json != STANDARD_OUTPUT:
        for line in table_lines(measured):
            typer.echo(line)


def table_lines(measured: "Bench") -> "Iterator[str]":
    """Yield what was measured as lines of plain text, beside BERT-base where it was run."""
    bert = {each.workload: each for each in measured.rates if each.subject == measured.bert}
    threads = measured.threads or "all"
    yield f"{measured.cores} cores, {threads} used; {measured.comments} texts of each length"
    yield f"{'':<32} {'lengths':<11} {'comments/s':>10} {'tokens/s':>9} {'x BERT-base':>11}"
    for each in measured.rates:
        beside = bert.get(each.workload)
        times = f"{each.comments_per_second / beside.comments_per_second:.1f}" if beside else "-"
        yield (
            f"{each.subject:<32} {each.workload:<11} {each.comments_per_second:>10,.1f} "
            f"{each.tokens_per_second:>9,.0f} {times:>11}"
        )
    for call in measured.latencies:
        yield f"{call.subject}: one call takes {call.p50:.1f} ms (p50), {call.p99:.1f} ms (p99)"
    for what, cost in (
        ("cold start to the first labels", measured.cold_start),
        (f"a process that labels {measured.comments} comments", measured.labelling),
    ):
        if cost is not None:
            yield f"{what}: {cost.seconds:.2f} s, {cost.peak_megabytes:,.0f} MB at most"
