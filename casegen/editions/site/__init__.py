"""site: the collection as a web site.

Secret: pages, views, themes, addresses, search data.
Not here: tables of figures as files (editions.data), writing to disk (output).
"""
