"""The forum engines that are known, each described in a file of its own."""

from classifier.reading.html.engine import Engine
from classifier.reading.html.engines.discourse import DISCOURSE
from classifier.reading.html.engines.disqus import DISQUS
from classifier.reading.html.engines.invision import INVISION
from classifier.reading.html.engines.mybb import MYBB
from classifier.reading.html.engines.phpbb import PHPBB
from classifier.reading.html.engines.smf import SMF
from classifier.reading.html.engines.vbulletin import VBULLETIN_3, VBULLETIN_4, VBULLETIN_5
from classifier.reading.html.engines.wordpress import WORDPRESS
from classifier.reading.html.engines.xenforo import XENFORO_1, XENFORO_2

ENGINES: dict[str, Engine] = {
    engine.name: engine
    for engine in (
        XENFORO_2,
        XENFORO_1,
        VBULLETIN_5,
        VBULLETIN_4,
        VBULLETIN_3,
        PHPBB,
        DISCOURSE,
        SMF,
        INVISION,
        MYBB,
        DISQUS,
        WORDPRESS,
    )
}
"""By name; a page is taken for the first whose marks it has."""
