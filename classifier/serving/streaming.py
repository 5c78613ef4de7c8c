"""Comments as JSON Lines in, their labels as JSON Lines out, in order and as they are done."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import ClientDisconnect
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from classifier.labelling import Comment
from classifier.serving.analyzing import MOST_BYTES
from classifier.serving.errors import RequestRefusedError, invalid
from classifier.serving.service import Service

_MOST_AHEAD = 64
_MOST_DONE = 4_096


class CommentLine(BaseModel):
    """One comment of a stream."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    id: str | int | None = Field(default=None, description="Given back with the labels.")
    text: str = Field(description="Own words.")
    target: str | None = Field(default=None, description="Ask for its stance towards this.")
    parent: str | None = Field(
        default=None, description="Ask for its stance towards the comment that it answers."
    )
    language: str | None = Field(
        default=None, description="Code of its language, where that is known."
    )


LINE_SCHEMA = {
    "type": "string",
    "description": "One JSON object a line: "
    + json.dumps(CommentLine.model_json_schema()["properties"]),
}


class TwoWayResponse(StreamingResponse):
    """A response that is sent while its request still arrives.

    The base class would read the request meanwhile, to see whether the client is still there.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the response."""
        del scope, receive
        await self.stream_response(send)


async def scored_lines(
    body: AsyncIterator[bytes], service: Service, *, tone: bool
) -> AsyncIterator[bytes]:
    """Yield an answer for each line of a body.

    A line that cannot be used is answered with an error, and the rest goes on. Lines are read
    ahead of their answers, and answers wait for a client that sends all before it reads, up to
    some thousands; then reading stops until it takes some.

    Parameters
    ----------
    body : async iterator of bytes
        The request's pieces as they arrive.
    service : Service
        What scores.
    tone : bool
        Label tone too.
    """
    done: asyncio.Queue[asyncio.Task[bytes] | None] = asyncio.Queue(_MOST_DONE)
    ahead = asyncio.Semaphore(_MOST_AHEAD)

    async def answered(line: bytes) -> bytes:
        try:
            return await _answer(line, service, tone=tone)
        finally:
            ahead.release()

    async def read() -> None:
        try:
            async for line in _lines(body, most=service.settings.most_body):
                await ahead.acquire()
                await done.put(asyncio.create_task(answered(line)))
        except RequestRefusedError as error:
            await done.put(asyncio.create_task(_refused(error)))
        except ClientDisconnect:
            pass
        finally:
            await done.put(None)

    reading = asyncio.create_task(read())
    try:
        while (task := await done.get()) is not None:
            yield await task
    finally:
        reading.cancel()
        while not done.empty():
            if (left := done.get_nowait()) is not None:
                left.cancel()


async def _lines(body: AsyncIterator[bytes], *, most: int) -> AsyncIterator[bytes]:
    """Yield lines that are not blank.

    Raises
    ------
    RequestRefusedError
        If a line is longer than `most` bytes.
    """
    rest = b""
    async for piece in body:
        *whole, rest = (rest + piece).split(b"\n")
        for line in whole:
            if line.strip():
                yield line
        if len(rest) > most:
            raise invalid(f"A line is longer than {most:,} bytes: the stream ends here.")
    if rest.strip():
        yield rest


async def _answer(line: bytes, service: Service, *, tone: bool) -> bytes:
    id_: str | int | None = None
    try:
        asked = _parsed(line)
        id_ = asked.id
        comment = Comment(
            text=asked.text, target=asked.target, parent=asked.parent, language=asked.language
        )
        if tone and not service.has_tone:
            raise invalid("The tone model is not installed here: ask without tone.")
        labels = await service.batcher.labels_in_turn(comment, tone=tone)
    except RequestRefusedError as error:
        return _line({"id": id_, **error.body})
    return _line({"id": id_, "labels": labels.model_dump(mode="json")})


def _parsed(line: bytes) -> CommentLine:
    try:
        asked = CommentLine.model_validate_json(line)
    except ValidationError as error:
        fields = {str(each["loc"][0]) for each in error.errors() if each["loc"]}
        known = sorted(fields & CommentLine.model_fields.keys())
        raise invalid(
            "Not a comment: a line is a JSON object with 'text' and, if wanted, 'id', 'target', "
            "'parent' and 'language'" + (f"; {', '.join(known)} does not fit." if known else ".")
        ) from None
    if any(
        len((words or "").encode()) > MOST_BYTES
        for words in (asked.text, asked.target, asked.parent)
    ):
        raise invalid(f"A text is longer than {MOST_BYTES:,} bytes.", "COMMENT_TOO_LONG")
    return asked


async def _refused(error: RequestRefusedError) -> bytes:
    return _line({"id": None, **error.body})


def _line(record: dict[str, Any]) -> bytes:
    return json.dumps(record, ensure_ascii=False).encode() + b"\n"
