"""media: which files a case may carry; pictures: upright, bare of metadata, sized.

Secret: Pillow, and what makes a file unfit to be published.
Not here: where a picture stands on a page (editions).
"""
