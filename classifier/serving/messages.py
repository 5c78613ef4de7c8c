"""The Perspective API's messages, as its public discovery document gives them.

Names are written in lowerCamelCase and read in that or in snake_case, as Google's JSON is.
A null counts as absent. A name that is not known is refused, as Google does.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

ScoreType = Literal["SCORE_TYPE_UNSPECIFIED", "PROBABILITY", "STD_DEV_SCORE", "PERCENTILE", "RAW"]
TextType = Literal["TEXT_TYPE_UNSPECIFIED", "PLAIN_TEXT", "HTML"]
AttributeName = Annotated[str, Field(max_length=100)]


class Message(BaseModel):
    """A message of the API."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        populate_by_name=True,
        extra="forbid",
        frozen=True,
        allow_inf_nan=False,
        hide_input_in_errors=True,
    )


class TextEntry(Message):
    """A body of text."""

    text: str | None = Field(default=None, description="The text.")
    type: TextType | None = Field(
        default=None, description="PLAIN_TEXT, which is the default, or HTML."
    )


class ArticleAndParentComment(Message):
    """What a comment stands under: an article, and the comment that it answers."""

    article: TextEntry | None = Field(
        default=None, description="Headline or text of the article that is commented on."
    )
    parent_comment: TextEntry | None = Field(
        default=None, description="The comment that is answered."
    )


class Context(Message):
    """What a comment refers to. Only one of the fields may be given."""

    entries: list[TextEntry] | None = Field(
        default=None, description="Earlier messages; accepted, and of no effect on the scores."
    )
    article_and_parent_comment: ArticleAndParentComment | None = Field(
        default=None, description="What the stance attributes are asked towards."
    )


class AttributeParameters(Message):
    """How an attribute's score is wanted."""

    score_type: ScoreType | None = Field(
        default=None, description="PROBABILITY, the only type that is given."
    )
    score_threshold: float | None = Field(
        default=None, description="Scores under this value are left out."
    )


class Score(Message):
    """A value and what it means."""

    value: float | None = Field(default=None, description="From 0 to 1 for a probability.")
    type: ScoreType | None = Field(default=None, description="What the value means.")


class SpanScore(Message):
    """The score of a part of the text."""

    begin: int | None = Field(
        default=None,
        description="Where the part begins, in UTF-16 code units of the text as it was sent.",
        ge=0,
        lt=1 << 31,
    )
    end: int | None = Field(
        default=None, description="Where it ends, exclusive, likewise.", ge=0, lt=1 << 31
    )
    score: Score | None = Field(default=None, description="The score.")


class AttributeScores(Message):
    """The scores of one attribute."""

    summary_score: Score | None = Field(default=None, description="Score of the whole text.")
    span_scores: list[SpanScore] | None = Field(default=None, description="Scores of its parts.")


class AnalyzeCommentRequest(Message):
    """Asks for the scores of a comment."""

    comment: TextEntry | None = Field(default=None, description="The comment.")
    context: Context | None = Field(default=None, description="What it refers to.")
    requested_attributes: dict[AttributeName, AttributeParameters | None] | None = Field(
        default=None, description="The attributes that are asked for, by name."
    )
    span_annotations: bool | None = Field(
        default=None, description="Give the scores of each sentence too."
    )
    languages: list[str] | None = Field(
        default=None, description="Language codes of the comment; by default they are detected."
    )
    do_not_store: bool | None = Field(
        default=None, description="Accepted; this server never stores what it scores."
    )
    drop_unsupported_attributes: bool | None = Field(
        default=None, description="Leave out what cannot be scored in place of refusing it."
    )
    client_token: str | None = Field(default=None, description="Given back in the answer.")
    session_id: str | None = Field(default=None, description="Accepted, and not used.")
    community_id: str | None = Field(default=None, description="Accepted, and not used.")


class AnalyzeCommentResponse(Message):
    """The scores of a comment."""

    attribute_scores: dict[AttributeName, AttributeScores] | None = Field(
        default=None, description="The scores, by attribute."
    )
    languages: list[str] | None = Field(
        default=None, description="The languages that the comment was read as."
    )
    detected_languages: list[str] | None = Field(
        default=None, description="The language that was detected."
    )
    client_token: str | None = Field(default=None, description="The request's.")


class SuggestCommentScoreRequest(Message):
    """Says which scores a comment should have."""

    comment: TextEntry | None = Field(default=None, description="The comment.")
    context: Context | None = Field(default=None, description="What it refers to.")
    attribute_scores: dict[AttributeName, AttributeScores | None] | None = Field(
        default=None, description="The scores that it should have, by attribute."
    )
    languages: list[str] | None = Field(default=None, description="Its language codes.")
    client_token: str | None = Field(
        default=None, description="Given back in the answer, and stored as the annotator's name."
    )
    session_id: str | None = Field(default=None, description="Accepted, and not used.")
    community_id: str | None = Field(default=None, description="Stored with the suggestion.")


class SuggestCommentScoreResponse(Message):
    """Says that a suggestion arrived."""

    client_token: str | None = Field(default=None, description="The request's.")
    detected_languages: list[str] | None = Field(
        default=None, description="The language that was detected."
    )
    requested_languages: list[str] | None = Field(
        default=None, description="The languages that the request gave."
    )
