"""What the tests share: a home of their own, and one small index built once a run."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from index.encoder import Encoder

BIN = Path(sys.executable).parent
# Two accounts that agree on one thing and differ on another, with a page's dirt around them.
ARTICLES = {
    "harbour.txt": (
        "All news\n\nThe Harbour Bridge of Oresk opens\n\nBy Ida Holm\n\n"
        "The harbour bridge in Oresk opened on 4 May 1973, after six years of work. It is 812 metres long.\n"
        "(Photo: Ida Holm)\n\n"
        "“We waited for this bridge for a generation,” Mayor Ola Berg said at the opening.\n\n"
        "Subscribe to our newsletter\n"
    ),
    "chronicle.md": (
        "---\ntitle: A chronicle of Oresk\nsource: Oresk Courier\ndate: 1999-02-01\n---\n\n"
        "The bridge across the harbour was opened in Oresk on 4 May 1973 by Queen Margrethe.\n\n"
        "The lighthouse at Varn Point was built in 1881. The ferry to Holm leaves at noon and takes 40 minutes.\n"
    ),
}


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An empty home folder, so that no index or exported model of the user's is read or written."""
    folder = tmp_path_factory.mktemp("home")
    kept = dict(os.environ)
    for name in [n for n in os.environ if n.startswith(("QA_", "XDG_")) or n in ("NO_COLOR", "COLUMNS")]:
        del os.environ[name]
    os.environ["HOME"] = str(folder)
    yield folder
    os.environ.clear()
    os.environ.update(kept)


@pytest.fixture(scope="session")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the two articles."""
    folder = tmp_path_factory.mktemp("articles")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def small_index(articles: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an index over the two articles. Tests that change an index build their own."""
    from index import build_index

    folder = tmp_path_factory.mktemp("small") / "index"
    build_index([str(articles)], folder)
    return folder


@pytest.fixture(scope="session")
def encoder() -> "Encoder":
    """The default encoder, exported on its first use."""
    from index.encoder import Encoder
    from index.export import DEFAULT_MODEL

    return Encoder(DEFAULT_MODEL)
