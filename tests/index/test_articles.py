"""Files to articles: what is read, how, and what is named as unreadable."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from index.articles import Article, Findings, absolute, find_title, is_under, read_articles, require_existing
from index.errors import QAError

PROSE = "The mill at Oresk ground its last flour in 1962. It is a museum today.\n"


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read_one(path: Path) -> Article:
    findings = read_articles([str(path)])
    assert not findings.skipped
    (article,) = findings.articles
    return article


def reason(path: Path) -> str:
    findings = read_articles([str(path)])
    assert not findings.articles
    (skipped,) = findings.skipped
    assert skipped.path == str(path)
    return skipped.reason


def names(findings: Findings) -> list[str]:
    return [Path(a.path).name for a in findings.articles]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Smørbrød – “good”.".encode(), "Smørbrød – “good”."),
        (b"\xef\xbb\xbfThe mill closed.", "The mill closed."),
        (b"One line.\r\nAnother line.\r\n", "One line.\r\nAnother line.\r\n"),
        (b"\n\n  The mill closed.\n\n", "\n\n  The mill closed.\n\n"),
        (b"\x93Caf\xe9\x94 \x96 5 \x80.", "“Café” – 5 €."),
        ("Tab\tand form feed\f, emoji 😀.".encode(), "Tab\tand form feed\f, emoji 😀."),
    ],
)
def test_a_text_is_kept_as_decoded(tmp_path: Path, data: bytes, text: str) -> None:
    assert read_one(write(tmp_path, "a.txt", data)).text == text


def test_front_matter_is_data_about_the_article(tmp_path: Path) -> None:
    article = read_one(
        write(
            tmp_path,
            "mill.md",
            "---\r\ntitle: The mill\r\nsource: Oresk Courier\r\ndate: 1999-02-01\r\n"
            f"url: https://example.org/mill?a=1#b\r\n---\r\n\r\n{PROSE}",
        )
    )
    assert (article.title, article.source, article.date) == ("The mill", "Oresk Courier", "1999-02-01")
    assert article.url == "https://example.org/mill?a=1#b"
    assert article.text == PROSE


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("title: 1984", "1984"),
        ("title: No", "No"),
        ("title: 10:30", "10:30"),
        ("title: 1.10", "1.10"),
        ("title: 2021-12-30", "2021-12-30"),
        ("title: 'Quoted: with a colon'", "Quoted: with a colon"),
        ("title: >\n  Over two\n  lines", "Over two lines"),
        ('title: "Tab\\tand break\\n"', "Tab and break"),
    ],
)
def test_a_front_matter_field_is_what_was_written(tmp_path: Path, line: str, title: str) -> None:
    assert read_one(write(tmp_path, "a.md", f"---\n{line}\n---\n{PROSE}")).title == title


@pytest.mark.parametrize("date", ["2021-12-30", "2021-02-30", "'2021-12-30'", "2021-12-30T10:00:00Z", "2021"])
def test_a_date_is_kept_as_the_front_matter_gives_it(tmp_path: Path, date: str) -> None:
    assert read_one(write(tmp_path, "a.md", f"---\ndate: {date}\n---\n{PROSE}")).date == date.strip("'")


@pytest.mark.parametrize("value", ["", "~", "null", '""', "[a, b]", "{a: b}"])
def test_an_empty_field_is_no_field(tmp_path: Path, value: str) -> None:
    article = read_one(write(tmp_path, "a.md", f"---\ntitle: The mill\nsource: {value}\n---\n{PROSE}"))
    assert (article.title, article.source) == ("The mill", None)


def test_half_a_character_in_front_matter_does_no_harm(tmp_path: Path) -> None:
    article = read_one(write(tmp_path, "a.md", f'---\ntitle: "Mill \\ud800"\n---\n{PROSE}'))
    assert article.title.encode() == b"Mill ?"


@pytest.mark.parametrize(
    "text",
    [
        f"# The mill\n\n{PROSE}",
        f"---\n{PROSE}---\nMore of it.\n",  # between two rules stands a text, no fields
        f"---\n{PROSE}",
        f"\n---\ntitle: The mill\n---\n{PROSE}",
        f"----\ntitle: The mill\n----\n{PROSE}",
    ],
)
def test_markdown_without_front_matter_is_kept_whole(tmp_path: Path, text: str) -> None:
    article = read_one(write(tmp_path, "a.md", text))
    assert (article.text, article.source, article.date) == (text, None, None)


def test_a_rule_in_a_plain_text_is_no_front_matter(tmp_path: Path) -> None:
    text = f"---\ntitle: The mill\n---\n{PROSE}"
    assert read_one(write(tmp_path, "a.txt", text)).text == text


@pytest.mark.parametrize("block", ["title: a: b", "title: [unclosed", "\ttitle: tab", "title: 'unclosed"])
def test_broken_front_matter_is_named(tmp_path: Path, block: str) -> None:
    why = reason(write(tmp_path, "a.md", f"---\n{block}\n---\n{PROSE}"))
    assert why.startswith("front matter is no valid YAML: ") and "\n" not in why


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.txt", b"", "the file is empty"),
        ("a.txt", b" \n\t\n", "the file is empty"),
        ("a.txt", b"\xef\xbb\xbf \n", "the file is empty"),
        ("a.md", b"---\ntitle: The mill\n---\n\n", "no text after the front matter"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary data, not text"),
        ("a.txt", bytes(range(1, 32)) * 9, "binary data, not text"),
        ("a.txt", "The mill".encode("utf-16"), "binary data, not text"),
        ("a.xyz", b"The mill.", "no reader for .xyz (readable: "),
        ("README", b"The mill.", "no reader for files without a suffix (readable: "),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_the_reason(tmp_path: Path, name: str, data: bytes, why: str) -> None:
    assert reason(write(tmp_path, name, data)).startswith(why)


def test_a_reason_tells_what_can_be_read(tmp_path: Path) -> None:
    why = reason(write(tmp_path, "a.xyz", PROSE))
    assert ".md" in why and ".txt" in why


def test_a_suffix_in_capitals_is_the_same_suffix(tmp_path: Path) -> None:
    assert read_one(write(tmp_path, "A.TXT", PROSE)).text == PROSE


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", PROSE)
    write(tmp_path, "b.txt", b"\x00")
    write(tmp_path, "c.md", PROSE)
    findings = read_articles([str(tmp_path)])
    assert names(findings) == ["a.txt", "c.md"]
    assert [Path(s.path).name for s in findings.skipped] == ["b.txt"]


def test_folders_are_read_to_the_bottom_in_order_without_what_is_hidden(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a.txt",
        "deep/er/c.txt",
        ".hidden.txt",
        ".git/d.txt",
        ".cache/e.txt",
        "CVS/f.txt",
        "_darcs/g.txt",
        "deep/.svn/h.txt",
    ):
        write(tmp_path, name, PROSE)
    assert names(read_articles([str(tmp_path)])) == ["a.txt", "b.txt", "c.txt"]


def test_a_folder_that_cannot_be_listed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a.txt", PROSE)
    write(tmp_path, "shut/b.txt", PROSE)
    scandir = os.scandir

    def refuse(path: str) -> object:
        if Path(path).name == "shut":
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    findings = read_articles([str(tmp_path)])
    assert names(findings) == ["a.txt"]
    assert [(s.path, s.reason) for s in findings.skipped] == [(str(tmp_path / "shut"), "Permission denied")]


def test_links_into_the_own_parent_and_to_nothing_do_no_harm(tmp_path: Path) -> None:
    write(tmp_path, "sub/a.txt", PROSE)
    (tmp_path / "sub" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "sub" / "self.txt").symlink_to("self.txt")
    (tmp_path / "sub" / "gone.txt").symlink_to("nowhere.txt")
    findings = read_articles([str(tmp_path)])
    assert names(findings) == ["a.txt"]
    assert [(Path(s.path).name, s.reason) for s in findings.skipped] == [
        ("gone.txt", "a link to nothing"),
        ("self.txt", "a link to nothing"),
    ]


def test_what_is_no_file_is_named_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (skipped,) = read_articles([str(tmp_path)]).skipped
    assert skipped.reason == "no regular file"


def test_a_file_named_twice_is_one_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "sub/a.txt", PROSE)
    monkeypatch.chdir(tmp_path / "sub")
    (article,) = read_articles([".", "a.txt", "../sub/a.txt", str(tmp_path), "../sub/../sub"]).articles
    assert article.path == str(tmp_path / "sub" / "a.txt")


@pytest.mark.parametrize("name", ["two\nlines.txt", "a: b.txt", "tab\tand blank .txt", "\x1b[31mred.txt", "-.txt"])
def test_a_strange_file_name_gives_a_name_that_can_be_typed(tmp_path: Path, name: str) -> None:
    article = read_one(write(tmp_path, name, PROSE))
    assert article.path == str(tmp_path / name)
    assert article.id and all(c.isalnum() or c in "_.-" for c in article.id)
    assert not article.id.startswith("-")


def test_letters_of_every_script_stay_in_a_name(tmp_path: Path) -> None:
    assert read_one(write(tmp_path, "Öresk мост 橋.txt", PROSE)).id == "Öresk-мост-橋"


def test_files_of_one_stem_get_different_names(tmp_path: Path) -> None:
    for name in ("mill.txt", "mill.md", "1999/mill.txt", "more/1999/mill.txt", "2000/mill.txt"):
        write(tmp_path, f"all/{name}", PROSE)
    ids = {Path(a.path).relative_to(tmp_path / "all").as_posix(): a.id for a in read_articles([str(tmp_path)]).articles}
    assert ids == {
        "mill.md": "mill",
        "mill.txt": "all-mill",
        "1999/mill.txt": "1999-mill",
        "2000/mill.txt": "2000-mill",
        "more/1999/mill.txt": "1999-mill-2",
    }


def test_a_known_article_keeps_its_name(tmp_path: Path) -> None:
    for name in ("a/mill.txt", "b/mill.txt"):
        write(tmp_path, name, PROSE)
    known = {str(tmp_path / "b" / "mill.txt"): "mill", "/elsewhere/mill.txt": "a-mill"}
    ids = [a.id for a in read_articles([str(tmp_path)], known).articles]
    assert ids == ["a-mill-2", "mill"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "All news\n\nThe Harbour Bridge of Oresk opens\n\nBy Ida Holm\n\nIt opened.",
            "The Harbour Bridge of Oresk opens",
        ),
        ("# The mill of Oresk closes\n\nIt closed.", "The mill of Oresk closes"),
        ("Subscribe to our free newsletter\n\nMill of Oresk closes down\n\nIt closed.", "Mill of Oresk closes down"),
        ("The mill closed.\n\nIt is a museum.", "The mill closed."),
        ("\n \nMill\n\nIt closed.", "Mill"),
        (
            "The old mill of Oresk was closed by the council in the spring.\n\nA heading that comes too late\n",
            "The old mill of Oresk was closed by the council in the spring.",
        ),
        ("", ""),
    ],
)
def test_a_title_is_the_headline_else_the_first_line(text: str, title: str) -> None:
    assert find_title(text) == title


def test_a_long_title_is_cut_at_a_word() -> None:
    title = find_title("The mill of Oresk and the long road to it, " * 9)
    assert len(title) <= 90 and title.endswith("…") and title[:-1] in "The mill of Oresk and the long road to it, " * 9
    assert title[-2].isalpha()


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    def give(data: bytes) -> Findings:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="ascii"))
        return read_articles(["-"])

    (first,) = give("\ufeffDer Müller ging.\r\n".encode()).articles
    (again,) = give("\ufeffDer Müller ging.\r\n".encode()).articles
    (other,) = give(b"Another text.").articles
    assert first.text == "Der Müller ging.\r\n"
    assert first == again and first.path.startswith("-#") and first.id.startswith("stdin-")
    assert other.id != first.id
    assert [(s.path, s.reason) for s in give(b"").skipped] == [("-", "the file is empty")]


def test_a_closed_standard_input_is_named() -> None:
    code = "import sys; from index.articles import read_articles; print(read_articles(['-']).skipped[0].reason)"
    run = subprocess.run(
        ["sh", "-c", 'exec "$0" -c "$1" <&-', sys.executable, code], capture_output=True, text=True, check=True
    )
    assert run.stdout == "standard input is closed\n"


def test_an_unknown_path_is_refused_unless_its_articles_were_indexed(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    with pytest.raises(QAError, match="gone: no such file or folder"):
        require_existing([str(gone)], [str(tmp_path / "gone.txt"), str(tmp_path / "gone-too" / "a.txt")])
    require_existing([str(gone), "-"], [str(gone / "a.txt")])
    require_existing([str(gone)], [str(gone)])


def test_a_path_that_the_system_refuses_is_an_error_a_person_can_read() -> None:
    with pytest.raises(QAError, match="name too long"):
        require_existing(["x" * 5000], [])


def test_a_path_lies_under_its_folders_only() -> None:
    assert is_under("/a/b/c.txt", {"/a"}) and is_under("/a/b", {"/a/b"}) and is_under("/a", {"/"})
    assert not is_under("/ab/c.txt", {"/a"}) and not is_under("/a", {"/a/b"}) and not is_under("-#12", {"/"})


def test_a_path_through_a_linked_folder_keeps_the_links_name(tmp_path: Path) -> None:
    (tmp_path / "v1").mkdir()
    (tmp_path / "now").symlink_to("v1", target_is_directory=True)
    assert absolute(str(tmp_path / "now")) == tmp_path / "now"


def test_one_bad_byte_does_not_spoil_the_rest_of_a_utf_8_file(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes("Die Brücke über die Förde wurde größer".encode() + b" \xff als geplant.")
    assert read_articles([str(file)]).articles[0].text == "Die Brücke über die Förde wurde größer \ufffd als geplant."
