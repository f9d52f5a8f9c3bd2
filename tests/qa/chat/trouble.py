"""The program with a reader that crashes or dawdles when the question says so, a slow index, deaf ears."""

import os
import sys
import time
from typing import Any

import qa.chat.prompt
import qa.places
import qa.reader
from qa.cli import main

open_reader, find_index = qa.reader.open_reader, qa.places.find_index


def open_troubled_reader(name: str | None = None) -> Any:
    reader = open_reader(name)

    def read(question: str, passages: Any) -> Any:
        if "crash" in question:
            raise KeyError("crash")
        if "slow" in question:
            time.sleep(60)
        return reader(question, passages)

    return read


def find_slowly(*args: Any, **options: Any) -> Any:
    time.sleep(float(os.environ.get("TROUBLE_LOADING", "0")))
    return find_index(*args, **options)


if os.environ.get("TROUBLE_DEAF"):
    qa.chat.prompt.end_app = lambda error: True
qa.reader.open_reader = open_troubled_reader
qa.places.find_index = find_slowly
sys.exit(main())
