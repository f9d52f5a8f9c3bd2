"""Write the README's session: real commands with what they print, between the session's marks.

    python -m eval.readme [--check]

With --check, nothing is written; exits with 1 where the README shows something else (percentages aside).
"""

import argparse
import os
import re
import subprocess
import sys
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"
COMMANDS = (
    'qa "how long was the phone call?"',
    'qa "When do the Geneva talks start?"',
    'qa "What is the boiling point of tungsten?"',
    'echo "When was the Helsinki Final Act signed?" | qa --json --citations 1',
)
_MARKED = re.compile(r"(<!-- session -->\n).*?(<!-- /session -->)", re.DOTALL)


def session() -> str:
    """The commands and their standard output, as a block of text."""
    search = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"COLUMNS": "88", "PATH": search, "NO_COLOR": "1"}
    for name in [n for n in environment if n.startswith("QA_")]:
        del environment[name]
    # the built-in articles answer, whatever index the user has
    environment["XDG_DATA_HOME"] = os.devnull
    parts = []
    for command in COMMANDS:
        done = subprocess.run(command, shell=True, capture_output=True, encoding="utf-8", env=environment, check=False)
        output = re.sub(r'"path": "[^"]*/corpus/', '"path": "…/corpus/', done.stdout)
        output = re.sub(r'"index": "[^"]*"', '"index": "…"', output)
        output = re.sub(r'"elapsed_ms": [\d.]+', '"elapsed_ms": 20.0', output)
        parts.append(f"$ {command}\n{output}")
    return "\n".join(parts)


def without_figures(text: str) -> str:
    """A text without confidences and scores, whose last digits may differ between machines."""
    return re.sub(r'\d+ %|"(?:confidence|score)": [\d.]+', "", text)


def main() -> int:
    """Write or check the README."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    old = README.read_text(encoding="utf-8")
    block = f"```console\n{session()}```\n"
    new = _MARKED.sub(lambda m: m[1] + block + m[2], old)
    if check:
        same = without_figures(new) == without_figures(old)
        print("the README's session is as it looks" if same else "the README's session is stale: python -m eval.readme")
        return int(not same)
    README.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
