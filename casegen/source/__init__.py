"""source: a file as written: encoding, YAML and its faults, declared fields, Document.

Secret: how a file becomes untyped values with their places, and how it is written back.
Not here: what the values mean (collection), pictures and attachments (media).
"""
