"""Small word lists that tell news from posts and both from page furniture."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from classifier.splitting.lookup import Vocabulary
from classifier.splitting.paragraphs import find_paragraphs

GROUPS: dict[str, str] = {
    "first person": "i im ive id ill me my mine myself we us our ours",
    "second person": "you your yours youre youve youll yourself u ur ya",
    "attribution": (
        "said says told according reported reports added reportedly spokesman spokeswoman "
        "officials statement announced confirmed interview sources allegedly claimed"
    ),
    "slang": (
        "lol lmao rofl wtf omg haha hahaha imo imho smh btw yeah yep nope gonna wanna "
        "dont cant wont doesnt isnt thats guys dude crap shit fuck damn idiot idiots "
        "stupid thanks sorry bs ok okay"
    ),
    "calendar": (
        "january february march april may june july august september october november "
        "december jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday "
        "wednesday thursday friday saturday sunday mon tue wed thu fri sat sun am pm gmt "
        "ago today yesterday hours minutes days"
    ),
    "credit": (
        "additional agencies agency associated compiled contributed contributing copyright "
        "correspondent edited editing editor email follow freelance image photo published "
        "reported reporter reporting reserved rights reuters source staff twitter wire writer "
        "writing written"
    ),
    "button": (
        "reply like likes share report quote edit edited flag permalink comments comment "
        "page next previous member members joined join posts messages location senior "
        "junior registered user log login sign up thread threads forum forums posted post "
        "last views home menu click expand advertisement newsletter subscribe advertising "
        "terms privacy contact subject votes vote"
    ),
    "quoting": "wrote said quote originally posted writes on by from",
    "link": "http https www com org html net",
}
"""For each group, its words in lower case, apostrophes left out."""


@cache
def listed_words() -> tuple[Vocabulary, NDArray[np.float32]]:
    """Return all listed words, and for each whether it is in each group, 1 or 0."""
    groups: dict[int, list[int]] = {}
    for number, words in enumerate(GROUPS.values()):
        for hashed in find_paragraphs(words).word.tolist():
            groups.setdefault(hashed, []).append(number)
    hashes = sorted(groups)
    inside = np.zeros((len(hashes), len(GROUPS)), dtype=np.float32)
    for place, hashed in enumerate(hashes):
        inside[place, groups[hashed]] = 1
    return Vocabulary.of(np.array(hashes, dtype=np.uint64)), inside
