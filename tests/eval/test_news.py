"""The news written for training and fitting: every answer stands where its file says."""

from eval.examples import news_cases
from eval.news import FIT, TRAIN, read_news


def test_every_answer_stands_in_its_article() -> None:
    files = read_news(TRAIN) + read_news(FIT)
    for file in files:
        texts = {a.id: a.text for a in file.articles}
        assert len(file.questions) > 100 and any(not q.answers for q in file.questions)
        for answer in (a for q in file.questions for a in q.answers):
            assert answer.text and texts[answer.article][answer.start : answer.end] == answer.text


def test_training_cases_hold_their_answer_and_their_negatives_do_not_answer() -> None:
    file = read_news(TRAIN)[0]
    cases = news_cases([file])
    answered = [c for c in cases if c.example.answer]
    assert len(answered) == sum(len(q.answers) for q in file.questions) and len(cases) > len(answered)
    wanted = {a.text for q in file.questions for a in q.answers}
    assert all(c.example.answer in wanted and c.example.passage not in c.negatives for c in answered)
