"""The lines typed before, in a file that several chats share."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from prompt_toolkit.history import FileHistory


class SharedHistory(FileHistory):
    """A history file. One that cannot be read or written is no reason not to chat."""

    def load_history_strings(self) -> Iterable[str]:
        """The lines, the newest first."""
        try:
            return list(super().load_history_strings())
        except OSError:
            return []

    def store_string(self, string: str) -> None:
        """Append a line: in one write, so that two chats do not mix theirs, and readable by the user only."""
        entry = "".join(f"+{line}\n" for line in string.split("\n"))
        with suppress(OSError):
            file = os.open(self.filename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                os.write(file, f"\n{entry}".encode("utf-8", "replace"))
            finally:
                os.close(file)


def open_history() -> SharedHistory:
    """The history in the user's state folder."""
    from platformdirs import user_state_path

    folder: Path = user_state_path("qa", appauthor=False)
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    with suppress(OSError):
        (folder / "history").chmod(0o600)
    return SharedHistory(str(folder / "history"))
