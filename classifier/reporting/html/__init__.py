"""The report as one HTML page that needs nothing else."""

from classifier.reporting.html.page import html_page

__all__ = ["html_page"]
