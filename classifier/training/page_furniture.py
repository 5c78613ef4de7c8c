"""Invent the short lines that surround articles and posts: buttons, counters, menus, credits.

Every list is dealt out into quarters. A page draws from some of them only, and the last quarter is
for dev and test pages, so that a model which merely learnt the lists by heart is found out.
"""

from collections.abc import Callable, Sequence
from random import Random
from typing import TypeVar

from classifier.training.page_names import MONTHS, date, outlet, person, place, user_name

Line = Callable[[Random], str]
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
_TOP: tuple[Line | str, ...] = (
    date,
    date,
    "Home",
    "Forums",
    "News",
    lambda rng: f"Home > News > {place(rng).title()}",
    "Skip to content",
    "Log in or Sign up",
    lambda rng: f"By {person(rng)}",
    lambda rng: f"By {person(rng)}, {outlet(rng)}",
    outlet,
    "Advertisement",
    lambda rng: f"Page {rng.randint(1, 3)} of {rng.randint(3, 40)}",
    lambda rng: f"Discussion in 'World Affairs' started by {user_name(rng)}, {date(rng)}.",
    lambda rng: f"Updated {date(rng)}",
    "Share on Facebook",
    lambda rng: f"Thread starter {user_name(rng)}",
    "Menu",
    lambda rng: f"{rng.randint(10, 900)} shares",
    lambda rng: f"Views: {rng.randint(100, 90000):,}",
    "Search this site",
    "Subscribe",
    "Not open for further replies.",
    "Register FAQ Calendar Today's Posts",
    lambda rng: f"Start date {date(rng)}",
    lambda rng: f"Thread: {rng.choice(('Open topic', 'Latest news', 'World', 'Off topic'))}",
    lambda rng: f"Last updated: {date(rng)}",
    lambda rng: f"You are here: Home / {place(rng).title()}",
    "World | Politics | Sport | Opinion",
    lambda rng: f"Posted by {user_name(rng)} on {date(rng)}",
    lambda rng: f"{rng.randint(2, 900)} comments",
    "Go to page:",
)
_BETWEEN: tuple[Line | str, ...] = (
    "Comments",
    lambda rng: f"{rng.randint(1, 400)} Comments",
    "Leave a comment",
    lambda rng: f"Comments ({rng.randint(1, 400)})",
    "Sort by: Newest",
    "Most recent comments",
    "Share this article",
    "Join the discussion",
    "Add your comment",
    "Related Stories",
    lambda rng: f"Replies: {rng.randint(1, 400)}",
    "What do you think? Have your say below.",
    "Comments are closed.",
    "Post a comment",
    "Newest Oldest Best",
    "Reader comments",
    "Log in to comment",
    "Showing all comments",
    "Discuss this story",
    "The views expressed in the comments are those of our readers.",
    "Recommended for you",
    "Print Email Share",
    lambda rng: f"Showing {rng.randint(1, 30)} of {rng.randint(30, 400)} comments",
    "Please keep comments civil and on topic",
    "Responses",
    lambda rng: f"{rng.randint(2, 40)} responses to this story",
    "View all comments",
    "Tell us what you think",
    "Conversation",
    "Sign in to join the conversation",
    lambda rng: f"Discussion ({rng.randint(1, 400)})",
    "Your comments",
)
_FOOT: tuple[Line | str, ...] = (
    "You must log in or sign up to reply here.",
    lambda rng: f"Page {rng.randint(1, 3)} of {rng.randint(3, 40)}",
    "Next >",
    lambda rng: f"© {rng.randint(2004, 2024)} {outlet(rng)}. All rights reserved.",
    "Terms of use | Privacy policy | Contact",
    "Similar Threads",
    "Back to top",
    "Powered by forum software",
    "Load more comments",
    "Show more replies",
    "« Previous Thread | Next Thread »",
    "All times are GMT. The time now is 09:41 PM.",
    "Thread Status:",
    "Contact Us Help Home Top RSS",
    "Users who are viewing this thread",
    "Most popular",
    "About us | Advertise | Careers",
    "Prev 1 2 3 Next",
    "Quick Reply",
    "Forum Jump",
    "Privacy | Terms",
    lambda rng: f"1 2 3 ... {rng.randint(5, 60)} Next",
    "(You must log in to post here.)",
    lambda rng: f"Copyright {rng.randint(2004, 2024)}",
)
_ADS: tuple[Line | str, ...] = (
    "Advertisement",
    "Story continues below",
    "Share this story",
    "Sponsored",
    "ADVERTISEMENT - CONTINUE READING BELOW",
    "Scroll down for video",
    "Tweet",
    "Sign up for our newsletter",
    "Article continues after the advertisement",
    "Click here for more",
    "Image copyright",
    "Continue reading the main story",
    "(adsbygoogle)",
    "Loading...",
    "Share Tweet Pin Email",
    "Recommended",
)
FURNITURE: dict[str, tuple[Line | str, ...]] = {
    "member": _MEMBER,
    "number": _NUMBERS,
    "date": (date, date, date, date),
    "button": _BUTTONS,
    "edited": _EDITED,
    "top": _TOP,
    "between": _BETWEEN,
    "foot": _FOOT,
    "ad": _ADS,
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
