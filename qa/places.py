"""Which index answers when none is named: the user's own, else the articles that come with the program."""

import hashlib
import os
import shutil
import sys
from pathlib import Path

import index
from index import LocalIndex, QAError, build_index, cache_folder, has_index, open_index
from qa.screen import one_line


def own_index() -> Path:
    """The index in the user's data folder, which `qa index` makes and updates unless told another place."""
    from platformdirs import user_data_path

    return user_data_path("qa", appauthor=False) / "index"


def chosen(option: str | None) -> str | None:
    """The index that the user named, by option or by QA_INDEX."""
    return option or os.environ.get("QA_INDEX") or None


def index_to_grow(option: str | None) -> str:
    """The index that new articles go to: the one that the user named, else the user's own."""
    return chosen(option) or str(own_index())


def is_builtin(opened: LocalIndex) -> bool:
    """Whether an index is that of the articles that come with the program."""
    return opened.folder.parent.parent == cache_folder() / "corpus"


def short_name(opened: LocalIndex) -> str:
    """What an index is called where there is little room."""
    if is_builtin(opened):
        return "built-in"
    return "your index" if opened.folder == own_index() else one_line(opened.folder.name)


def find_index(option: str | None, *, add: str = "qa index PATH…") -> tuple[LocalIndex, str | None]:
    """Open the index to answer from; and a notice where the user did not choose it, with how articles are added.

    Raises QAError where a chosen index cannot be opened.
    """
    if location := chosen(option):
        return open_index(location), None
    if has_index(own_index()):
        return open_index(str(own_index())), f"answering from your index {own_index()}"
    opened = open_builtin()
    return opened, f"answering from the {len(opened)} built-in articles; for your own: {add}"


def open_builtin() -> LocalIndex:
    """The index of the articles that come with the program, made on first use in the cache folder."""
    corpus = Path(index.__file__).resolve().parent.parent / "corpus"
    files = sorted(p for p in corpus.glob("*.md") if p.name != "README.md")
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    place = hashlib.sha256(str(corpus).encode()).hexdigest()[:12]  # another installation's is left alone
    folder = cache_folder() / "corpus" / place / digest.hexdigest()[:12]
    try:
        return open_index(str(folder))
    except QAError:
        pass  # none yet, or damaged, or another version's: it is made anew
    if sys.stderr.isatty():
        sys.stderr.write("indexing the built-in articles, once …\n")
    build_index([str(p) for p in files], folder)
    for old in folder.parent.iterdir():
        if old != folder:
            shutil.rmtree(old, ignore_errors=True)
    return open_index(str(folder))
