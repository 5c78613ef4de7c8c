from collections.abc import Mapping
from types import MappingProxyType

from classifier.labelling.thread_targets import article_target, reply_targets
from classifier.labelling.topics import find_topics, mentions
from classifier.thread import Article, Reply, Target, Thread

ARTICLE = (
    "HALDEN -- Mayor Orla Finch will open the Halden tunnel in May.\n\nThe toll is two crowns."
)


def thread(
    *texts: str,
    article: str | None = ARTICLE,
    parents: Mapping[int, str] = MappingProxyType({}),
) -> Thread:
    return Thread(
        id="t",
        article=Article(start=0, end=len(article), text=article) if article else None,
        replies=tuple(
            Reply(
                id=f"r{number}",
                start=0,
                end=len(text),
                text=text,
                own=((0, len(text)),) if text else (),
                parent_id=parents.get(number),
            )
            for number, text in enumerate(texts, start=1)
        ),
    )


def test_what_several_replies_name_is_a_topic_and_what_one_names_is_not() -> None:
    topics = find_topics(
        thread(
            "Mayor Finch is right, the toll pays for repairs.",
            "I drive a van and the toll will ruin me.",
            "My cousin has a lighthouse.",
        )
    )
    assert "toll" in {topic.casefold() for topic in topics}
    assert not any("lighthouse" in topic for topic in topics)


def test_a_word_of_abuse_is_no_topic_though_several_use_it() -> None:
    topics = find_topics(thread(*["What a coward, this toll is his doing."] * 3))
    assert [topic.casefold() for topic in topics] == ["toll"]


def test_a_name_that_only_replies_use_is_a_topic() -> None:
    topics = find_topics(thread("Ask Brennicke about it.", "Well, Brennicke started all this."))
    assert "Brennicke" in topics


def test_a_thread_without_words_in_common_has_no_topics() -> None:
    assert find_topics(thread("Hello.")) == ()
    assert find_topics(thread()) == ()


def test_topics_do_not_repeat_each_others_words() -> None:
    topics = find_topics(thread(*["The Halden tunnel toll is unfair to van drivers."] * 4))
    words = [word for topic in topics for word in topic.casefold().split()]
    assert len(words) == len(set(words))


def test_a_topic_is_mentioned_as_whole_words_only() -> None:
    assert mentions("Finch's plan", "Finch")
    assert not mentions("a goldfinch", "Finch")
    assert not mentions("the tunnel in Halden", "Halden tunnel")


def test_each_reply_is_asked_about_the_article_its_parent_and_the_topics_it_mentions() -> None:
    asked = reply_targets(
        thread("The toll is fair.", "No it is not.", parents={2: "r1"}), found=("toll",)
    )
    lede = "HALDEN -- Mayor Orla Finch will open the Halden tunnel in May."
    assert asked[0] == (
        Target(kind="article", text=lede),
        Target(kind="topic", text="toll"),
    )
    assert asked[1] == (
        Target(kind="article", text=lede),
        Target(kind="parent", text="The toll is fair."),
    )


def test_every_reply_is_asked_about_topics_that_the_user_gives() -> None:
    asked = reply_targets(thread("Nothing to say.", article=None), given=("the toll",))
    assert asked == [(Target(kind="topic", text="the toll"),)]


def test_the_headline_stands_for_the_article_where_there_is_one() -> None:
    article = Article(start=0, end=len(ARTICLE), text=ARTICLE, headline="Tunnel to open in May")
    assert article_target(article) == "Tunnel to open in May"


def test_a_long_lede_ends_with_a_sentence() -> None:
    text = "A first sentence stands here. " + "A second one goes on and on " * 20
    assert article_target(Article(start=0, end=len(text), text=text)) == (
        "A first sentence stands here."
    )
