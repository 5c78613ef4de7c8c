"""Draw the posts of a page, with quotes, pasted news and haste, and write them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from classifier.training.page_furniture import furniture, quote_head, user_name
from classifier.training.page_sources import Discussion, Post, Sources
from classifier.training.page_styles import BORDERS, PageStyle
from classifier.training.page_wording import (
    hasty,
    lightly_edited,
    link_title,
    on_subject,
    sentences,
    shortened,
)
from classifier.training.page_writer import Kind, PageWriter

ARTICLE = -1
_SHORTEST_QUOTE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A run of paragraphs of a drawn post; `source` is -1 for a quote of the article."""

    kind: Kind
    paragraphs: tuple[str, ...]
    source: int | None = None
    joined: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnPost:
    """A post ready to be written; `answers` is the reply that it visibly answers."""

    author: str
    parts: tuple[Part, ...]
    answers: int | None = None


def draw_posts(
    sources: Sources,
    rng: Random,
    style: PageStyle,
    count: int,
    subject: Sequence[str],
    article: Sequence[str],
) -> list[DrawnPost]:
    """Return up to `count` posts of one discussion, or of several of one forum."""
    drawn: list[DrawnPost] = []
    for index, post in enumerate(_posts(sources, rng, count)):
        own = _reworded(_drawn(post, rng), rng, style, subject)
        quoting = _with_quotes(own, drawn, rng, style, article)
        excerpts = style.first_excerpt if index == 0 else style.excerpts
        if rng.random() < excerpts:
            quoting = _with_excerpt(quoting, rng, sources.articles)
        drawn.append(quoting)
    return drawn


def _posts(sources: Sources, rng: Random, count: int) -> list[Post]:
    marked = [found for found in sources.discussions if found.quotes_marked]
    if rng.random() < 0.5:
        return list(rng.choice(marked).posts[:count])
    forum = rng.choice(sorted({found.forum for found in sources.discussions} - {"quoting forum"}))
    others: list[Discussion] = [found for found in sources.discussions if found.forum == forum]
    posts: list[Post] = []
    while len(posts) < count:
        posts += rng.choice(others).posts
    return posts[:count]


def _drawn(post: Post, rng: Random) -> DrawnPost:
    parts = tuple(
        Part(
            kind="own" if piece.quoted is None else "quote",
            paragraphs=piece.paragraphs,
            source=piece.quoted,
        )
        for piece in post.pieces
    )
    if not any(part.kind == "own" for part in parts):
        parts = (*parts, Part(kind="own", paragraphs=(rng.choice(("This.", "Exactly", "lol")),)))
    first = next((part.source for part in parts if part.kind == "quote"), None)
    return DrawnPost(author=post.author or user_name(rng), parts=parts, answers=first)


def _reworded(post: DrawnPost, rng: Random, style: PageStyle, subject: Sequence[str]) -> DrawnPost:
    haste = rng.random() < style.noise
    near = rng.random() < style.on_subject
    parts = []
    for part in post.parts:
        paragraphs = part.paragraphs
        if part.kind == "own":
            if near:
                paragraphs = tuple(on_subject(rng, text, subject) for text in paragraphs)
            if haste:
                paragraphs = tuple(hasty(rng, text) for text in paragraphs)
        parts.append(replace(part, paragraphs=paragraphs))
    return replace(post, parts=tuple(parts))


def _with_quotes(
    post: DrawnPost,
    earlier: Sequence[DrawnPost],
    rng: Random,
    style: PageStyle,
    article: Sequence[str],
) -> DrawnPost:
    if post.answers is not None:
        return _checked(post, earlier, rng)
    post = replace(post, parts=tuple(part for part in post.parts if part.kind == "own"))
    if article and rng.random() < style.article_quotes:
        quoted = _quoted(rng, style, (rng.choice(article),), ARTICLE)
        return replace(post, parts=(quoted, *post.parts))
    if earlier and rng.random() < style.quotes:
        number = max(rng.randrange(len(earlier)), rng.randrange(len(earlier)))
        own = [
            text for part in earlier[number].parts if part.kind == "own" for text in part.paragraphs
        ]
        quoted = _quoted(rng, style, own, number)
        nested = [part for part in earlier[number].parts[:1] if part.kind == "quote"]
        if len(quoted.paragraphs[0]) >= _SHORTEST_QUOTE:
            inner = nested if rng.random() < 0.3 else []
            return replace(post, parts=(*inner, quoted, *post.parts), answers=number)
    if earlier and style.author != "none" and rng.random() < style.mentions:
        number = rng.randrange(len(earlier))
        last = max(n for n, other in enumerate(earlier) if other.author == earlier[number].author)
        first = post.parts[0]
        named = (f"@{earlier[number].author} {first.paragraphs[0]}", *first.paragraphs[1:])
        return replace(
            post, parts=(replace(first, paragraphs=named), *post.parts[1:]), answers=last
        )
    return post


