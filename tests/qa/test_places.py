"""Which index answers where none is named."""

from pathlib import Path

import pytest

from index import QAError, build_index, cache_folder
from qa.places import find_index, open_builtin, own_index


def test_a_chosen_index_that_is_not_there_is_no_reason_to_take_another(tmp_path: Path) -> None:
    with pytest.raises(QAError, match="no index"):
        find_index(str(tmp_path / "nowhere"))


def test_the_option_goes_before_the_environment(small_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_INDEX", "/no/such/index")
    opened, notice = find_index(str(small_index))
    assert opened.location == str(small_index) and notice is None


def test_a_build_that_failed_does_not_hide_the_built_in_articles() -> None:
    with pytest.raises(QAError):
        build_index(["/no/such/file"], own_index())
    assert len(find_index(None)[0]) == 22


def test_an_outdated_index_of_the_built_in_articles_is_made_anew() -> None:
    open_builtin()
    manifest = next((cache_folder() / "corpus").glob("*/*/generation-*/manifest.json"))
    manifest.write_text(manifest.read_text().replace("sentencex", "another segmenter"))
    assert len(open_builtin()) == 22
