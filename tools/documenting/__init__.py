"""From the repository's Markdown, help texts and docstrings to the sources of the documentation's site."""
