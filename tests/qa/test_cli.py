"""The real command, in processes of its own."""

import json
import os
import subprocess
import time
from pathlib import Path

import pytest

from tests.conftest import BIN

OPENED = "When did the harbour bridge in Oresk open?"
UNKNOWN = "What is the boiling point of tungsten?"


def qa(*argv: object, stdin: str | None = "", env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [BIN / "qa", *map(str, argv)], input=stdin, capture_output=True, encoding="utf-8", timeout=120,
        env=os.environ | {"COLUMNS": "100"} | (env or {}), check=False,
    )  # fmt: skip


def test_a_quoted_question_gets_a_cited_answer(small_index: Path) -> None:
    done = qa(OPENED, "--index", small_index)
    assert done.returncode == 0
    assert "4 May 1973" in done.stdout and "2 articles agree" in done.stdout
    assert "harbour:" in done.stdout and "chronicle:" in done.stdout
    assert done.stderr == ""


def test_loose_words_are_one_question(small_index: Path) -> None:
    assert "4 May 1973" in qa("ask", *OPENED.split(), "--index", small_index).stdout
    assert "4 May 1973" in qa("--index", small_index, *OPENED.split()).stdout


def test_no_answer_is_said_and_is_status_1(small_index: Path) -> None:
    done = qa("--index", small_index, UNKNOWN)
    assert done.returncode == 1
    assert done.stdout.startswith("  No article answers that.")


def test_piped_questions_are_answered_in_order_and_blank_lines_skipped(small_index: Path) -> None:
    done = qa("--json", "--index", small_index, stdin=f"{OPENED}\n\n{UNKNOWN}\r\n  \n")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [r["question"] for r in rows] == [OPENED, UNKNOWN]
    assert [r["answered"] for r in rows] == [True, False]
    assert done.returncode == 0


