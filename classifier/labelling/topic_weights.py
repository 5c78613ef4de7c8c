"""How likely it is that replies argue about something that they mention."""

import math
from dataclasses import dataclass

# Fitted by logistic regression to what several people take a stance on: half of the hand-labelled
# threads, and debates of which the topics are known (VAST, Allaway & McKeown 2020, on comments of
# ARC, Habernal et al. 2018; their training parts).
_INTERCEPT = -1.1
_SHARE = 1.7
_IN_HEADLINE = 0.5
_WRITTEN = 1.5
_WITHOUT_ARTICLE = 1.2
_NAME = 0.7
_PLACE = -0.4
_TITLED = 0.7
_ARGUABLE = 0.6
_ARGUABLE_PART = 0.8
_MODIFIED = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What speaks for something being argued about.

    Parameters
    ----------
    people, of_people : int
        How many people mention it, and how many write at all.
    in_headline : bool
        The headline mentions it.
    written : int or None
        How often the article does; None where there is none.
    name, place, titled : bool
        It is a proper name; it stands where places do; it is somebody of title.
    arguable, arguable_part : bool
        Its noun, or any of its words, is something that people take sides on.
    modified : bool
        It is a common noun with the word before it.
    """

    people: int
    of_people: int
    in_headline: bool
    written: int | None
    name: bool
    place: bool
    titled: bool
    arguable: bool
    arguable_part: bool
    modified: bool

    @property
    def score(self) -> float:
        """Log odds that replies argue about it."""
        return (
            _INTERCEPT
            + _SHARE * math.log((self.people + 1) / (self.of_people + 2))
            + _IN_HEADLINE * self.in_headline
            + (_WITHOUT_ARTICLE if self.written is None else _WRITTEN * math.log1p(self.written))
            + _NAME * self.name
            + _PLACE * self.place
            + _TITLED * self.titled
            + _ARGUABLE * self.arguable
            + _ARGUABLE_PART * self.arguable_part
            + _MODIFIED * self.modified
        )
