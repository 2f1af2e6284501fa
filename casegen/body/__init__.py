"""body: Markdown, Chinese-safe: emphasis, destinations, dialect, prose, HTML.

Secret: the Markdown parser, its extensions, and what they do to Chinese text.
Not here: which file a link leads to in the project (collection) or on the site (editions.site).
"""
