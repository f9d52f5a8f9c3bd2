"""Who says what a sentence says: "according to the ministry", "Peskov said", "“…,” said the official"."""

import re

from qa.language.spans import Span

_VERB = (
    r"(?:said|says|saying|told|added|adds|stressed|noted|notes|stated|states|reported|reports|announced|explained|"
    r"warned|claimed|claims|confirmed|insisted|argued|declared|emphasi[sz]ed|underlined|underscored|recalled|replied|"
    r"responded|revealed|indicated|described|called|admitted|denied|promised|wrote|commented|pointed\sout|acknowledged|"
    r"concluded|complained|estimated|put)"
)
# After a quotation the verb may come first: "…, said the mayor".
_FIRST = (
    r"(?:said|says|added|adds|stressed|noted|stated|announced|explained|warned|insisted|argued|declared|replied|"
    r"remarked|reported|wrote|commented|concluded|complained|recalled)"
)
_ADVERB = r"(?:(?:also|later|then|further|however|has|had|have|previously|earlier|\w+ly|on\s[A-Z]\w+day)\s)*"
# A name or a noun phrase that holds no clause of its own.
_WHO = r"(?:[Tt]he\s|[Aa]n?\s|[Hh]is\s|[Hh]er\s|[Ii]ts\s)?(?:[\w.'’&/-]+\s){0,9}?[\w.'’&/)-]+"
_NO_SPEAKER = re.compile(
    r"(?i)^(?:as|and|but|is|was|be|are|were|been|will|would|to|for|of|by|in|on|at|not)\b"
    r"|\b(?:which|who|that|when|where|while|what|is|was|were|are|has|had|have|will|would|not)\b"
    r"|\s(?:as|and|but|to|for|of|by|in|on|at)$"
)
_BEFORE = re.compile(
    rf"(?:^|[,;:“”\"—–.]\s?|\b(?:that|and|but|as|when|while|what)\s)({_WHO})(?:,[^,]{{3,60}},)?\s{_ADVERB}{_VERB}\b"
)
_AFTER = re.compile(
    rf"[,”\"’?!–—]\s?[–—]?\s?{_FIRST}\s(?:to\s(?:reporters|journalists)\s)?({_WHO})"
    r"(?=[,.;:–—]|\s(?:in|on|at|to|after|during|as|who|when)\b|$)"
)
_ACCORDING = re.compile(
    rf"(?i)\baccording\sto\s({_WHO})(?=[,.;:)–—]|\s(?:on|in|at|as|who|which|that|the|and)\b|$)"
    rf"|\b(?:in|from)\sa\s(?:statement|report|briefing)\s(?:by|from|of)\s({_WHO})(?=[,.;:]|$)"
)
_PRONOUN = re.compile(r"(?i)^(?:he|she|they|it|we|i|this|that)$")


_STEMS = re.compile(r"(?i)\b(?:report|confirm|announc|stress|claim|warn|writ|wrote|add)")


def speakers_in(sentence: str, question: str = "") -> list[Span]:
    """Where a sentence names who says it, the surest first; pronouns are left out.

    "Who reported it?" asks for whoever reports, before others who only say something there.
    """
    stem = _STEMS.search(question)
    found: list[Span] = []
    asked: list[Span] = []
    for pattern in (_ACCORDING, _AFTER, _BEFORE):
        # of several the last is nearest to who says it all: "“X has said so,” Y added"
        for m in reversed(list(pattern.finditer(sentence))):
            group = next(n for n, words in enumerate(m.groups(), 1) if words)
            words = m[group].rstrip(".")
            if not _PRONOUN.match(words) and not _NO_SPEAKER.search(words):
                place = m.start(group), m.start(group) + len(words)
                (asked if stem and stem[0].lower() in m[0].lower() else found).append(place)
    return list(dict.fromkeys([*asked, *found]))
