"""collection: the case and its metrics, vocabulary, lawful totals, evidence, the whole.

Secret: what a case is, what may be added up, and which sentence states a figure.
Not here: how files are read (source), what is good practice (rules), how it is shown (editions).
"""
