"""Invent the short lines that surround articles and posts: names, dates, buttons, credits.

Every list is cut in two: what training pages may use, and what only dev and test pages add, so
that a model which merely learnt the list by heart is found out.
"""

from collections.abc import Callable, Sequence
from random import Random

_SYLLABLES = [
    "zar",
    "van",
    "ko",
    "li",
    "mer",
    "tas",
    "bo",
    "ned",
    "ru",
    "sha",
    "pil",
    "dex",
    "ora",
    "win",
    "gat",
    "hul",
    "fen",
    "mar",
    "quin",
    "sol",
    "tor",
    "bel",
    "cas",
    "dru",
    "esk",
    "jin",
    "kul",
    "nor",
    "pra",
    "vex",
]
_WORDS = [
    "eagle",
    "patriot",
    "night",
    "river",
    "stone",
    "blue",
    "iron",
    "lone",
    "happy",
    "angry",
    "silent",
    "free",
    "old",
    "mad",
    "true",
    "red",
    "dog",
    "wolf",
    "fan",
    "guy",
    "girl",
    "queen",
    "rider",
    "hawk",
    "voter",
    "dad",
    "mom",
    "truth",
    "logic",
]
_FIRST = [
    "Alice",
    "Bruno",
    "Carla",
    "Dmitri",
    "Elena",
    "Farid",
    "Greta",
    "Hamid",
    "Ines",
    "Jonas",
    "Keiko",
    "Lars",
    "Maya",
    "Nadia",
    "Omar",
    "Petra",
    "Quentin",
    "Rosa",
    "Stefan",
    "Tara",
    "Umar",
    "Vera",
    "Wesley",
    "Yusuf",
    "Zoe",
]
_LAST = [
    "Abelard",
    "Brandvold",
    "Castellan",
    "Dunmore",
    "Eskildsen",
    "Farrow",
    "Grantham",
    "Holloway",
    "Ibrahimi",
    "Jankovic",
    "Kessler",
    "Lindqvist",
    "Moravec",
    "Nakagawa",
    "Okonjo",
    "Pellerin",
    "Quist",
    "Rademacher",
    "Sorensen",
    "Tavares",
]
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_OUTLETS = (
    "Northern Herald",
    "The Daily Courier",
    "Metro Dispatch",
    "WKTV",
    "Global Wire",
    "The Evening Ledger",
    "Coast News",
    "BNN",
    "The Observer-Post",
    "Capital Times",
)
_PLACES = (
    "LONDON",
    "Baghdad, Iraq",
    "WASHINGTON",
    "Paris",
    "OTTAWA",
    "Springfield, Ohio",
    "NAIROBI",
    "Kyiv, Ukraine",
    "SYDNEY",
    "Mexico City",
)

Line = Callable[[Random], str]


def choose(rng: Random, options: Sequence[Line | str], *, held_out: bool) -> str:
    """Return one line; every fourth option is for dev and test pages only."""
    allowed = [option for index, option in enumerate(options) if held_out or index % 4 != 3]
    option = rng.choice(allowed)
    return option if isinstance(option, str) else option(rng)


def person(rng: Random) -> str:
    """Return an invented first and last name."""
    return f"{rng.choice(_FIRST)} {rng.choice(_LAST)}"


def outlet(rng: Random) -> str:
    """Return an invented news outlet."""
    return rng.choice(_OUTLETS)


def place(rng: Random) -> str:
    """Return a place as a dateline names it."""
    return rng.choice(_PLACES)


def user_name(rng: Random) -> str:
    """Return an invented forum name."""
    joined = "".join(rng.choices(_SYLLABLES, k=rng.randint(2, 3)))
    return rng.choice(
        (
            joined,
            joined.capitalize(),
            f"{joined}{rng.randint(1, 99)}",
            f"{rng.choice(_WORDS).capitalize()}{rng.choice(_WORDS).capitalize()}",
            f"{rng.choice(_WORDS)}_{rng.choice(_WORDS)}",
            f"{rng.choice(_WORDS)}{rng.choice(_WORDS)}{rng.randint(1, 2012)}",
            person(rng),
            f"{rng.choice(_FIRST)} {rng.choice(_LAST)[0]}.",
            rng.choice(_FIRST),
            f"{rng.choice(_WORDS).capitalize()} {rng.choice(_WORDS).capitalize()}",
            f"The {rng.choice(_WORDS).capitalize()}",
            f"{rng.choice(_FIRST).lower()}.{rng.choice(_LAST).lower()}",
        )
    )


def date(rng: Random) -> str:
    """Return a date in one of many habits."""
    day, month, year = rng.randint(1, 28), rng.randint(0, 11), rng.randint(2003, 2024)
    name, short = _MONTHS[month], _MONTHS[month][:3]
    hour, minute = rng.randint(0, 23), rng.randint(0, 59)
    half = f"{hour % 12 or 12}:{minute:02} {'AM' if hour < 12 else 'PM'}"
    return rng.choice(
        (
            f"{short} {day}, {year}",
            f"{name} {day}, {year}",
            f"{day} {name} {year}",
            f"{month + 1:02}-{day:02}-{year}, {half}",
            f"{year}-{month + 1:02}-{day:02} {hour:02}:{minute:02}",
            f"{rng.choice(_DAYS)}, {day} {short} {year} {hour:02}:{minute:02}",
            f"{rng.randint(2, 23)} hours ago",
            f"Posted {name} {day}, {year} at {half}",
            f"{day}/{month + 1}/{year}",
            f"{rng.choice(_DAYS)} at {half}",
            f"Published: {hour:02}:{minute:02} GMT, {day} {name} {year}",
            f"{rng.randint(2, 11)} months ago",
        )
    )


