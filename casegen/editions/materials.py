"""materials: all that an edition may be made of.

Secret: none; the value that build hands to every edition.
Not here: what each edition makes of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from casegen.collection.assembly import assemble
from casegen.collection.case import Case
from casegen.collection.collected import Collection
from casegen.editions.last_build import LastBuild
from casegen.media.pictures import Picture
from casegen.project import Project
from casegen.source.document import Document
from casegen.source.files import Attachment


@dataclass(frozen=True, slots=True)
class Materials:
    """A project read: `collection` holds what is published, `everyone` every case that was parsed.

    `whole_cases` are its cases with their bodies where those of the collection are without.
    `files` maps the project path of each used file to its facts, `pictures` those of pictures.
    """

    project: Project
    collection: Collection
    everyone: tuple[Case, ...]
    pages: tuple[Document, ...]
    files: Mapping[str, Attachment]
    pictures: Mapping[str, Picture]
    last: LastBuild | None = None  # of the same site
    whole_cases: Mapping[str, Case] | None = None

    @property
    def bodies(self) -> Mapping[str, Case]:
        """Each case with its body, by slug."""
        return self.collection.by_slug if self.whole_cases is None else self.whole_cases

    def without(self, paths: AbstractSet[str]) -> Materials:
        """Return the materials without the cases and hand-written pages at these paths."""
        whole = self.collection
        kept = [c for c in (*whole.cases, *whole.withdrawn) if c.path not in paths]
        return replace(
            self,
            collection=assemble(
                kept, whole.categories, whole.vocabulary, self.project.norms.silenced
            ),
            pages=tuple(page for page in self.pages if page.path not in paths),
        )