def _checked(post: DrawnPost, earlier: Sequence[DrawnPost], rng: Random) -> DrawnPost:
    """Keep quotes true to the posts as they now stand: a reworded post is quoted reworded."""
    parts = []
    for part in post.parts:
        if part.source is not None:
            own = [t for p in earlier[part.source].parts if p.kind == "own" for t in p.paragraphs]
            if not all(text in " ".join(own) for text in part.paragraphs):
                whole = rng.random() < 0.5
                part = replace(part, paragraphs=tuple(own) if whole else shortened(rng, own))
        parts.append(part)
    return replace(post, parts=tuple(parts))


def _quoted(rng: Random, style: PageStyle, paragraphs: Sequence[str], source: int) -> Part:
    kept = tuple(paragraphs)
    if rng.random() < style.edits:
        kept = shortened(rng, kept)
    if rng.random() < style.edits * 0.6:
        kept = tuple(lightly_edited(rng, text) for text in kept)
    return Part(kind="quote", paragraphs=kept, source=source)


def _with_excerpt(post: DrawnPost, rng: Random, articles: Sequence[Sequence[str]]) -> DrawnPost:
    news = rng.choice(articles)
    start = rng.randrange(len(news))
    pasted = tuple(news[start : start + rng.randint(1, 6)])
    if len(pasted) == 1 and len(pasted[0]) < 80:
        return post
    if rng.random() < 0.5:
        pasted = (*pasted, link_title(rng, news[0]))
    excerpt = Part(kind="excerpt", paragraphs=pasted, joined=rng.random() < 0.8)
    own = [part for part in post.parts if part.kind == "own"]
    others = [part for part in post.parts if part.kind != "own"]
    short = replace(own[0], paragraphs=(sentences(own[0].paragraphs[0])[0],))
    arranged = rng.choice(
        (
            (short, excerpt),
            (short, excerpt),
            (*own, excerpt),
            (excerpt, *own),
            (short, excerpt, *own),
        )
    )
    return replace(post, parts=(*others[:1], *arranged))


def write_posts(
    writer: PageWriter, rng: Random, style: PageStyle, posts: Sequence[DrawnPost]
) -> None:
    """Write the posts in order, with the furniture that survived around each."""
    border, within = BORDERS[style.posts]
    for number, post in enumerate(posts):
        if style.author == "before":
            writer.write(post.author, "author", gap=border)
        _write_lines(writer, rng, style, style.before)
        if style.author == "after":
            writer.write(post.author, "author", gap=border)
        gap = border
        for part in post.parts:
            marked = part.kind == "quote"
            if marked and style.head and part.source is not None and part.source >= 0:
                name = posts[part.source].author
                writer.write(
                    quote_head(rng, name, held_out=style.held_out), "head", gap=gap, reply=number
                )
                gap = rng.choice((border, within)) if style.posts != "double" else within
            elif part.joined:
                gap = within
            for paragraph in part.paragraphs:
                text = (style.mark if marked else "") + paragraph
                writer.write(text, part.kind, gap=gap, reply=number, source=part.source)
                gap = "\n" if rng.random() < style.soft_breaks else within
            if marked and style.expand and len(" ".join(part.paragraphs)) > 200:
                writer.write("Click to expand...", "furniture", gap=border, reply=number)
            gap = border if rng.random() < style.quote_is_block else within
        if rng.random() < style.edited_lines:
            line = furniture(rng, "edited", held_out=style.held_out)
            writer.write(line, "furniture", gap=within)
        _write_lines(writer, rng, style, style.after)


def _write_lines(writer: PageWriter, rng: Random, style: PageStyle, kinds: Sequence[str]) -> None:
    for kind in kinds:
        if rng.random() < style.furniture_survives:
            line = furniture(rng, kind, held_out=style.held_out)
            writer.write(line, "furniture", gap=BORDERS[style.posts][0])
