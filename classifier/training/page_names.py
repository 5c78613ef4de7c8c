"""Invent people, outlets, places, forum names and dates."""
# ruff: noqa: PLR2004 - what is drawn how often stands where it is drawn

from collections.abc import Sequence
from random import Random

_LONGEST_PART = 12
_SHOUTED = 0.06
_USUAL = 0.3
_USUAL_NAME = 0.5
_PAPERS = (
    "Herald", "Observer", "Times", "Gazette", "Ledger", "Post", "Chronicle", "Tribune", "News",
    "Journal", "Courier", "Dispatch", "Standard", "Mail", "Star", "Review", "Mirror", "Today",
)  # fmt: skip

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
FIRST = [
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
MONTHS = [
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


def person(rng: Random) -> str:
    """Return an invented first and last name."""
    first = rng.choice(FIRST) if rng.random() < _USUAL_NAME else _invented(rng)
    last = rng.choice(_LAST) if rng.random() < _USUAL_NAME else _invented(rng)
    return rng.choice((f"{first} {last}",) * 5 + (f"{first} {first[0]}. {last}",))


def _invented(rng: Random) -> str:
    """Return a name that stands in no list, so that no model can learn it by heart."""
    return "".join(rng.choices(_SYLLABLES, k=rng.choice((2, 2, 3)))).capitalize()


def outlet(rng: Random) -> str:
    """Return an invented news outlet."""
    if rng.random() < _USUAL:
        return rng.choice(_OUTLETS)
    where = rng.choice(
        (_invented(rng), rng.choice(_LAST), rng.choice(_PLACES).split(",")[0].title(), "National")
    )
    paper = rng.choice(_PAPERS)
    return rng.choice((f"The {where} {paper}", f"{where} {paper}", f"{where} {paper} Online"))


def place(rng: Random) -> str:
    """Return a place as a dateline names it."""
    return rng.choice(_PLACES)


def user_name(rng: Random, words: Sequence[str] = ()) -> str:
    """Return an invented forum name.

    Parameters
    ----------
    rng : Random
        Decides what is drawn.
    words : sequence of str
        Words that may be part of the name, beside the usual ones.
    """
    joined = "".join(rng.choices(_SYLLABLES, k=rng.randint(2, 3)))
    known = [word for word in words if word.isalpha() and len(word) < _LONGEST_PART]
    one, other = (rng.choice(known if known and rng.random() < 0.7 else _WORDS) for _ in range(2))
    name = rng.choice(
        (
            joined,
            joined.capitalize(),
            f"{joined}{rng.randint(1, 99)}",
            f"{joined}_{rng.randint(1, 99)}",
            f"{joined}_{rng.choice(_SYLLABLES)[0]}",
            f"{one.capitalize()}{other.capitalize()}",
            f"{one.lower()}_{other.lower()}",
            f"{one.lower()}_and_{other.lower()}",
            f"{one.lower()}{other.lower()}{rng.randint(1, 2012)}",
            f"{one.capitalize()} {rng.choice(FIRST)}",
            person(rng),
            person(rng),
            f"{rng.choice(FIRST)} {rng.choice(_LAST)[0]}.",
            f"{rng.choice(FIRST)[0]}. {rng.choice(_LAST)}",
            f"{_title(rng)} {rng.choice(_LAST)}",
            rng.choice(FIRST),
            one.capitalize(),
            f"{one.capitalize()} {other.capitalize()}",
            f"{one.lower()} {other.lower()}",
            f"{one.capitalize()} in {other.capitalize()}",
            f"{one.capitalize()} of {rng.choice(_PLACES).title()}",
            f"The {one.capitalize()}",
            f"{rng.choice(FIRST).lower()}.{rng.choice(_LAST).lower()}",
            f"{rng.choice(FIRST)[0].lower()}.{rng.choice((rng.choice(_LAST).lower(), joined))}",
            f"{_title(rng)} {rng.choice(FIRST)[0]}. {rng.choice(_LAST)}",
            f"{joined[0]}.{rng.choice((joined, rng.choice(_LAST).lower()))}",
            f"{rng.choice(FIRST)[0]}. {rng.choice(FIRST)[0]}. {_invented(rng)}",
            f"{one.lower()}{rng.randint(1, 99)}",
            f"xX{one.lower()}Xx",
            f"{rng.randint(1, 99)}{one.lower()}",
            f"{rng.randint(4, 20)}th{one.capitalize()}{other.capitalize()}",
            f"{rng.randint(2, 9)}{joined}{rng.randint(2, 9)}",
            f"{one.lower()}-{other.lower()}-{rng.randint(2, 99)}",
            outlet(rng),
        )
    )
    return name.upper() if rng.random() < _SHOUTED else name


def _title(rng: Random) -> str:
    return rng.choice(("Dr.", "Sgt.", "Mr", "Mrs.", "Prof.", "Capt.", "Rev.", "Uncle", "Auntie"))


def date(rng: Random) -> str:
    """Return a date in one of many habits."""
    day, month, year = rng.randint(1, 28), rng.randint(0, 11), rng.randint(2003, 2024)
    name, short = MONTHS[month], MONTHS[month][:3]
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
            f"{day} {name}",
            f"{rng.choice(_DAYS)} {day} {name}",
            f"{name} {day} | {half.lower()}",
            f"Updated {half}",
            f"{hour:02}.{minute:02}",
            f"Posted {half.lower().replace('m', '.m.')}",
            f"First posted {rng.choice(_DAYS)} {half.lower()}",
            f"{rng.randint(2, 59)} minutes ago",
        )
    )
