"""The report's charts: from figures to geometry; the templates of the same names draw it.

Each chart is SVG that Jinja writes when the report is made. Altair was weighed first: with
vl-convert-python, which turns its charts to SVG, it adds 94 MB to an install that is to stay under
350 MB; its JavaScript adds 0.8 MB to every page, needs an exception from the
Content-Security-Policy or an interpreter, and shows nothing where scripts are off. Neither takes
its colours from the page, as light, dark and print want it, nor keeps its letters readable on a
phone. svg.py is small, but escapes nothing that it is given. Jinja is kept by many, 1.4 MB, escapes
all that comes from a page, and is here for the rest of the report anyway.

Positions along the x axis are in percent of the drawing's width, so that a chart fits any screen
while its letters keep their size; those along y are in CSS pixels.
"""

from classifier.reporting.html.charts.answers import answers_chart
from classifier.reporting.html.charts.course import course_chart
from classifier.reporting.html.charts.families import families_chart
from classifier.reporting.html.charts.figure import Chart, Whisker
from classifier.reporting.html.charts.kinds import kinds_chart
from classifier.reporting.html.charts.stances import stances_chart

__all__ = [
    "Chart",
    "Whisker",
    "answers_chart",
    "course_chart",
    "families_chart",
    "kinds_chart",
    "stances_chart",
]
