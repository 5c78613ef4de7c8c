"""A reply as the page shows it: who and when, passages, chips, and what filters go by."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from classifier.reporting.html.anchors import Anchors
from classifier.reporting.html.articles import QuotedArticle
from classifier.reporting.html.chips import Chip, chips_of, unread
from classifier.reporting.html.passages import Passage, passages_of
from classifier.reporting.html.shown_text import first_words
from classifier.thread import Reply, Thread

_NAME_CHARACTERS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link to another place in the page."""

    anchor: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyView:
    """All that the template shows of one reply.

    Parameters
    ----------
    anchor, name : str
        Its deep link, and its id as shown.
    author, posted_at : str
        Empty where unknown.
    answers : Link or None
        What it answers.
    taken_up : tuple of Link
        The later replies that answer or quote it.
    passages : tuple of (Passage, Link or None)
        Its words in page order, quotes with the link to their source.
    chips : tuple of (Chip, str)
        Its labels, stances with the place of their target in the list of targets.
    unread : str
        Why it got none at all, or an empty text.
    edge : str
        The stance that colours its edge.
    entries : str
        For the filters: ``label:target:percent`` for each label, separated by blanks.
    author_number : int
        Place of its author in the list of authors; -1 where unknown.
    incivility, surest, length : int
        For sorting: likeliest incivility and surest label in percent, length in characters.
    """

    anchor: str
    name: str
    author: str
    posted_at: str
    answers: Link | None
    taken_up: tuple[Link, ...]
    passages: tuple[tuple[Passage, Link | None], ...]
    chips: tuple[tuple[Chip, str], ...]
    unread: str
    edge: str
    entries: str
    author_number: int
    incivility: int
    surest: int
    length: int


class ReplyViews:
    """Makes the views of one thread's replies.

    Parameters
    ----------
    thread : Thread
        The labelled thread.
    anchors : Anchors
        Its places in the page.
    article : QuotedArticle
        Its article, where quotes lead to.

    Attributes
    ----------
    authors : dict of str to int
        Known authors in the order in which they first speak, each with its place.
    targets : dict of (str, str) to int
        Kinds and texts of the targets that filters offer; all parents are one.
    """

    def __init__(self, thread: Thread, *, anchors: Anchors, article: QuotedArticle) -> None:
        self._thread = thread
        self._anchors = anchors
        self._article = article
        self._names = {reply.id: _name(reply) for reply in thread.replies}
        self._taken_up = _taken_up(thread, anchors)
        self.authors: dict[str, int] = {}
        self.targets: dict[tuple[str, str], int] = {}
        for reply in thread.replies:
            if reply.author:
                self.authors.setdefault(reply.author, len(self.authors))
            labels = reply.labels or reply.baseline
            for stance in labels.stance if labels else ():
                key = _target_key((stance.target_kind, stance.target))
                self.targets.setdefault(key, len(self.targets))

    def __iter__(self) -> Iterator[ReplyView]:
        for position, reply in enumerate(self._thread.replies):
            yield self._view(position, reply)

    def _view(self, position: int, reply: Reply) -> ReplyView:
        labels = reply.labels or reply.baseline
        other = reply.baseline if reply.labels else None
        chips = chips_of(labels, other) if labels else ()
        incivility = labels.incivility if labels else None
        return ReplyView(
            anchor=self._anchors.at(position),
            name=first_words(reply.id, _NAME_CHARACTERS),
            author=first_words(reply.author or "", _NAME_CHARACTERS),
            posted_at=first_words(reply.posted_at or "", _NAME_CHARACTERS),
            answers=self._link(reply.parent_id),
            taken_up=self._taken_up.get(reply.id, ()),
            passages=tuple(
                (passage, self._source(passage))
                for passage in passages_of(reply, self._thread.page_text)
            ),
            chips=tuple((chip, self._target(chip)) for chip in chips),
            unread=unread(labels) if labels else "",
            edge=_edge(chips),
            entries=" ".join(self._entries(chips)),
            author_number=self.authors.get(reply.author or "", -1),
            incivility=_percent(max(incivility.probabilities.values(), default=0.0))
            if incivility
            else 0,
            surest=_percent(max((chip.probability or 0.0 for chip in chips), default=0.0)),
            length=len(reply.text),
        )

    def _target(self, chip: Chip) -> str:
        return str(self.targets[_target_key(chip.target)]) if chip.target else ""

    def _entries(self, chips: tuple[Chip, ...]) -> Iterator[str]:
        for chip in chips:
            target, percent = self._target(chip), _percent(chip.probability or 0.0)
            yield f"{chip.label}:{target}:{percent}"
            if chip.style == "uncivil":
                yield f"uncivil::{percent}"
            if chip.differs:
                yield f"differs:{target}:{percent}"
        if not chips:
            yield "withheld::0"

    def _source(self, passage: Passage) -> Link | None:
        link = self._link(passage.source)
        words = "".join(piece.text for piece in passage.pieces)
        place = self._article.anchor_of(words) if passage.source == "article" else None
        return Link(anchor=place, name=link.name) if link and place else link

    def _link(self, reply_id: str | None) -> Link | None:
        anchor = self._anchors.of(reply_id)
        if anchor is None or reply_id is None:
            return None
        name = "the article" if reply_id == "article" else self._names.get(reply_id, reply_id)
        return Link(anchor=anchor, name=name)


def _taken_up(thread: Thread, anchors: Anchors) -> Mapping[str, tuple[Link, ...]]:
    found: dict[str, list[Link]] = {}
    for position, reply in enumerate(thread.replies):
        sources = {reply.parent_id, *(quote.reply_id for quote in reply.quotes)}
        for source in sources - {None, reply.id}:
            link = Link(anchor=anchors.at(position), name=first_words(reply.id, 20))
            found.setdefault(source or "", []).append(link)
    return {source: tuple(links) for source, links in found.items()}


def _name(reply: Reply) -> str:
    name = f"{reply.id} {reply.author}" if reply.author else reply.id
    return first_words(name, _NAME_CHARACTERS)


def _target_key(target: tuple[str, str]) -> tuple[str, str]:
    return ("parent", "") if target[0] == "parent" else target


def _edge(chips: tuple[Chip, ...]) -> str:
    stances = [chip for chip in chips if chip.target and chip.label != "withheld"]
    return stances[0].label if stances else "none"


def _percent(probability: float) -> int:
    return int(100 * probability)
