"""The shape of the house: who may import whom, and what a question never loads."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
ROOMS = ("index", "qa")
HEAVY = ("torch", "sentence_transformers", "transformers")


def files(*rooms: str) -> list[Path]:
    return [path for room in rooms for path in sorted((HOUSE / room).rglob("*.py"))]


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(HOUSE).with_suffix("").parts).removesuffix(".__init__")


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, anywhere in it; `from index import store` gives "index.store"."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute here"
            assert node.module is not None
            for name in node.names:
                inner = (HOUSE / node.module.replace(".", "/") / f"{name.name}.py").exists()
                yield f"{node.module}.{name.name}" if inner else node.module


def importers(library: str) -> list[str]:
    return [module_of(f) for f in files(*ROOMS) if any(name.split(".")[0] == library for name in imports(f))]


def test_there_is_something_to_look_at() -> None:
    assert len(files("index")) > 10 and len(files("qa")) > 5
    assert {"index.store", "index.errors", "numpy", "json"} <= set(imports(HOUSE / "index" / "build.py"))


def test_retrieval_knows_nothing_of_answers() -> None:
    for file in files("index"):
        assert not [name for name in imports(file) if name.split(".")[0] in ("qa", "eval", "prompt_toolkit")], file


def test_answering_knows_retrieval_by_its_face_only() -> None:
    for file in files("qa"):
        assert not [n for n in imports(file) if n.split(".")[0] == "index" and n != "index"], file


def test_nothing_imports_the_evaluation() -> None:
    for file in files(*ROOMS):
        assert not [name for name in imports(file) if name.split(".")[0] in ("eval", "tests")], file


@pytest.mark.parametrize(
    ("library", "owner"),
    [
        ("sentence_transformers", ["index.export"]),
        ("torch", ["index.export", "index.export_reader"]),
        ("faiss", ["index.vectors"]),
        ("rank_bm25", ["index.bm25"]),
        ("sentencex", ["index.sentences"]),
        ("filelock", ["index.store"]),
        ("prompt_toolkit", ["qa.chat.history", "qa.chat.pager", "qa.chat.prompt"]),
    ],
)
def test_a_library_has_one_importer(library: str, owner: list[str]) -> None:
    assert importers(library) == owner


@pytest.mark.parametrize("room", ROOMS)
def test_imports_run_in_no_circle(room: str) -> None:
    modules = {module_of(f): f for f in files(room)}
    graph = {name: {i for i in imports(file) if i in modules} - {name} for name, file in modules.items()}
    assert list(TopologicalSorter(graph).static_order())


def test_pickle_is_nowhere() -> None:
    assert [f for f in files(*ROOMS) if {"pickle", "joblib", "shelve", "marshal", "dill"} & set(imports(f))] == []


def loaded(code: str, *modules: str, expect: int = 0) -> list[str]:
    """Which of some modules a fresh interpreter has loaded after running some code."""
    probe = (
        f"import sys\ntry:\n    {code}\nexcept SystemExit:\n    pass\nprint([m for m in {modules} if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, cwd=HOUSE, check=False)
    assert run.returncode == expect, run.stderr
    found: list[str] = ast.literal_eval(run.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize(
    "words", [["--help"], ["--version"], ["ask", "--help"], ["index", "--help"], ["ask", "-k", "x"]]
)
def test_help_and_usage_errors_load_nothing_heavy(words: list[str]) -> None:
    heavy = (*HEAVY, "numpy", "onnxruntime", "tokenizers", "faiss", "prompt_toolkit", "yaml")
    assert loaded("import qa.cli", *heavy) == []
    assert loaded(f"import qa.cli; qa.cli.main({words})", *heavy) == []


def test_the_chats_prompt_waits_for_no_index() -> None:
    code = "import qa.chat.loop, qa.chat.pager, qa.chat.history, prompt_toolkit.shortcuts"
    assert loaded(code, *HEAVY, "numpy", "index", "onnxruntime", "tokenizers", "faiss", "yaml", "rapidfuzz") == []


def test_a_question_never_loads_pytorch(small_index: Path) -> None:
    words = ["ask", "--json", "--index", str(small_index), "When did the harbour bridge open?"]
    code = f"import qa.cli; assert qa.cli.main({words}) in (0, 1)"
    assert loaded(code, *HEAVY, "prompt_toolkit", "onnxruntime") == ["onnxruntime"]


def test_an_update_never_loads_pytorch(small_index: Path, articles: Path) -> None:
    code = (
        f"import qa.cli; assert qa.cli.main(['index', '-q', '--index', {str(small_index)!r}, {str(articles)!r}]) == 0"
    )
    assert loaded(code, *HEAVY, "onnxruntime") == ["onnxruntime"]
