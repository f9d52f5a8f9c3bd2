"""Who says what a sentence says."""

import pytest

from qa.language.attribution import speakers_in


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("It took 50 minutes, the White House reported.", "the White House"),
        ("According to a harbour official, the bridge opened at noon.", "a harbour official"),
        ("“We waited for a generation,” said Ola Berg, the mayor.", "Ola Berg"),
        ("Kremlin aide Yuri Ushakov has described the talks as useful.", "Kremlin aide Yuri Ushakov"),
        ("Ferries will sail again on Monday, the line's spokeswoman, Ida Holm, said.", "the line's spokeswoman"),
    ],
)
def test_the_speaker_is_found(sentence: str, speaker: str) -> None:
    found = [sentence[a:b] for a, b in speakers_in(sentence)]
    assert found and speaker in found[0]


def test_who_reported_it_is_not_whoever_is_reported() -> None:
    sentence = "“It is safe,” Ola Berg stressed in his message, the harbour press service reported."
    found = [
        next(sentence[a:b] for a, b in speakers_in(sentence, q)) for q in ("who reported it?", "who stressed that?")
    ]
    assert found == ["the harbour press service", "Ola Berg"]


@pytest.mark.parametrize("sentence", ["He said that it was late.", "The bridge is 812 metres long.", ""])
def test_nobody_is_named(sentence: str) -> None:
    assert speakers_in(sentence) == []
