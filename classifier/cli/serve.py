"""``classifier serve``: the models behind HTTP on this machine."""

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from classifier.cli.messages import complain
from classifier.cli.options import CommentModel, Models, StanceModel, Threads
from classifier.errors import MissingExtraError, UsageError

_NEEDED = ("fastapi", "uvicorn", "httptools", "prometheus_client", "python_multipart")


def serve_command(
    *,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Listen here; by default for this machine only.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(metavar="N", min=0, max=65535, help="Listen on this port; 0 takes any.")
    ] = 8080,
    workers: Annotated[
        int, typer.Option(metavar="N", min=1, max=64, help="How many processes answer.")
    ] = 1,
    api_key: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KEY",
            envvar="CLASSIFIER_API_KEY",
            show_envvar=True,
            help="Ask for this key; may be given several times.",
        ),
    ] = None,
    api_key_file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Ask for one of these keys, one a line.")
    ] = None,
    public_url: Annotated[
        str | None,
        typer.Option(
            metavar="URL", help="Where clients reach the server, if a proxy stands in front."
        ),
    ] = None,
    feedback: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Append suggested scores here; by default none is kept."),
    ] = None,
    allow_origin: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ORIGIN", help="Let web pages of this origin call the server from a browser."
        ),
    ] = None,
    queue: Annotated[
        int,
        typer.Option(metavar="N", min=1, help="Comments that may wait; beyond, come back later."),
    ] = 256,
    patience: Annotated[
        float,
        typer.Option(metavar="SECONDS", min=0.1, help="How long a client may pause in a request."),
    ] = 10.0,
    comment_model: CommentModel = None,
    stance_model: StanceModel = None,
    models: Models = None,
    threads: Threads = None,
) -> None:
    """Answer the Perspective API's requests, and whole discussions, with the models here.

    GET / is a page to paste a discussion into; /openapi.json describes every route. SIGTERM
    answers what has arrived, then leaves.
    """
    if not all(find_spec(module) for module in _NEEDED):
        raise MissingExtraError("classifier serve", "serve")
    if public_url is not None and not public_url.startswith(("http://", "https://")):
        raise UsageError("--public-url is an address such as https://scores.example.org")
    from classifier.serving.feedback import check_feedback
    from classifier.serving.running import run
    from classifier.serving.settings import Settings, read_api_keys

    if feedback is not None:
        check_feedback(feedback)
    settings = Settings(
        models=models,
        threads=threads,
        comment=comment_model,
        stance=stance_model,
        api_keys=(*(api_key or ()), *(read_api_keys(api_key_file) if api_key_file else ())),
        public_url=public_url,
        feedback=feedback,
        origins=tuple(allow_origin or ()),
        most_waiting=queue,
        patience=patience,
    )
    run(
        settings,
        host=host,
        port=port,
        workers=workers,
        ready=lambda address: complain(f"listening on {address}"),
    )
