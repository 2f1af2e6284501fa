"""casegen: case collections of rural revitalization, from Markdown files to a site."""

__version__ = "0.1.0"
