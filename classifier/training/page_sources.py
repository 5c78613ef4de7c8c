"""Read the articles and discussions that stripped pages are assembled from."""

import gzip
import io
import json
import re
import tarfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from classifier.training.corpora import own_threads
from classifier.training.corpora.files import existing, rows, zipped_rows
from classifier.training.corpora.parts import Part, part_of

_ARTICLES = ("fnc1/train_bodies.csv", "fnc1/competition_test_bodies.csv")
_QUOTING_FORUM = "iac_v1/discussions.jsonl.gz"
_CHAINS = "ad_hominem_cmv/sampled-threads-ah-delta-context3.tar.bz2"
_NEWS_COMMENTS = ("c3/archive.zip", "C3_anonymized.csv")
_SHORT_POSTS = "misogyny/final_labels.csv"
_HELD_OUT_COMMENTS = "arc/exported-3365-stance-taking-arguments.tsv"

_QUOTED = re.compile(r"\s{0,9}(?:>|&gt;)")
_NEAR = 85.0
_LONGEST_POST = 6000
_SHORTEST_ARTICLE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of paragraphs of a post: its author's own, or quoted from an earlier post.

    Parameters
    ----------
    paragraphs : tuple of str
        One paragraph a string, without line ends.
    quoted : int or None
        Index of the post that it repeats, in the discussion; None for own words.
    """

    paragraphs: tuple[str, ...]
    quoted: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One post; `author` is empty where the corpus names none."""

    author: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Discussion:
    """Posts in order; `quotes_marked` says whether the corpus tells quotes from own words."""

    forum: str
    posts: tuple[Post, ...]
    quotes_marked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What one part's pages are made of; parts share no article and no discussion."""

    articles: tuple[tuple[str, ...], ...]
    discussions: tuple[Discussion, ...]


def read_sources(root: Path, part: Part) -> Sources:
    """Return the articles and discussions of one part.

    The train part also holds the threads of our own invention, whose short replies by many hands
    the corpora lack. The test part holds a forum that no other part draws on, to show how well the
    model carries over.

    Parameters
    ----------
    root : Path
        Folder that holds the corpora, one folder each.
    part : {"train", "dev", "test"}
        Which part; articles and discussions are divided by their ids.

    Raises
    ------
    InputError
        If a corpus file is missing.
    """
    discussions = [
        *_quoting_forum(root, part),
        *_chains(root, part),
        *_grouped("news comments", _news_comments(root), part),
        *_grouped("short posts", _short_posts(root), part),
    ]
    if part == "train":
        replies = (
            (each.group or "", "", each.text) for each in own_threads.read_comments(root, part)
        )
        discussions += _grouped("own threads", replies, None)
    if part == "test":
        held_out = (
            (row["title"], row["author"], row["text"])
            for row in rows(root, _HELD_OUT_COMMENTS, delimiter="\t")
        )
        discussions += _grouped("held-out comments", held_out, None)
    return Sources(articles=tuple(_articles(root, part)), discussions=tuple(discussions))


