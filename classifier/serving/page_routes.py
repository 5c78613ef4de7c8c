"""The page: paste a thread or upload a saved page, and see the report. It needs no JavaScript."""

import asyncio
import secrets
from collections.abc import Sequence
from html import escape
from importlib.resources import files
from string import Template

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from classifier.pipeline import Report
from classifier.serving.errors import RequestRefusedError, invalid
from classifier.serving.service import Service

_FORM_POLICY = (
    "default-src 'none'; style-src 'nonce-{nonce}'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_REPORT_POLICY = (
    "sandbox allow-scripts allow-downloads; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_MOST_FIELD_BYTES = 200


def page_routes(service: Service) -> APIRouter:
    """Return the routes of the page, answered by a service."""
    routes = APIRouter(include_in_schema=False)
    page = Template((files("classifier.serving") / "page.html").read_text(encoding="utf-8"))

    def form(problem: RequestRefusedError | None = None) -> HTMLResponse:
        nonce = secrets.token_urlsafe(16)
        return HTMLResponse(
            page.substitute(
                nonce=nonce,
                key="" if service.settings.api_keys else "hidden",
                trouble="" if problem else "hidden",
                problem=escape(problem.message) if problem else "",
            ),
            status_code=problem.code if problem else 200,
            headers={
                **(problem.headers if problem else {}),
                "Content-Security-Policy": _FORM_POLICY.format(nonce=nonce),
            },
        )

    @routes.get("/")
    async def empty_form() -> HTMLResponse:
        return form()

    @routes.post("/report")
    async def report(request: Request) -> HTMLResponse:
        try:
            reports = await _reports(request, service)
        except RequestRefusedError as error:
            return form(error)
        html = await asyncio.to_thread(_html, reports)
        return HTMLResponse(html, headers={"Content-Security-Policy": _REPORT_POLICY})

    return routes


async def _reports(request: Request, service: Service) -> list[Report]:
    fields = await _fields(request, most=service.settings.most_page)
    key = fields.get("key", b"").decode("utf-8", "replace").strip()
    if error := service.objection(key):
        raise error
    pasted = fields.get("text", b"").replace(b"\r\n", b"\n")
    target = fields.get("target", b"").decode("utf-8", "replace").strip()
    return await service.pages.reports(
        fields.get("file") or pasted, targets=(target,) if target else ()
    )


async def _fields(request: Request, *, most: int) -> dict[str, bytes]:
    """Return the form's fields and file, none of it ever written to a disk."""
    try:
        parser = MultiPartParser(
            request.headers, request.stream(), max_files=1, max_fields=8, max_part_size=most
        )
        parser.spool_max_size = most
        form = await parser.parse()
    except (MultiPartException, KeyError, AssertionError):
        raise invalid("The form cannot be read.") from None
    fields: dict[str, bytes] = {}
    for name, value in form.multi_items():
        fields[name] = await value.read() if isinstance(value, UploadFile) else value.encode()
    await form.close()
    if any(len(fields.get(name, b"")) > _MOST_FIELD_BYTES for name in ("key", "target")):
        raise invalid("A field of the form is too long.")
    return fields


def _html(reports: Sequence[Report]) -> str:
    from classifier.reporting.html import html_page

    return html_page([(each.thread, each.summary) for each in reports])
