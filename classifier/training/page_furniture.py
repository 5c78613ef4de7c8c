"""Invent the short lines that surround posts: members, numbers, buttons, heads of quotes.

Every list is dealt out into quarters. A page draws from some of them only, and the last quarter is
for dev and test pages, so that a model which merely learnt the lists by heart is found out.
"""

from collections.abc import Callable, Sequence
from random import Random
from typing import TypeVar

from classifier.training.page_names import MONTHS, date, place, user_name
from classifier.training.page_surroundings import ADVERTISEMENTS, BETWEEN, FOOT, TOP, Line

Quarters = frozenset[int]
Option = TypeVar("Option")

ALL_QUARTERS: Quarters = frozenset(range(4))


def choose(rng: Random, options: Sequence[Line | str], quarters: Quarters) -> str:
    """Return one line of the given quarters of the options."""
    option = _dealt(rng, options, quarters)
    return option if isinstance(option, str) else option(rng)


def _dealt(rng: Random, options: Sequence[Option], quarters: Quarters) -> Option:
    return rng.choice([option for index, option in enumerate(options) if index % 4 in quarters])


_MEMBER: tuple[Line | str, ...] = (
    "Senior Member",
    "Junior Member",
    "FULL MEMBER",
    "Registered User",
    "Moderator",
    "Elite Member",
    "New Recruit",
    "Banned",
    "Guest",
    "PREMIUM MEMBER",
    "Super Moderator",
    "Administrator",
    "Active Member",
    "Veteran",
    "Supporting Member",
    "Well-Known Member",
    "Offline",
    "Think Tank Analyst",
    lambda rng: f"Joined: {rng.choice(MONTHS)[:3]} {rng.randint(2001, 2020)}",
    lambda rng: f"Join Date: {rng.choice(MONTHS)[:3]} {rng.randint(2001, 2020)}",
    lambda rng: f"Joined {date(rng)}",
    lambda rng: f"Posts: {rng.randint(1, 20000):,}",
    lambda rng: f"Messages: {rng.randint(1, 20000)}",
    lambda rng: f"{rng.randint(1, 20000)} posts",
    lambda rng: f"Location: {place(rng).title()}",
    lambda rng: f"Likes received: {rng.randint(1, 999)}",
    lambda rng: f"Reaction score: {rng.randint(1, 9999):,}",
    lambda rng: f"Country: {place(rng).split()[-1].title()}",
    lambda rng: f"From: {place(rng).title()}",
    lambda rng: f"Thanks: {rng.randint(1, 99)}",
    lambda rng: f"{rng.randint(1, 99)} followers",
    lambda rng: f"Rep Power: {rng.randint(1, 30)}",
    "Regular",
    "Frequent visitor",
    "Newbie",
    "Lives here",
    "Original poster",
    "Online",
    lambda rng: f"Age: {rng.randint(18, 80)}",
    lambda rng: f"Level {rng.randint(1, 60)}",
    lambda rng: f"Karma: {rng.randint(-5, 9000)}",
    lambda rng: f"Member since {rng.randint(2001, 2020)}",
    lambda rng: f"{rng.randint(1, 30)} badges",
    lambda rng: f"Reputation {rng.randint(1, 900)}",
)
_NUMBERS: tuple[Line | str, ...] = (
    lambda rng: f"#{rng.randint(1, 400)}",
    lambda rng: f"Post #{rng.randint(1, 400)}",
    lambda rng: f"{rng.randint(1, 400)}.",
    lambda rng: f"Post {rng.randint(1, 99)} of {rng.randint(100, 400)}",
    lambda rng: f"Comment {rng.randint(1, 400)}",
    lambda rng: f"({rng.randint(1, 400)})",
)
_BUTTONS: tuple[Line | str, ...] = (
    "Reply",
    "Like",
    "Share",
    "Reply With Quote",
    "Report",
    "Like Reply",
    "Quote",
    "Reply to this",
    "Permalink",
    "Like · Reply · Share",
    "Flag as inappropriate",
    "Report Abuse",
    "Multi-Quote",
    "Top",
    "Edit Delete",
    "Report Post",
    "Recommend",
    "Reply | Quote | Report",
    "Share > Twitter Facebook",
    "Upvote Downvote",
    "permalink embed save report reply",
    "View Profile",
    "Send PM",
    "Add to friends",
    lambda rng: f"{rng.randint(1, 90)} likes",
    lambda rng: f"Likes: {rng.randint(1, 90)}",
    lambda rng: f"{user_name(rng)} likes this.",
    lambda rng: f"{rng.randint(1, 90)} people found this helpful",
    lambda rng: f"+{rng.randint(1, 90)}",
    lambda rng: f"{rng.randint(1, 90)} points",
    lambda rng: f"{rng.randint(1, 60)} replies",
    lambda rng: f"{user_name(rng)}, {user_name(rng)} and {rng.randint(1, 9)} others like this",
    lambda rng: f"{rng.randint(1, 90)} up, {rng.randint(1, 90)} down",
    lambda rng: f"Like x {rng.randint(1, 9)}",
    lambda rng: f"Reactions: {user_name(rng)} and {user_name(rng)}",
    lambda rng: f"Rate {rng.randint(1, 90)}",
    lambda rng: f"Thumbs up {rng.randint(1, 90)} thumbs down {rng.randint(1, 90)}",
    lambda rng: f"The following user thanked {user_name(rng)}:",
    "Show hidden replies",
    "Hide",
    "Collapse",
    "Copy link",
    "More",
    "Agree Disagree",
    lambda rng: f"{rng.randint(1, 40)} agree",
    "Block this user",
    "Follow",
    lambda rng: f"Score: {rng.randint(-9, 99)}",
    lambda rng: f"{user_name(rng)} thanked this post",
    "Reply to thread",
    "Bookmark",
    "Mark as answer",
    lambda rng: f"View {rng.randint(2, 30)} replies",
)
_EDITED: tuple[Line | str, ...] = (
    lambda rng: f"Last edited by {user_name(rng)}; {date(rng)}",
    lambda rng: f"Last edited: {date(rng)}",
    "Sent from my phone",
    "[edited by moderator]",
    lambda rng: f"Edited by {user_name(rng)}, {date(rng)}.",
    "(This post was edited)",
    "Sent from my tablet",
    "Sent from my mobile device using the app",
    lambda rng: f"This post has been edited {rng.randint(1, 5)} times",
    lambda rng: f"edited {rng.randint(2, 59)} minutes ago",
    lambda rng: f"Last edited by a moderator: {date(rng)}",
    lambda rng: f"Message edited by {user_name(rng)} on {date(rng)}",
)
FURNITURE: dict[str, tuple[Line | str, ...]] = {
    "member": _MEMBER,
    "number": _NUMBERS,
    "date": (date, date, date, date),
    "button": _BUTTONS,
    "edited": _EDITED,
    "top": TOP,
    "between": BETWEEN,
    "foot": FOOT,
    "ad": ADVERTISEMENTS,
}


def furniture(rng: Random, kind: str, quarters: Quarters) -> str:
    """Return one line of page furniture of a kind in `FURNITURE`, in one of several cases."""
    line = choose(rng, FURNITURE[kind], quarters)
    return rng.choices((line, line.upper(), line.lower(), f"[{line}]"), (0.88, 0.05, 0.05, 0.02))[0]


_HEADS: tuple[Callable[[str, Random], str], ...] = (
    lambda name, _: f"{name} said:",
    lambda name, _: f"{name} said: ↑",
    lambda name, _: f"{name} wrote:",
    lambda name, _: f"Originally posted by {name}",
    lambda name, _: f"Quote: Originally Posted by {name}",
    lambda name, rng: f"On {date(rng)}, {name} wrote:",
    lambda name, _: f"Quote from {name}",
    lambda name, rng: f"{name} wrote on {date(rng)}:",
    lambda *_: "Quote:",
    lambda name, _: f"Quoting {name}:",
    lambda name, _: f"Originally Posted by {name} View Post",
    lambda name, _: f"In reply to {name}:",
)


def quote_head(rng: Random, name: str, quarters: Quarters) -> str:
    """Return the line that tells whose words are quoted."""
    return _dealt(rng, _HEADS, quarters)(name, rng)
