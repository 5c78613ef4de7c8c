"""Invent the lines of credits that end articles."""
# ruff: noqa: PLR2004 - what is drawn how often stands where it is drawn

from random import Random

from classifier.training.page_furniture import Quarters, choose
from classifier.training.page_names import FIRST, date, outlet, person, place, user_name
from classifier.training.page_surroundings import Line

_OF_WORK = 0.4
_WORK = (
    "Reporting",
    "Additional reporting",
    "Further reporting",
    "Writing",
    "Editing",
    "Research",
    "Compiled",
    "Interviews",
    "Written and edited",
    "Text and pictures",
    "Pictures",
    "With files",
    "With material",
)


def _people(rng: Random) -> str:
    """Return one to three names, some with where they work or are."""
    people = [person(rng) for _ in range(rng.choice((1, 1, 2, 2, 3)))]
    named = people[0] if len(people) == 1 else f"{', '.join(people[:-1])} and {people[-1]}"
    where = rng.random()
    if where < 0.2:
        return f"{named} in {place(rng).title()}"
    return f"{named}, {outlet(rng)}" if where > 0.85 else named


def _shares_of_work(rng: Random) -> str:
    """Return who did what for the story, one or two kinds of work."""
    work = rng.sample(_WORK, rng.choice((1, 1, 1, 2)))
    told = rng.choice(("; ", ", ", ". ")).join(f"{one} by {_people(rng)}" for one in work)
    if rng.random() < 0.15:
        told += rng.choice((" and agencies", f" and {outlet(rng)}", " and our staff"))
    return rng.choice(("{}", "{}", "{}.", "({})", "({}.)", "[{}]", "- {}")).format(told)


_CREDITS: tuple[Line | str, ...] = (
    lambda rng: (
        f"{outlet(rng)}'s {person(rng)}, {person(rng)} and {person(rng)} contributed to "
        "this report."
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
    lambda rng: f"Email: {rng.choice(FIRST).lower()}@{outlet(rng).split()[-1].lower()}.example",
    lambda rng: f"{outlet(rng)} / {person(rng)}",
    lambda rng: f"{outlet(rng)} Staff and wire services",
    lambda rng: f"By {person(rng)}",
    lambda rng: f"With reporting from {person(rng)} in {place(rng).title()}",
    lambda rng: f"{person(rng)}, {outlet(rng)}",
    lambda rng: f"Contributing: {person(rng)}, {outlet(rng)}",
    lambda rng: f"Photo: {person(rng)} / {outlet(rng)}",
    lambda rng: (
        f"{outlet(rng)} correspondent {person(rng)} contributed to this story from "
        f"{place(rng).title()}."
    ),
    lambda rng: f"Edited by {person(rng)}",
    lambda rng: f"The {outlet(rng)} and {person(rng)} contributed to this article.",
    lambda rng: f"[{outlet(rng)}]",
    lambda rng: f"(Writing by {person(rng)}; editing by {person(rng)} and {person(rng)})",
    lambda rng: f"© {rng.randint(2004, 2024)} {outlet(rng)}",
    lambda rng: f"Read the full story at {outlet(rng)}.",
    lambda rng: f"- {outlet(rng)}",
    lambda rng: f"Correction: an earlier version misspelled the name of {person(rng)}.",
)


def credit_line(rng: Random, quarters: Quarters) -> str:
    """Return the line of credits that may end an article."""
    return _shares_of_work(rng) if rng.random() < _OF_WORK else choose(rng, _CREDITS, quarters)
