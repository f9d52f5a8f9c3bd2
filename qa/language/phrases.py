"""The noun phrases of a question, told without a parser: what it is about, and what may stand for what."""

import re
from dataclasses import dataclass
from itertools import zip_longest

from qa.language.asked import AUXILIARIES, QUESTION_WORDS
from qa.language.gazetteer import CALENDAR, FUNCTION_WORDS, MONTHS, NOT_NAMES, OFFICES, PLACES, TITLES

# Verbs that end a noun phrase, in the forms that they take in questions; others are told by their endings.
_VERBS = frozenset(
    "able accept accuse add agree agreed allow announce answer appear approve arrive ask attend award"
    " back ban beat became become began begin begun believe blame block blow born bought break bring"
    " broadcast broke brought build built buy call came cancel carry cast cause chair change charge choose"
    " chose chosen claim close come comment complain concern conclude contain continue cost cover"
    " criticise criticize cut damage deal decide declare decline defeat defend delay demand deny depend"
    " describe destroy die discover discuss dismiss draw due earn elect end enjoy ensure enter escape"
    " evacuate exchange expect explain export express face fail fall fear feel fell fight find fire flee"
    " flew flown fly follow force found fund gather gave get give given go going gone got graduate grant"
    " grow halt hand happen have hear heard held help hit hold hope host hurt identify import impose"
    " include increase injure injured insist inspect intend intervene investigate invite issue join keep"
    " kept kill know known land last launch lay lead learn leave led left lie live lodge lose lost made"
    " maintain make manage married marry mean meant meet mention met monitor move name need negotiate"
    " notice obtain occupy occur offer open operate oppose order own paid pay perform permit pick plan play"
    " pledge postpone praise predict prepare present press prevent produce promise propose protect prove"
    " provide publish punish push put quit raise rate reach react read reassure recall receive recognise"
    " recommend recover recruit reduce refer refuse regret reject release remain remove reopen repair"
    " repeat replace reply report represent request rescue resign resist respond resume retire return"
    " reveal ring rise ruin rule run said sail save say scheduled search see seek seen seize sell send"
    " sent sentence separate serve set settle shoot shot show shut sign sink sit smuggle sold speak spend"
    " spent spoke spoken spread stand start stay steal stop strike struggle study succeed suffer suggest"
    " summon supply support supposed surround survive suspect suspend take taken talk taught teach tell"
    " think thought threaten throw together told took touch track train transfer travel turn understand"
    " urge use vanish violate visit vote vow wait walk want warn wear welcome went win withdraw won work"
    " worry wound wounded write written wrote".split()
)
# Of these words the ones that are nouns as well: "the phone call of Friday".
_NOUNS_TOO = frozenset(
    "attack ban block break briefing call calls change charge claim complaint cost cut deal demand fall"
    " fight fire hearing hit hope host land launch meeting need offer order plan play promise record"
    " release report rise rule show stop strike study summit support talk talks test trade train turn use"
    " visit vote walk win work".split()
)
_PREPOSITIONS = frozenset(
    "in on at for to from with by about since until till during under through after before into within near between"
    " against over behind without per as than".split()
)
_PRONOUNS = frozenset(
    "i me my you your he him his she her hers it its we us our they them their theirs this that these those there then"
    " here one ones who whom whose which what".split()
)
_DETERMINERS = frozenset("the a an this that these those his her its their our my your".split())
_TOKEN = re.compile(
    rf"(?:{'|'.join(m.title() for m in MONTHS)})\s\d\d?,\s\d{{4}}|[^\W_]+(?:['’.-][^\W_]+)*['’]?|[,;:()—–]|[?!](?=\s\S)"
)
_NATION = re.compile(r"[A-Z]\w+(?:ans?|ish|ese|ch|is?)$")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: `text[start:end]` of its question, code points."""

    start: int
    end: int
    words: str


def noun_phrases(text: str) -> list[Phrase]:
    """The noun phrases of a question in their order, each with the article before it and "of ..." behind it."""
    found: list[Phrase] = []
    run: list[re.Match[str]] = []
    helped = bool(re.search(r"(?i)\b(?:do|does|did|to)\s", text))  # then a verb ends the question
    tokens = list(_TOKEN.finditer(text))
    for token, after in zip_longest([*tokens, None], tokens[1:]):
        if token is not None and _belongs(token[0], run, after[0] if after else "", helped):
            run.append(token)
            continue
        while run and run[-1][0].lower() in _DETERMINERS | {"of", "and"}:
            run.pop()
        words = [t[0].lower() for t in run]
        if run and not all(w in FUNCTION_WORDS or w in _PRONOUNS for w in words):
            end = run[-1].end() - 2 * run[-1][0].endswith(("'s", "’s"))
            found.append(Phrase(run[0].start(), end, text[run[0].start() : end]))
        run = [token] if token is not None and _belongs(token[0], [], after[0] if after else "", helped) else []
    return found


def _belongs(word: str, run: list[re.Match[str]], after: str, helped: bool) -> bool:
    """Whether a word goes on with the noun phrase `run`, or opens one where that is empty."""
    low = word.lower()
    if low == "of":
        return bool(run)
    if low == "and":
        return bool(run) and run[-1][0][0].isupper() and after[:1].isupper()
    if low in _DETERMINERS:
        clause = low == "that" and (after[:1].isupper() or after.lower() in _DETERMINERS)
        return not clause and (not run or run[-1][0].lower() == "of")
    if run and (low in _NOUNS_TOO or (low.endswith("ing") and run[0][0].lower() in _DETERMINERS)):
        return _breaks(after) if after else not helped
    return word[0].isalnum() and not _breaks(word)


def _breaks(word: str) -> bool:
    """Whether a word belongs to no noun phrase: a verb, a preposition, a pronoun, a question word."""
    low = re.sub(r"['’]s?$", "", word.lower())
    closed = QUESTION_WORDS | AUXILIARIES | _PREPOSITIONS | _PRONOUNS
    if not word[0].isalnum() or low in closed:
        return True
    if word[0].isupper() or low in _DETERMINERS:
        return False
    return is_verb(low) or low in FUNCTION_WORDS


def is_verb(word: str) -> bool:
    """Whether a word in lower case may be a verb, told from a list and by its ending."""
    known = word in _VERBS or word.removesuffix("s") in _VERBS
    return known or bool(re.search(r"[^eu]ed$|[^e]ing$", word))


def is_pronoun(word: str) -> bool:
    """Whether a word in lower case stands for something said before."""
    return word in _PRONOUNS


_JOINING = re.compile(r"\s(?:in|of|on|at|for|with|over|between|from|to|about),?\s|,?\s(?:between|about)\s")


def topics_of(question: str) -> list[str]:
    """What a question is about: its named things, else all it speaks of, each with what hangs on it.

    "When do the security talks in Geneva begin?" is about "the security talks in Geneva".
    """
    lead = re.match(r"(?i)\W*(?:(?:in|at|on|over|from)\s)?(?:what|which|whose|how)\s", question)
    phrases = [p for p in noun_phrases(question) if not (lead and p.start == lead.end())]
    joined: list[Phrase] = []
    for p in phrases:
        if joined and _JOINING.fullmatch(question[joined[-1].end : p.start]):
            start = joined.pop().start
            p = Phrase(start, p.end, question[start : p.end])
        joined.append(p)
    named = [p.words for p in joined if re.search(r"[A-Z]", p.words[p.start == 0 :])]
    return list(dict.fromkeys(named or [p.words for p in joined]))


def head_of(phrase: str) -> str:
    """The noun that a phrase is about, in lower case and without its plural: "talk" for "the talks in Geneva"."""
    before = re.sub(r"(?<=\w)\s(?:of|in|on|at|for|with|between|from|to|about|over)\s.*$", "", phrase)
    return before.split()[-1].lower().removesuffix("s") if before.split() else ""


def is_nation(word: str) -> bool:
    """Whether a word is a country, or a people, or what is theirs: "Moscow", "the Americans", "Danish"."""
    bare = re.sub(r"(?i)^(?:the|for|from)\s|['’]s$|\s(?:side|one|ones|part|team)$", "", word).strip()
    low = bare.lower()
    return (
        low in PLACES or low in _SEATS or low in NOT_NAMES & _NATIONS or (" " not in bare and bool(_NATION.match(bare)))
    )


_SEATS = frozenset(("kremlin", "white house", "pentagon", "downing street"))  # said for who sits there
_NATIONS = frozenset(
    "russian american ukrainian british french german chinese european israeli iranian turkish japanese indian polish"
    " italian spanish dutch swiss belgian austrian canadian australian korean soviet arab african asian".split()
)


def is_person_word(word: str) -> bool:
    """Whether a word says what somebody is: an office or a title."""
    low = word.lower().removesuffix("s")
    return low in OFFICES or low in TITLES or low in ("counterpart", "predecessor", "successor", "colleague", "boss")


def is_calendar(words: str) -> bool:
    """Whether some words tell a time: "the week before", "in 2018", "Friday"."""
    low = words.lower()
    unit = r"\b(?:day|week|month|year|morning|evening|night|time|decade|century|\d{4}|yesterday|today|tomorrow)s?\b"
    return bool(re.search(unit, low)) or any(w in CALENDAR for w in re.findall(r"\w+", low))