_MEMBER: tuple[Line | str, ...] = (
    "Senior Member",
    "Junior Member",
    "FULL MEMBER",
    "Registered User",
    "Moderator",
    "Elite Member",
    "New Recruit",
    "Banned",
    lambda rng: f"Joined: {rng.choice(_MONTHS)[:3]} {rng.randint(2001, 2020)}",
    lambda rng: f"Join Date: {rng.choice(_MONTHS)[:3]} {rng.randint(2001, 2020)}",
    lambda rng: f"Posts: {rng.randint(1, 20000):,}",
    lambda rng: f"Messages: {rng.randint(1, 20000)}",
    lambda rng: f"Location: {rng.choice(_PLACES).title()}",
    lambda rng: f"Likes received: {rng.randint(1, 999)}",
    "Contributor",
    "Well-Known Member",
)
_NUMBERS: tuple[Line | str, ...] = (
    lambda rng: f"#{rng.randint(1, 400)}",
    lambda rng: f"Post #{rng.randint(1, 400)}",
    lambda rng: f"{rng.randint(1, 400)}.",
    lambda rng: f"Post {rng.randint(1, 99)} of {rng.randint(100, 400)}",
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
    lambda rng: f"{rng.randint(1, 90)} likes",
    lambda rng: f"Likes: {rng.randint(1, 90)}",
    lambda rng: f"{user_name(rng)} likes this.",
    lambda rng: f"{rng.randint(1, 90)} people found this helpful",
    lambda rng: f"+{rng.randint(1, 90)}",
    "Reply | Quote | Report",
    lambda rng: f"{user_name(rng)}, {user_name(rng)} and {rng.randint(1, 9)} others like this",
    "Upvote Downvote",
)
_EDITED: tuple[Line | str, ...] = (
    lambda rng: f"Last edited by {user_name(rng)}; {date(rng)}",
    lambda rng: f"Last edited: {date(rng)}",
    "Sent from my phone",
    "[edited by moderator]",
    lambda rng: f"Edited by {user_name(rng)}, {date(rng)}.",
    "(This post was edited)",
    "Sent from my tablet using the forum app",
    lambda rng: f"This post has been edited {rng.randint(1, 5)} times",
)
_TOP: tuple[Line | str, ...] = (
    date,
    date,
    "Home",
    "Forums",
    "News",
    lambda rng: f"Home > News > {rng.choice(_PLACES).title()}",
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
)
FURNITURE = {
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


def furniture(rng: Random, kind: str, *, held_out: bool) -> str:
    """Return one line of page furniture of a kind in `FURNITURE`."""
    return choose(rng, FURNITURE[kind], held_out=held_out)


_CREDITS: tuple[Line | str, ...] = (
    lambda rng: (
        f"{outlet(rng)}'s {person(rng)}, {person(rng)} and {person(rng)} contributed to this report."
    ),
    lambda rng: f"{person(rng)} contributed to this report.",
    lambda rng: f"{person(rng)} and {person(rng)} reported from {place(rng).title()}.",
    lambda rng: f"Reporting by {person(rng)}; Editing by {person(rng)}",
    lambda rng: f"Associated writer {person(rng)} contributed.",
    lambda rng: f"Follow {person(rng)} on Twitter: @{user_name(rng).replace(' ', '')}",
    lambda rng: f"({person(rng)} in {place(rng).title()}; additional reporting by {person(rng)})",
    lambda rng: f"Additional reporting by {person(rng)} and agencies",
    lambda rng: f"— {person(rng)}, {outlet(rng)}",
    lambda rng: f"Copyright {rng.randint(2004, 2024)} {outlet(rng)}. All rights reserved.",
    lambda rng: f"Source: {outlet(rng)}",
    lambda rng: f"This story was first published by {outlet(rng)} on {date(rng)}.",
    lambda rng: f"{person(rng)} is a staff writer at {outlet(rng)}.",
    lambda rng: f"Email: {rng.choice(_FIRST).lower()}@{outlet(rng).split()[-1].lower()}.example",
    lambda rng: f"{outlet(rng)} / {person(rng)}",
    lambda rng: f"{outlet(rng)} Staff and wire services",
)


def credit_line(rng: Random, *, held_out: bool) -> str:
    """Return the line of credits that may end an article."""
    return choose(rng, _CREDITS, held_out=held_out)


_HEADS: tuple[Callable[[str, Random], str], ...] = (
    lambda name, _: f"{name} said:",
    lambda name, _: f"{name} said: ↑",
    lambda name, _: f"{name} wrote:",
    lambda name, _: f"Originally posted by {name}",
    lambda name, _: f"Quote: Originally Posted by {name}",
    lambda name, rng: f"On {date(rng)}, {name} wrote:",
    lambda name, _: f"Quote from {name}",
    lambda name, rng: f"{name} wrote on {date(rng)}:",
)


def quote_head(rng: Random, name: str, *, held_out: bool) -> str:
    """Return the line that tells whose words are quoted."""
    allowed = [head for index, head in enumerate(_HEADS) if held_out or index % 4 != 3]
    return rng.choice(allowed)(name, rng)
