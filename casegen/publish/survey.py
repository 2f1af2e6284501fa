"""survey: asks a target what it holds where casegen wants to write.

Secret: how few requests are enough. A path in the manifest needs none; in a missing folder
there is nothing; no folder is ever listed, since one unusual name makes that fail on many hosts.
Not here: what follows from the answers (plan).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from casegen.publish.manifest import Entry, Manifest, find_record, read_release
from casegen.publish.plan import Found
from casegen.publish.store import Store, list_parents


class Survey:
    """Requests to a target; each folder is asked for once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._folders: dict[str, bool] = {}

    def size(self, path: str) -> int | None:
        """Return the size of a file at the target in bytes; None where there is no file."""
        for folder in ("", *list_parents(path)):
            if folder not in self._folders:
                self._folders[folder] = self._store.holds(folder)
            if not self._folders[folder]:
                return None
        return self._store.size(path)

    def is_there(self, path: str, entry: Entry) -> bool:
        """Return whether the target holds a file of this size and these bytes at `path`."""
        return self.size(path) == entry.size and self._holds(path, entry)

    def look_up(self, site: Mapping[str, Entry], manifest: Manifest) -> Found:
        """Look at those paths of the site that the manifest does not list as certain.

        A file there is ours and of unknown bytes, the same as ours, or somebody else's.
        """
        self._folders.update(
            {f: True for path in manifest.files for f in ("", *list_parents(path))}
        )
        ours = {path.casefold() for path in manifest.names}
        there, same, foreign = set(), set(), set()
        for path in sorted(set(site) - set(manifest.files)):
            size = self.size(path)
            if size is None:
                continue
            if path in manifest.pending or path.casefold() in ours:
                there.add(path)
            elif size == site[path].size and self._holds(path, site[path]):
                same.add(path)
            else:
                foreign.add(path)
        return Found(frozenset(there), frozenset(same), frozenset(foreign))

    def rebuild_manifest(self, remembered: Manifest | None) -> Manifest:
        """Rebuild a lost manifest from the one `remembered`: a file counts if the target holds it.

        Where all files are there, unfinished ones and the releases to go back to are taken over
        too; where some are not, somebody else has published since.
        """
        if remembered is None:
            return Manifest()
        files = {p: e for p, e in sorted(remembered.files.items()) if self.is_there(p, e)}
        if not files or len(files) < len(remembered.files):
            return Manifest(files, last=remembered.last)
        releases = tuple(
            n for n in remembered.releases if read_release(self._store.read(find_record(n)))
        )
        return replace(remembered, releases=releases)

    def _holds(self, path: str, entry: Entry) -> bool:
        data = self._store.read(path, entry.size)
        return data is not None and hashlib.sha256(data).hexdigest() == entry.digest