def test_the_first_answer_does_not_wait_for_the_last_question(small_index: Path) -> None:
    with subprocess.Popen(
        [BIN / "qa", "ask", "--json", "--index", small_index], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(OPENED + "\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["answered"]
        process.stdin.close()
        assert process.wait(30) == 0


def test_json_places_hold_in_the_file_itself(small_index: Path) -> None:
    answer = json.loads(qa("--json", "--index", small_index, OPENED).stdout)
    assert answer["answer"] == "4 May 1973" and 0 <= answer["confidence"] <= 1
    for c in answer["citations"]:
        shown = json.loads(qa("show", c["article"], "--json", "--index", small_index).stdout)
        assert shown["text"][c["start"] : c["end"]] == c["quote"]
        assert shown["text"][c["answer_start"] : c["answer_end"]] == "4 May 1973"
        if c["path"].endswith(".txt"):
            assert Path(c["path"]).read_text(encoding="utf-8") == shown["text"]


def test_dirt_of_a_page_is_never_the_answer(small_index: Path) -> None:
    for question in ("Who took the photo?", "What should I subscribe to?", "All news"):
        answer = json.loads(qa("--json", "--index", small_index, question).stdout)
        quotes = " ".join(c["quote"] for c in answer["citations"])
        assert not any(junk in quotes for junk in ("Photo:", "Subscribe", "All news", "By Ida Holm"))


def test_a_misspelt_question_is_understood(small_index: Path) -> None:
    assert "4 May 1973" in qa("--index", small_index, "when did teh harbuor brigde in oresk open").stdout


def test_citations_and_confidence_can_be_limited(small_index: Path) -> None:
    assert len(json.loads(qa("--json", "--citations", 1, "--index", small_index, OPENED).stdout)["citations"]) == 1
    assert qa("--min-confidence", 1, "--index", small_index, OPENED).returncode == 1
    assert qa("--min-confidence", 2, "--index", small_index, OPENED).returncode == 2


@pytest.mark.parametrize(
    "argv",
    [
        ["ask", "--index", "/no/such/index", "x?"],
        ["index", "/no/such/file"],
        ["--index", "~nobody-of-this-name/x", "x?"],
        ["show", "\x1b[31msputnik"],
        ["show", "sputnik:1-1" + "0" * 5000],
        ["ask", "--no-such-flag", "x"],
        ["show", "no-such-article"],
        ["show", "sputnik:9-3"],
        ["index"],
        ["-k", "0", "x?"],
        [""],
    ],
)
def test_what_goes_wrong_is_one_line_and_status_2(argv: list[str]) -> None:
    done = qa("-q", *argv)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1 and done.stderr.startswith("qa: ")
    assert done.stdout == "" and "\x1b" not in done.stderr and "a bug" not in done.stderr


def test_strange_questions_get_an_answer_each(small_index: Path) -> None:
    strange = [
        "?",
        "a" * 20_000,
        "\x1b[31mred\x1b[0m?",
        "когда?",
        "💥" * 50,
        "'; DROP TABLE articles; --",
        "%s%n{0}",
        "\x00\x01",
    ]
    done = qa("--json", "--index", small_index, stdin="\n".join(strange) + "\n")
    assert [json.loads(line)["question"] for line in done.stdout.splitlines()] == strange
    assert done.stderr == ""


def test_the_built_in_articles_answer_where_there_is_no_index_and_it_is_said() -> None:
    done = qa("How long did the call last?")
    assert "50 minutes" in done.stdout
    assert done.stderr.startswith("answering from the 22 built-in articles")
    assert qa("-q", "How long did the call last?").stderr == ""


def test_qa_index_names_the_index_that_answers(small_index: Path) -> None:
    done = qa(OPENED, env={"QA_INDEX": str(small_index)})
    assert "4 May 1973" in done.stdout


def test_ones_own_index_answers_once_there_is_one(articles: Path, tmp_path: Path) -> None:
    env = {"XDG_DATA_HOME": str(tmp_path)}
    assert qa("index", articles, env=env).returncode == 0
    done = qa(OPENED, env=env)
    assert "4 May 1973" in done.stdout
    assert "your index" in done.stderr


def test_files_that_cannot_be_read_are_named_and_skipped(tmp_path: Path) -> None:
    (tmp_path / "ok.txt").write_text("The lighthouse at Varn Point was built in 1881 by Ida Holm.\n")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\nno")
    done = qa("index", tmp_path, "--index", tmp_path / "out")
    assert done.returncode == 0
    assert "empty.txt: the file is empty" in done.stderr and "broken.pdf: no reader" in done.stderr
    assert "2 skipped" in done.stderr and done.stdout == ""
    (tmp_path / "ok.txt").unlink()
    assert qa("index", tmp_path / "empty.txt", "--index", tmp_path / "none").returncode == 2


def test_articles_are_listed_with_their_number_and_path(small_index: Path) -> None:
    done = qa("articles", "--index", small_index)
    assert "A chronicle of Oresk" in done.stdout and "harbour.txt" in done.stdout
    rows = [json.loads(line) for line in qa("articles", "--json", "--index", small_index).stdout.splitlines()]
    assert [r["article"] for r in rows] == ["chronicle", "harbour"]
    assert rows[0]["date"] == "1999-02-01" and rows[0]["words"] == 36


def test_show_prints_a_passage_in_its_surroundings(small_index: Path) -> None:
    done = qa("show", "harbour:30-60", "--index", small_index)
    assert done.returncode == 0 and "Harbour Bridge" in done.stdout
    assert qa("show", 2, "--index", small_index).stdout == qa("show", "harbour", "--index", small_index).stdout


def test_output_that_is_no_terminal_is_plain(small_index: Path) -> None:
    done = qa(OPENED, "--index", small_index)
    assert "\x1b" not in done.stdout + done.stderr


def test_a_reader_that_closes_the_pipe_is_no_error(small_index: Path) -> None:
    command = f"yes '{OPENED}' | head -200 | {BIN}/qa --index {small_index} | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == "" and done.stdout


def test_piped_turns_are_answered_and_new_is_no_question(small_index: Path) -> None:
    done = qa("chat", "--json", "--index", small_index, stdin=f"{OPENED}\n/new\n{UNKNOWN}\n")
    assert [json.loads(line)["answered"] for line in done.stdout.splitlines()] == [True, False]


@pytest.mark.parametrize(
    "argv", [["--help"], ["ask", "--help"], ["index", "-h"], ["--version"], ["articles", "--help"]]
)
def test_help_comes_at_once(argv: list[str]) -> None:
    started = time.perf_counter()
    done = qa(*argv)
    assert done.returncode == 0 and "qa" in done.stdout
    assert time.perf_counter() - started < 1.5  # half a second on an idle machine
