"""media: which files a case may carry; pictures: upright, without metadata, in sizes.

Secret: Pillow, and what makes a file unfit to be published.
Not here: where a picture is on a page (editions).
"""
