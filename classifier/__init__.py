"""Read a discussion page offline and say who answers whom, in what stance and how civilly."""

__version__ = "0.1.0"
