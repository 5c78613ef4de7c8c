"""``suite.json`` in a model's folder, and what its card says of it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from classifier.errors import InputError
from classifier.evaluating.suite.results import FILE, SuiteResult
from classifier.evaluating.suite.sections import Section, sections

_PLACES = 4


def read_suite(file: Path) -> SuiteResult:
    """Return what ``classifier evaluate --suite --json`` wrote.

    Raises
    ------
    InputError
        If there is no such file, or it holds something else.
    """
    try:
        return SuiteResult.model_validate_json(file.read_bytes())
    except OSError as error:
        raise InputError(f"{file}: {error.strerror}") from error
    except ValidationError as error:
        raise InputError(
            f"{file}: is not what 'classifier evaluate --suite --json' writes"
        ) from error


def suite_json(result: SuiteResult, *, before: SuiteResult | None = None) -> str:
    """Return a result as JSON text, with the transformer of an earlier release under ``before``."""
    content = _rounded(result)
    if before is not None:
        of_transformer = before.model_copy(
            update={"findings": {"transformer": before.findings["transformer"]}}
        )
        content["before"] = _rounded(of_transformer)
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def _rounded(result: SuiteResult) -> dict[str, Any]:
    """Return what JSON holds of a result, figures to as many places as anyone reads."""
    content: dict[str, Any] = json.loads(
        result.model_dump_json(), parse_float=lambda figure: round(float(figure), _PLACES)
    )
    return content


def suite_in_card(folder: Path) -> Iterator[str]:
    """Yield the lines of a card about fairness and capabilities; none without ``suite.json``."""
    file = folder / FILE
    if not file.is_file():
        return
    before = json.loads(file.read_bytes()).get("before")
    earlier = None if before is None else SuiteResult.model_validate(before)
    result = read_suite(file)
    yield from ("", "## Whom it treats differently, and what it cannot tell apart", "")
    yield (
        f"{result.texts:,} sentences of our own writing that it was not trained on. Written by "
        "`classifier evaluate --suite`."
    )
    for section in sections(result, before=earlier):
        yield from _markdown(section)


def _markdown(section: Section) -> Iterator[str]:
    yield from ("", f"### {section.title}", "", section.note, "")
    yield f"| {' | '.join(section.headings)} |"
    yield "|" + "---|" * len(section.headings)
    for row in section.rows:
        yield f"| {' | '.join(row)} |"
