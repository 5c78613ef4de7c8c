"""The kinds of export that are known."""

from classifier.reading.convokit import CONVOKIT
from classifier.reading.discourse_json import DISCOURSE_JSON
from classifier.reading.exports import Export
from classifier.reading.hacker_news import HACKER_NEWS
from classifier.reading.label_studio import LABEL_STUDIO
from classifier.reading.reddit import REDDIT

EXPORTS: dict[str, Export] = {
    export.name: export for export in (REDDIT, DISCOURSE_JSON, HACKER_NEWS, CONVOKIT, LABEL_STUDIO)
}
"""By name; a value is taken for the first that it fits."""


def export_of(value: object) -> Export | None:
    """Return the kind of export that a parsed value is, or None."""
    return next((export for export in EXPORTS.values() if export.fits(value)), None)
