"""From labelled corpora to a released model folder."""
