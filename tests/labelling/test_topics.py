from collections.abc import Mapping
from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st

from classifier.labelling.thread_targets import article_target, reply_targets
from classifier.labelling.topics import Topic, find_topics
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


def found(*texts: str, article: str | None = ARTICLE) -> list[str]:
    return [topic.text for topic in find_topics(thread(*texts, article=article))]


def test_what_several_replies_name_is_a_topic_and_what_one_names_is_not() -> None:
    topics = found(
        "Mayor Finch is right, the toll pays for repairs.",
        "I drive a van and the toll will ruin me.",
        "My cousin has a lighthouse.",
    )
    assert topics == ["toll"]


def test_a_word_of_abuse_is_no_topic_though_several_use_it() -> None:
    assert found(*["What a coward, this toll is his doing."] * 3) == ["toll"]


def test_a_name_is_given_in_full_however_replies_shorten_or_misspell_it() -> None:
    topics = find_topics(
        thread("Mayor Finch is a fool.", "I trust Orla, I do.", "that finch woman", "Orla Finsch!")
    )
    assert [topic.text for topic in topics] == ["Orla Finch"]
    others = ("Ask Finch.", "ask orla", "Mayor Finch knows")
    assert all(topics[0].is_mentioned_in(text) for text in others)


def test_a_surname_with_an_article_is_the_same_name() -> None:
    article = "Prime Minister Nuri al-Samadi spoke on Monday. Al-Samadi, 60, blamed his rivals."
    assert found("Samadi has to go.", "We want Samadi out, now.", article=article) == [
        "Nuri al-Samadi"
    ]


def test_a_name_that_only_replies_use_is_a_topic() -> None:
    assert "Brennicke" in found("Ask Brennicke about it.", "Well, I hear Brennicke began it.")


def test_a_title_stays_where_no_first_name_is_known() -> None:
    assert found(*["I like Reverend Moss."] * 2, article=None) == ["Reverend Moss"]


def test_a_name_is_no_topic_where_the_word_is_mostly_a_common_one() -> None:
    article = "The rabbi, Esther Fine, will speak."
    assert found("That is fine by me.", "Fine, fine.", "Not fine at all.", article=article) == []


def test_a_noun_is_named_with_the_word_that_stands_before_it() -> None:
    replies = ["The night ferry must stay.", "I need the night ferry.", "That ferry is a wreck."]
    assert found(*replies, article=None) == ["night ferry"]


def test_a_headline_names_the_topic_that_replies_mention_in_fewer_words() -> None:
    replies = ("A ban, at last!", "This ban is a joke.", "Ban them all, I say.")
    article = "Council votes for leaf blower ban\n\nIt was a long night in Halden."
    assert found(*replies, article=article) == ["blower ban"]


def test_capitals_of_a_headline_in_title_case_make_no_name() -> None:
    replies = ("The school day is long enough.", "I like a long school day.")
    article = "Should the School Day Be Longer?\n\nPupils in Halden may get two hours more."
    titled = Thread.model_copy(thread(*replies, article=article), update={"title": article[:32]})
    assert [topic.text for topic in find_topics(titled)] == ["school day"]


def test_an_office_stands_for_the_one_person_who_holds_it() -> None:
    topics = found("The mayor is a fool.", "Well, that Mayor has my vote.", "Finch again!")
    assert topics == ["Orla Finch"]


def test_an_office_that_two_hold_stands_for_neither() -> None:
    article = ARTICLE + "\n\nMayor Bo Quist of Brack has asked Mayor Finch for a bridge."
    replies = ("The mayor is a fool.", "Our mayor has my vote.")
    assert not {"Orla Finch", "Bo Quist"} & set(found(*replies, article=article))


def test_a_nation_s_adjective_is_no_topic_and_does_not_stand_for_a_name() -> None:
    replies = ("So American, this toll.", "An American thing.", "Hear our American Union: no toll.")
    assert found(*replies) == ["toll"]


def test_a_short_name_stays_short_where_the_full_form_is_a_rare_accident() -> None:
    replies = (*["I went to Brack once."] * 13, "What a bore, this Modern Brack.")
    assert found(*replies, article=None)[0] == "Brack"


def test_verbs_are_no_topics() -> None:
    assert found("They will vanish.", "I hope you vanish.", "We vanish too.", article=None) == []


def test_the_threads_authors_and_whom_they_address_are_no_topics() -> None:
    texts = ("I agree with Harrow_Lane and Osric.", "So says Osric!", "@Osric no")
    said = thread(*texts, article=None)
    spoken = [reply.model_copy(update={"author": "Osric"}) for reply in said.replies[:1]]
    named = said.model_copy(update={"replies": (*spoken, *said.replies[1:])})
    assert "Osric" not in [topic.text for topic in find_topics(named)]


def test_the_outlet_is_a_topic_only_if_several_people_speak_of_it() -> None:
    article = "HALDEN (Halden Courier) -- The toll is two crowns. The toll starts in May."
    two = ["A lie by Halden Courier, the toll.", "I read Halden Courier and hate the toll."]
    assert found(*two, article=article) == ["toll"]
    assert "Halden Courier" in found(*two, "Ban Halden Courier.", article=article)


def test_one_person_alone_makes_no_topic() -> None:
    said = thread("The toll is a scandal.", "And again: the toll is a scandal.")
    same = tuple(reply.model_copy(update={"author": "Osric"}) for reply in said.replies)
    assert find_topics(said.model_copy(update={"replies": same})) == ()


def test_no_more_than_five_are_named() -> None:
    nouns = ("toll", "ferry", "tariff", "quarry", "reservoir", "orchard", "chapel")
    text = " ".join(f"The {noun} is a scandal." for noun in nouns)
    assert len(found(text, text, article=text)) == 5


def test_a_thread_without_words_in_common_has_no_topics() -> None:
    assert find_topics(thread("Hello.")) == ()
    assert find_topics(thread()) == ()


@given(st.lists(st.text(), max_size=6), st.text())
def test_any_text_has_at_most_five_topics_and_each_is_mentioned(
    texts: list[str], article: str
) -> None:
    topics = find_topics(thread(*texts, article=article or None))
    assert len(topics) <= 5
    for topic in topics:
        assert sum(topic.is_mentioned_in(text) for text in texts) >= 2


def test_a_topic_is_mentioned_as_whole_words_only() -> None:
    finch = Topic(text="Orla Finch", aliases=frozenset({"Orla Finch", "Finch"}))
    assert finch.is_mentioned_in("finch's plan")
    assert not finch.is_mentioned_in("a goldfinch sang for Orla")
    tunnel = Topic(text="Halden tunnel", aliases=frozenset({"Halden tunnel"}))
    assert tunnel.is_mentioned_in("all those Halden tunnels")
    assert not tunnel.is_mentioned_in("the tunnel in Halden")


def test_each_reply_is_asked_about_the_article_its_parent_and_the_topics_it_mentions() -> None:
    asked = reply_targets(
        thread("The toll is fair.", "No it is not.", parents={2: "r1"}),
        found=(Topic(text="bridge toll", aliases=frozenset({"bridge toll", "toll"})),),
    )
    lede = "HALDEN -- Mayor Orla Finch will open the Halden tunnel in May."
    assert asked[0] == (
        Target(kind="article", text=lede),
        Target(kind="topic", text="bridge toll"),
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
