"""sending: carry out a plan at a target, stage by stage, and undo the last one.

Secret: how a run can end at any moment. Before anything is changed, the release's record and a
manifest say what will be there; old versions are copied, never moved away while a page links to
them; the final manifest is written last. While a release is open, a file that its record names
without an old version in `.casegen-releases/<n>/` is itself still the old version.
Not here: the order (plan), single requests and their repetition (the stores, retrying).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from casegen.problem import CasegenError
from casegen.publish.connections import Connections
from casegen.publish.manifest import (
    KEPT_RELEASES,
    UNKNOWN,
    Entry,
    Manifest,
    Release,
    digest_files,
    find_folder,
    find_record,
    read_release,
)
from casegen.publish.plan import Found, Plan, draw_plan
from casegen.publish.store import (
    MANIFEST,
    RELEASES,
    TEMPORARY,
    Content,
    RefusedError,
    Store,
    list_parents,
)
from casegen.publish.survey import Survey

TRIED = 100  # numbers of releases that are tried; a host may say of each that it is taken
OFTEN = 200  # files, at least, after which the manifest at the target is brought up to date
# Old versions are private: a rule file forbids reading them on both kinds of server.
SHUT = (
    (f"{RELEASES}/.htaccess", b"Require all denied\n"),
    (
        f"{RELEASES}/web.config",
        (
            b"<configuration><system.webServer><handlers><clear/></handlers></system.webServer>"
            b"</configuration>\n"
        ),
    ),
)

Progress = Callable[[str, int, int], None]  # stage, done, of how many
Act = Callable[[Store, str], object]
# Paths, what to do with each, whether nothing more is to be done with it.
Step = tuple[Sequence[str], Act, bool]


@dataclass(slots=True)
class Run:
    """One run at one target, under its lock; `manifest` is that found at the target.

    `remember` stores each manifest on this machine before it is sent to the target.
    """

    connections: Connections
    manifest: Manifest
    progress: Progress
    remember: Callable[[Manifest], None]
    totals: Mapping[str, str] = field(default_factory=dict)  # of the site that goes out
    site: Mapping[str, Entry] = field(default_factory=dict)
    release: Release = field(default_factory=Release)
    resumed: bool = False
    unfinished: bool = False  # whether the run before did not end
    lost: set[str] = field(default_factory=set)  # files whose old version cannot be found

    def publish(
        self, plan: Plan, site: Mapping[str, Entry], content: Callable[[str], Content]
    ) -> Manifest:
        """Bring the target to hold the site; return the final manifest."""
        self.site = site
        self.manifest = replace(self.manifest, undone="")
        self.resumed = self.unfinished = bool(self.manifest.pending)
        self._open_release(plan)
        self._announce(plan)
        kept = [path for path in plan.sent if path in self._held]

        def send(store: Store, path: str) -> None:
            store.write(path, content(path))

        self._take_steps(
            (kept, self._keep, False),
            *((stage, send, True) for stage in plan.stages),
            (plan.removed, self._remove, True),
        )
        self._drop_folders(plan.removed, "")
        releases = self._prune_releases()
        return self._close(dict(site), releases)

    def go_back(self) -> Manifest:
        """Undo the last release; return the final manifest.

        Raises CasegenError "no-release" where there is nothing to restore, "target-foreign"
        where somebody else's file is in the way now.
        """
        self.resumed, self.unfinished = True, bool(self.manifest.pending)
        number = self.manifest.releases[-1] if self.manifest.releases else 0
        record = read_release(self.connections.first.read(find_record(number))) if number else None
        made = set(record.made) if record else set()
        kept = record.kept if record else {}
        before = {p: e for p, e in self.manifest.files.items() if p not in made} | dict(kept)
        for path in record.adopted if record else ():
            before.pop(path, None)
        if record is None or not (before or record.adopted):
            raise CasegenError(
                "no-release",
                "没有可以退回的版本",
                "旧版只留最近三次的；要改别的，改好案例再发布一次",
            )
        self.site, self.release = before, record
        whole = not self.manifest.pending
        undone = digest_files(self.manifest.files) if whole else self.manifest.undone
        self.manifest = replace(self.manifest, open=number, undone=undone)
        found = Survey(self.connections.first).look_up(before, self.manifest)
        refuse_foreign(found.foreign)
        plan = draw_plan(before, self.manifest, Found(found.there | found.same))
        self._announce(plan)
        adopted = [path for path in plan.removed if path in record.adopted]
        self._take_steps(
            *((stage, self._restore, True) for stage in (*plan.stages, adopted)),
            ([path for path in plan.removed if path not in adopted], _delete, True),
        )
        self._drop_folders(plan.removed, "")
        entries = {p: UNKNOWN if p in self.lost else e for p, e in before.items()}
        manifest = self._close(entries, self.manifest.releases[:-1])
        self._forget(number, record, set(record.names))
        return manifest

    @property
    def _held(self) -> set[str]:
        """Return the files whose old versions this run's release keeps."""
        return {*self.release.kept, *self.release.adopted} if self.manifest.open else set()

    def _find_old(self, path: str) -> str:
        return f"{find_folder(self.manifest.open)}/{path}"

    def _open_release(self, plan: Plan) -> None:
        """Write what this run will keep, into a new release or that of a run that did not end."""
        old, store = self.manifest, self.connections.first
        number = old.open if self.resumed else 0
        known = read_release(store.read(find_record(number))) if number else None
        new = plan.adopted or (old.files and not self.resumed)
        if not number and new and not plan.empty:
            number = self._find_free(old.last)
        if not number:
            return
        record = known or Release()
        kept, made = dict(record.kept), list(record.made)
        adopted = (*record.adopted, *sorted(plan.adopted - record.names))
        for path in (*plan.sent, *plan.removed):
            if path in record.names or path in adopted:
                continue
            if path in old.files:
                kept[path] = old.files[path]
            elif path in old.pending and known is None:
                kept[path] = UNKNOWN  # the record is lost: keep it, even if twice
            else:
                made.append(path)
        self.release = Release(kept, adopted, tuple(made))
        others = tuple(n for n in old.releases if n != number)
        self.manifest = replace(
            old, open=number, last=max(number, old.last), releases=(*others, number)
        )
        if self.release != known:
            if not others:
                self._forbid_reading()
            store.write(find_record(number), self.release.as_bytes())

    def _find_free(self, last: int) -> int:
        """Return the first number after `last` that is not taken.

        Raises CasegenError "target-refused" where many are: the host may answer so for ever.
        """
        for number in range(last + 1, last + 1 + TRIED):
            if not self._is_taken(number):
                return number
        raise CasegenError(
            "target-refused",
            f"那里的 {RELEASES} 里 {last + 1} 到 {last + TRIED} 号都有旧版，没有号可用",
            f"看看 {RELEASES} 里是谁放的；确知不要了，就在主机上删去再发布",
        )

    def _is_taken(self, number: int) -> bool:
        """Return whether a number has old versions that no manifest mentions."""
        store = self.connections.first
        if not store.holds(find_folder(number)):
            return False
        record = read_release(store.read(find_record(number)))
        if record is None:
            return True
        # No such file is there if a run ended at its beginning.
        kept = (*record.adopted, *record.kept)
        return any(store.size(f"{find_folder(number)}/{path}") is not None for path in kept)

    def _forbid_reading(self) -> None:
        for path, content in SHUT:
            with suppress(RefusedError):
                self.connections.first.write(path, content)

    def _announce(self, plan: Plan) -> None:
        """Write a manifest of everything that is or will be casegen's, before any change."""
        touched = {*plan.sent, *plan.removed}
        sure = {**self.manifest.files, **self.site}
        self.manifest = replace(
            self.manifest,
            files={path: entry for path, entry in sure.items() if path not in touched},
            pending=frozenset(touched),
            coming=self.manifest.coming.union(plan.assets, plan.pages, plan.home),
        )
        self._write_manifest()

    def _take_steps(self, *steps: Step) -> None:
        total = sum(len(paths) for paths, _, _ in steps)
        every = max(OFTEN, total // 10)
        done, settled = 0, set[str]()
        for paths, act, settles in steps:
            for path in self.connections.run_each(paths, act):
                done += 1
                self.progress("send", done, total)
                if settles:
                    settled.add(path)
                if len(settled) >= every:
                    self._settle(settled)
                    settled.clear()

    def _settle(self, done: Iterable[str]) -> None:
        """Write to the target which files a later run need not send again."""
        paths = set(done)
        files = {p: self.site[p] for p in paths if p in self.site and p not in self.lost}
        self.manifest = replace(
            self.manifest,
            files={**self.manifest.files, **files},
            pending=self.manifest.pending - paths,
        )
        self._write_manifest()

    def _keep(self, store: Store, path: str) -> None:
        if not (self.resumed and store.size(self._find_old(path)) is not None):
            store.copy(path, self._find_old(path))

    def _remove(self, store: Store, path: str) -> None:
        if path not in self._held:
            store.delete(path)
            return
        kept = self.resumed and store.size(self._find_old(path)) is not None
        if path in self.release.adopted:
            if kept:
                store.move(self._find_old(path), path)
        elif kept:
            store.delete(path)
        else:
            store.move(path, self._find_old(path))

    def _restore(self, store: Store, path: str) -> None:
        if not store.move(self._find_old(path), path) and path in self.release.kept:
            self.lost.add(path)

    def _drop_folders(self, gone: Iterable[str], inside: str) -> None:
        """Remove folders that became empty."""
        used = {folder for path in self.site for folder in list_parents(path)}
        emptied = {folder for path in gone for folder in list_parents(path)}
        if inside:
            used = set()
            emptied = {"", *emptied}
        for folder in sorted(emptied - used, key=lambda folder: -len(folder)):
            self.connections.first.drop("/".join(part for part in (inside, folder) if part))

    def _prune_releases(self) -> tuple[int, ...]:
        """Return the releases that stay, after removing the old versions of the others."""
        releases = self.manifest.releases
        for number in releases[:-KEPT_RELEASES]:
            record = read_release(self.connections.first.read(find_record(number)))
            if record is not None:
                self._forget(number, record, set(record.kept))
        return releases[-KEPT_RELEASES:]

    def _forget(self, number: int, record: Release, paths: set[str]) -> None:
        """Remove a release; files of others that it keeps stay."""
        folder = find_folder(number)
        kept = sorted(paths & set(record.kept))
        for _ in self.connections.run_each([f"{folder}/{path}" for path in kept], _delete):
            pass
        self.connections.first.delete(find_record(number))
        self._drop_folders([*kept, *record.adopted], folder)

    def _close(self, files: Mapping[str, Entry], releases: tuple[int, ...]) -> Manifest:
        """Write the final manifest and return it."""
        self.connections.first.finish()
        if self.unfinished:
            for number in range(1, self.connections.most + 1):
                self.connections.first.delete(f"{TEMPORARY}{number}")
        old = self.manifest
        self.manifest = Manifest(
            files, releases=releases, last=old.last, undone=old.undone, totals=self.totals
        )
        self._write_manifest()
        return self.manifest

    def _write_manifest(self) -> None:
        self.remember(self.manifest)
        self.connections.first.write(MANIFEST, self.manifest.as_bytes())


def refuse_foreign(paths: Iterable[str]) -> None:
    """Stop where files of somebody else are in the way.

    Raises CasegenError "target-foreign", naming them.
    """
    names = sorted(paths)
    if names:
        shown = "、".join(names[:5]) + ("……" if len(names) > 5 else "")
        raise CasegenError(
            "target-foreign",
            f"那里有 {len(names)} 个不是 casegen 放的文件占了位置：{shown}；什么也没有动",
            f"把它们移走；或加 --adopt 接管，原文件会先存进 {RELEASES}/",
        )


def _delete(store: Store, path: str) -> None:
    store.delete(path)
