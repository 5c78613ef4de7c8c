"""Serving: the models behind HTTP on this machine, in the Perspective API's language and our own.

The `serve` extra brings what it needs. `classifier.serving.app.create_app` builds the application,
`classifier.serving.running.run` serves it.
"""
