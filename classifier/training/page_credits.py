"""Invent the lines of credits that end articles."""

from random import Random

from classifier.training.page_furniture import Line, Quarters, choose
from classifier.training.page_names import FIRST, date, outlet, person, place, user_name

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
    return choose(rng, _CREDITS, quarters)
