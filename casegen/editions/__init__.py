"""Editions: the renderings of one collection."""
