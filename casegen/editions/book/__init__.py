"""book: the collection on paper and as Word: PDF, EPUB, DOCX.

Secret: how a book is divided, typeset and bound.
Not here: pages of the site (editions.site), totals (collection).
"""
