"""Files to articles: one reader a suffix, and what cannot be read, with the reason."""

import hashlib
import os
import re
import sys
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from index.errors import QAError
from index.noise import ends_like_prose, looks_like_title

TITLE_CHARS = 90
_LINES_WITH_A_TITLE = 6
_VERSION_CONTROL = {"CVS", "_darcs"}  # the others are hidden folders
_BINARY_SHARE = 0.02
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class Article:
    """One article as indexed. `text` is stored once, as decoded; all offsets are code points into it."""

    id: str  # unique in its index, made from the file's name
    title: str  # "" where the article names none
    source: str | None
    date: str | None  # ISO 8601, as the front matter gives it
    url: str | None
    path: str  # absolute path of its file; "-#…" for a text from standard input
    text: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that could not be read, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What reading some paths gave."""

    articles: tuple[Article, ...]
    skipped: tuple[Skipped, ...]


class _Unreadable(Exception):
    """The reason why one file is skipped; it never leaves this module."""


def read_articles(
    paths: Iterable[str], known_ids: Mapping[str, str] | None = None, leave_out: Path | None = None
) -> Findings:
    """Read files, folders (recursively, hidden ones left out) and "-" (standard input).

    `known_ids` maps the paths of articles already indexed to their ids, which they keep. The
    folder `leave_out` is not looked into: an index may lie among the articles it is made of.
    A path that does not exist contributes nothing: the caller knows whether that is an error.
    """
    ids = dict(known_ids or {})
    taken = set(ids.values())
    articles: list[Article] = []
    skipped: list[Skipped] = []
    seen: set[str] = set()
    for name, path in _files(paths, skipped, leave_out):
        if name in seen:
            continue
        seen.add(name)
        try:
            article = _read_standard_input() if path is None else _read_file(path)
        except (_Unreadable, OSError) as error:
            reason = str(error) if isinstance(error, _Unreadable) else (error.strerror or str(error))
            skipped.append(Skipped(name, reason))
            continue
        if article.path not in ids:
            ids[article.path] = _new_id(article.path, taken)
            taken.add(ids[article.path])
        articles.append(replace(article, id=ids[article.path]))
    return Findings(tuple(articles), tuple(skipped))


def _files(paths: Iterable[str], skipped: list[Skipped], leave_out: Path | None) -> Iterator[tuple[str, Path | None]]:
    """Each file under the paths as (name, path), sorted within a folder; ("-", None) is standard input.

    Folders that cannot be listed are added to `skipped`.
    """
    for given in paths:
        if given == "-":
            yield "-", None
            continue
        root = absolute(given)
        if not root.is_dir():
            if root.exists():
                yield str(root), root
            continue
        # walk() does not follow links to folders, so a link into its own parent cannot loop
        for folder, folders, files in os.walk(
            root, onerror=lambda e: skipped.append(Skipped(str(e.filename), e.strerror or str(e)))
        ):
            folders[:] = sorted(f for f in folders if _is_looked_into(Path(folder, f), leave_out))
            for file in sorted(files):
                if not file.startswith("."):
                    yield str(Path(folder, file)), Path(folder, file)


def _is_looked_into(folder: Path, leave_out: Path | None) -> bool:
    return not folder.name.startswith(".") and folder.name not in _VERSION_CONTROL and folder != leave_out


def _read_file(path: Path) -> Article:
    if not path.exists():
        raise _Unreadable("a link to nothing" if path.is_symlink() else "it is gone")
    if not path.is_file():
        raise _Unreadable("no regular file")
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        readable = ", ".join(sorted(_READERS))
        raise _Unreadable(f"no reader for {path.suffix or 'files without a suffix'} (readable: {readable})")
    return reader(path)


def _read_standard_input() -> Article:
    if sys.stdin is None:
        raise _Unreadable("standard input is closed")
    text = _decode(sys.stdin.buffer.read())
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    return _plain_article(text, f"-#{digest}")


def _read_text(path: Path) -> Article:
    return _plain_article(_decode(path.read_bytes()), str(path))


def _read_markdown(path: Path) -> Article:
    text = _decode(path.read_bytes())
    block = re.match(r"---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)\s*", text, re.DOTALL | re.MULTILINE)
    if block is None:
        return _plain_article(text, str(path))
    fields = _front_matter(block[1])
    if fields is None:  # a text between two rules
        return _plain_article(text, str(path))
    body = text[block.end() :]
    if not body.strip():
        raise _Unreadable("no text after the front matter")
    return Article(
        id="",
        title=fields.get("title") or find_title(body),
        source=fields.get("source"),
        date=fields.get("date"),
        url=fields.get("url"),
        path=str(path),
        text=body,
    )


# One reader a suffix: path -> Article without its id. Raises _Unreadable with the reason.
_READERS: dict[str, Callable[[Path], Article]] = {".txt": _read_text, ".md": _read_markdown}


def _front_matter(block: str) -> dict[str, str] | None:
    """YAML fields as text on one line; lists and empty fields are left out. None where there are no fields.

    The loader reads every value as it is written: a title may be a number, a date, "No" or "10:30".
    """
    import yaml

    try:
        fields = yaml.load(block, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError) as error:
        raise _Unreadable(f"front matter is no valid YAML: {str(error).splitlines()[0]}") from error
    if not isinstance(fields, dict):
        return None if fields else {}
    texts = {str(k): " ".join(v.split()) for k, v in fields.items() if isinstance(v, str)}
    # an escape in YAML can name half a character, which no file can hold
    return {k: v.encode("utf-8", "replace").decode() for k, v in texts.items() if v not in ("", "~", "null")}


def _decode(data: bytes) -> str:
    """Bytes to text, line ends kept: UTF-8, else the Windows superset of Latin-1 that old exports use."""
    if not data.strip():
        raise _Unreadable("the file is empty")
    controls = sum(data.count(c) for c in (*range(9), *range(14, 27), 28, 29, 30, 31))
    if b"\x00" in data or controls > _BINARY_SHARE * len(data):
        raise _Unreadable("binary data, not text")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("utf-8-sig", errors="replace")
        bad = text.count(_REPLACEMENT)
        if sum(ord(c) > 127 for c in text) < 2 * bad:  # a few bad bytes among good ones do not make it another encoding
            text = data.decode("cp1252", errors="replace")
    if not text.strip():
        raise _Unreadable("the file is empty")
    return text


def _plain_article(text: str, path: str) -> Article:
    return Article(id="", title=find_title(text), source=None, date=None, url=None, path=path, text=text)


def find_title(text: str) -> str:
    """The headline above a text's first prose, else its first line, cut to `TITLE_CHARS`."""
    lines = [line.strip().lstrip("#").strip() for line in text.lstrip().splitlines()[:40]]
    lines = [line for line in lines if line]
    for line in lines[:_LINES_WITH_A_TITLE]:
        if looks_like_title(line):
            return _cut(line)
        if ends_like_prose(line) and len(line.split()) > 8:
            break
    return _cut(lines[0]) if lines else ""