def paragraphs_of(text: str) -> tuple[str, ...]:
    """Return the text's lines that hold anything, stripped."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _articles(root: Path, part: Part) -> Iterator[tuple[str, ...]]:
    for path in _ARTICLES:
        for row in rows(root, path):
            paragraphs = paragraphs_of(row["articleBody"])
            if (
                part_of(f"article {row['Body ID']}") == part
                and sum(map(len, paragraphs)) > _SHORTEST_ARTICLE
            ):
                yield paragraphs


def _quoting_forum(root: Path, part: Part) -> Iterator[Discussion]:
    with gzip.open(existing(root, _QUOTING_FORUM), "rt", encoding="utf-8") as stream:
        for line in stream:
            record = json.loads(line)
            if part_of(f"discussion {record['discussion_id']}") == part:
                yield Discussion(
                    forum="quoting forum",
                    posts=tuple(_quoting_posts(record["posts"])),
                    quotes_marked=True,
                )


def _quoting_posts(records: list[dict[str, Any]]) -> Iterator[Post]:
    numbers = {record["post_id"]: index for index, record in enumerate(records)}
    own_words: list[str] = []
    for record in records:
        pieces: list[Piece] = []
        position = 0
        for start, end, data in sorted(record["quotes"], key=lambda quote: quote[:2]):
            if start < position:
                continue
            pieces += _own(record["text"][position:start])
            quoted = paragraphs_of(record["text"][start:end])
            source = _source(" ".join(quoted), own_words, numbers.get(data.get("quote_id")))
            if quoted and source is not None:
                pieces.append(Piece(paragraphs=quoted, quoted=source))
            position = end
        pieces = _joined([*pieces, *_own(record["text"][position:])])
        own_words.append(
            " ".join(" ".join(piece.paragraphs) for piece in pieces if piece.quoted is None)
        )
        yield Post(author=record["author"], pieces=tuple(pieces))


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces with neighbours from the same post made one."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and joined[-1].quoted == piece.quoted:
            paragraphs = joined.pop().paragraphs + piece.paragraphs
            joined.append(Piece(paragraphs=paragraphs, quoted=piece.quoted))
        else:
            joined.append(piece)
    return joined


def _own(text: str) -> list[Piece]:
    paragraphs = paragraphs_of(text[:_LONGEST_POST])
    return [Piece(paragraphs=paragraphs)] if paragraphs else []


def _source(quote: str, own_words: list[str], named: int | None) -> int | None:
    """Return the earliest post whose own words hold the quote, near matches from `named` only."""
    for index, own in enumerate(own_words):
        if quote in own:
            return index
    if named is None or named >= len(own_words):
        return None
    near = len(quote) <= len(own_words[named]) and fuzz.partial_ratio(quote, own_words[named])
    return named if near and near >= _NEAR else None


def _chains(root: Path, part: Part) -> Iterator[Discussion]:
    bodies: dict[str, list[tuple[str, str]]] = defaultdict(list)
    with tarfile.open(existing(root, _CHAINS), "r:bz2") as archive:
        for member in archive:
            stream = archive.extractfile(member)
            if stream is None or not member.name.endswith(".json"):
                continue
            for line in io.TextIOWrapper(stream, encoding="utf-8"):
                record = json.loads(line)
                bodies[record["link_id"]].append((record["author_name"], record["body"]))
    for link, comments in bodies.items():
        if part_of(f"chain {link}") == part:
            unmarked = (
                (
                    author,
                    "\n".join(ln for ln in body.splitlines() if not ln.startswith((">", "&gt;"))),
                )
                for author, body in dict.fromkeys(comments)
            )
            yield _discussion("chains", unmarked)


def _news_comments(root: Path) -> Iterator[tuple[str, str, str]]:
    for row in zipped_rows(root, *_NEWS_COMMENTS):
        yield row["article_id"], "", row["comment_text"]


def _short_posts(root: Path) -> Iterator[tuple[str, str, str]]:
    seen: set[str] = set()
    for row in rows(root, _SHORT_POSTS):
        if row["entry_id"] not in seen and row["body"]:
            seen.add(row["entry_id"])
            yield row["link_id"], row["author"] or "", row["body"]


def _grouped(
    forum: str, comments: Iterable[tuple[str, str, str]], part: Part | None
) -> list[Discussion]:
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for group, author, text in comments:
        if part is None or part_of(f"{forum} {group}") == part:
            groups[group].append((author, text))
    return [_discussion(forum, group) for group in groups.values()]


def _discussion(forum: str, comments: Iterable[tuple[str, str]]) -> Discussion:
    """Return each distinct comment as a post, less the lines that it marks as quoted."""
    posts = (
        Post(
            author=author,
            pieces=tuple(_own("\n".join(ln for ln in text.splitlines() if not _QUOTED.match(ln)))),
        )
        for author, text in dict.fromkeys(comments)
    )
    return Discussion(forum=forum, posts=tuple(post for post in posts if post.pieces))
