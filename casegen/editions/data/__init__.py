"""data: the collection as tables: JSON, CSV, XLSX, and `export`.

Secret: columns, sheets and their headings.
Not here: pages (editions.site), totals (collection).
"""
