"""The README says what is so."""

import re
import subprocess
import sys
from pathlib import Path

from eval.recording import PICTURE, is_current
from qa.chat.commands import COMMANDS

ROOT = Path(__file__).parent.parent


def test_the_readmes_session_is_what_the_commands_print() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "eval.readme", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_picture_of_the_chat_shows_what_the_program_answers() -> None:
    picture = PICTURE.read_text(encoding="utf-8")
    assert is_current(picture), "python -m eval.recording"
    assert "<script" not in picture and "http" not in picture.replace("http://www.w3.org/2000/svg", "")


def test_the_chats_commands_are_all_in_its_page() -> None:
    page = (ROOT / "docs" / "chat.md").read_text(encoding="utf-8").replace("\\|", "|")
    assert [c for c in COMMANDS if f"`/{c.name} {c.takes}".rstrip() + "`" not in page] == []


def test_every_file_that_the_readme_links_to_is_there() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert links and all((ROOT / link).exists() for link in links)
