"""Draw the posts of a page, with quotes, pasted news and haste, and write them."""
# ruff: noqa: PLR2004 - what is drawn how often stands where it is drawn

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from classifier.training.page_furniture import furniture, quote_head
from classifier.training.page_names import user_name
from classifier.training.page_sources import Discussion, Post, Sources
from classifier.training.page_styles import BORDERS, PageStyle
from classifier.training.page_wording import (
    hasty,
    headline,
    lead_in,
    lightly_edited,
    link_title,
    numbered,
    on_subject,
    sentences,
    shortened,
    subject_words,
)
from classifier.training.page_writer import Kind, PageWriter

ARTICLE = -1
_SHORTEST_QUOTE = 20
_OWN_BLOCK = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A run of paragraphs of a drawn post; `source` is -1 for a quote of the article."""

    kind: Kind
    paragraphs: tuple[str, ...]
    source: int | None = None


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
    article: Sequence[str],
    *,
    count: int,
) -> list[DrawnPost]:
    """Return up to `count` posts of one discussion, or of several of one forum."""
    subject = subject_words(article, rng)
    drawn: list[DrawnPost] = []
    posts = _posts(sources, rng, count)
    crowd = [user_name(rng, _some_words(posts, rng)) for _ in range(max(2, count * 2 // 3))]
    for index, post in enumerate(posts):
        own = _reworded(_drawn(post, rng, style, crowd), rng, style, subject)
        quoting = _with_quotes(own, drawn, rng, style, article)
        excerpts = style.first_excerpt if index == 0 else style.excerpts
        if rng.random() < excerpts:
            near = rng.random() < style.on_subject
            quoting = _with_excerpt(quoting, rng, sources.articles, subject if near else ())
        drawn.append(quoting)
    return drawn


def _posts(sources: Sources, rng: Random, count: int) -> list[Post]:
    marked = [found for found in sources.discussions if found.quotes_marked]
    if rng.random() < 0.5:
        return list(rng.choice(marked).posts[:count])
    forum = rng.choice(sorted({found.forum for found in sources.discussions} - {"quoting forum"}))
    others: list[Discussion] = [found for found in sources.discussions if found.forum == forum]
    rng.shuffle(others)
    posts: list[Post] = []
    for discussion in others:
        posts += discussion.posts
        if len(posts) >= count:
            break
    return posts[:count]


def _some_words(posts: Sequence[Post], rng: Random) -> list[str]:
    pieces = [piece.paragraphs[0] for post in posts[:8] for piece in post.pieces]
    return rng.choice(pieces).split() if pieces else []


def _drawn(post: Post, rng: Random, style: PageStyle, crowd: Sequence[str]) -> DrawnPost:
    joined = rng.random() > style.paragraphs
    short = not joined and rng.random() < style.short_paragraphs
    parts = tuple(
        Part(
            kind="own" if piece.quoted is None else "quote",
            paragraphs=_laid_out(piece.paragraphs, joined=joined, short=short),
            source=piece.quoted,
        )
        for piece in post.pieces
    )
    if not any(part.kind == "own" for part in parts):
        parts = (*parts, Part(kind="own", paragraphs=(rng.choice(("This.", "Exactly", "lol")),)))
    first = next((part.source for part in parts if part.kind == "quote"), None)
    return DrawnPost(author=post.author or rng.choice(crowd), parts=parts, answers=first)


def _laid_out(paragraphs: tuple[str, ...], *, joined: bool, short: bool) -> tuple[str, ...]:
    """Return the paragraphs as one, as they are, or with each sentence as one of its own."""
    if joined:
        return (" ".join(paragraphs),)
    if short:
        return tuple(one for text in paragraphs for one in sentences(text) if one)
    return paragraphs


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
    return replace(post, parts=tuple(_as_written(part, earlier, rng) for part in post.parts))


def _as_written(part: Part, earlier: Sequence[DrawnPost], rng: Random) -> Part:
    if part.source is None:
        return part
    own = [t for p in earlier[part.source].parts if p.kind == "own" for t in p.paragraphs]
    if all(text in " ".join(own) for text in part.paragraphs):
        return part
    whole = rng.random() < 0.5
    return replace(part, paragraphs=tuple(own) if whole else shortened(rng, own))


def _quoted(rng: Random, style: PageStyle, paragraphs: Sequence[str], source: int) -> Part:
    kept = tuple(paragraphs)
    if rng.random() < style.edits:
        kept = shortened(rng, kept)
    if rng.random() < style.edits * 0.6:
        kept = tuple(lightly_edited(rng, text) for text in kept)
    return Part(kind="quote", paragraphs=kept, source=source)


def _with_excerpt(
    post: DrawnPost, rng: Random, articles: Sequence[Sequence[str]], subject: Sequence[str]
) -> DrawnPost:
    """Return the post with part of another story pasted; on its page's subject, if one is given."""
    news = [on_subject(rng, text, subject) for text in rng.choice(articles)]
    start = rng.randrange(len(news)) if rng.random() < 0.7 else 0
    pasted = tuple(news[start : start + rng.randint(1, 6)])
    if rng.random() < 0.12:
        pasted = numbered(rng, pasted)
    elif rng.random() < 0.2:
        pasted = (headline(rng, news[0]), *pasted)
    if len(pasted) == 1 and len(pasted[0]) < 80:
        return post
    if rng.random() < 0.5:
        pasted = (*pasted, link_title(rng, news[0]))
    excerpt = Part(kind="excerpt", paragraphs=pasted)
    own = [part for part in post.parts if part.kind == "own"]
    others = [part for part in post.parts if part.kind != "own"]
    lead = (lead_in(rng),) if rng.random() < 0.4 else (sentences(own[0].paragraphs[0])[0],)
    short = replace(own[0], paragraphs=lead)
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
        _write_parts(writer, rng, style, number, posts)
        if rng.random() < style.edited_lines:
            line = furniture(rng, "edited", style.quarters)
            writer.write(line, "furniture", gap=within)
        _write_lines(writer, rng, style, style.after)


def _write_parts(
    writer: PageWriter, rng: Random, style: PageStyle, number: int, posts: Sequence[DrawnPost]
) -> None:
    border, within = BORDERS[style.posts]
    before: Kind | None = None
    for part in posts[number].parts:
        quote = part.kind == "quote"
        gap = border
        if before is not None:
            by_quote = quote or before == "quote"
            apart = style.quote_is_block if by_quote else _OWN_BLOCK
            gap = border if rng.random() < apart else within
        if quote and style.head and part.source is not None and part.source >= 0:
            line = quote_head(rng, posts[part.source].author, style.quarters)
            writer.write(line, "head", gap=gap, reply=number)
            gap = rng.choice((border, within)) if style.posts != "double" else within
        for paragraph in part.paragraphs:
            text = (style.mark if quote else "") + paragraph
            writer.write(text, part.kind, gap=gap, reply=number, source=part.source)
            gap = "\n" if rng.random() < style.soft_breaks else within
        if quote and style.expand and sum(map(len, part.paragraphs)) > 200:
            writer.write("Click to expand...", "furniture", gap=border, reply=number)
        before = part.kind


def _write_lines(writer: PageWriter, rng: Random, style: PageStyle, kinds: Sequence[str]) -> None:
    for kind in kinds:
        if rng.random() < style.furniture_survives:
            line = furniture(rng, kind, style.quarters)
            writer.write(line, "furniture", gap=BORDERS[style.posts][0])