def _cut(line: str) -> str:
    line = " ".join(line.split())
    if len(line) <= TITLE_CHARS:
        return line
    return line[: TITLE_CHARS - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def _new_id(path: str, taken: set[str]) -> str:
    """The file's stem as an id; where it is taken, with the folder's name before it, then with a number."""
    file = Path(path)
    stem = _slug(f"stdin-{path[2:]}" if path.startswith("-#") else file.stem)
    candidates = [stem, f"{_slug(file.parent.name)}-{stem}"]
    for candidate in candidates:
        if candidate not in taken:
            return candidate
    number = 2
    while f"{candidates[-1]}-{number}" in taken:
        number += 1
    return f"{candidates[-1]}-{number}"


def _slug(name: str) -> str:
    """A name without blanks, colons or control characters: it is typed in `qa show NAME:12-34`."""
    return re.sub(r"[^\w.-]+", "-", name).strip("-") or "article"


def require_existing(paths: Iterable[str], known_paths: Iterable[str]) -> None:
    """Refuse a path that neither exists nor has articles in the index.

    Raises QAError. A known one is let through: its articles are gone and leave the index.
    """
    known = list(known_paths)
    for given in paths:
        try:
            exists = given == "-" or Path(given).exists()
        except OSError as error:  # too long a name, or in a folder that may not be entered
            raise QAError(f"{given}: {error.strerror}") from error
        if not exists and not any(is_under(k, {str(absolute(given))}) for k in known):
            raise QAError(f"{given}: no such file or folder")


def is_under(path: str, roots: Container[str]) -> bool:
    """Whether a path is one of the roots or lies in one."""
    return path in roots or any(str(folder) in roots for folder in Path(path).parents)


def home_spelt_out(given: str) -> Path:
    """A path with its "~" spelt out. Raises QAError where that names nobody."""
    try:
        return Path(given).expanduser()
    except RuntimeError:
        raise QAError(f"{given}: there is no such user") from None


def absolute(given: str) -> Path:
    """One absolute path for one file, however it is named: "a/../b.txt" is "b.txt"; links keep their own names."""
    path = Path(given)
    return path.resolve() if ".." in path.parts else path.absolute()
