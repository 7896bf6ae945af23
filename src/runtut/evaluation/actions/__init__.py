from runtut.evaluation.actions.answers import (
    add_answer_file,
    remove_answer_file,
    save_answers,
    submit_response,
)
from runtut.evaluation.actions.editing import (
    QuestionFacts,
    drop_question,
    drop_section,
    move_question,
    move_section,
    put_question,
    put_section,
)
from runtut.evaluation.actions.life import (
    close_instrument,
    describe_instrument,
    follow_return,
    open_instrument,
    use_instrument,
)
from runtut.evaluation.actions.papers import draft_instrument, draft_report, draft_results
from runtut.evaluation.actions.reminding import remind_respondents

__all__ = [
    "QuestionFacts",
    "add_answer_file",
    "close_instrument",
    "describe_instrument",
    "draft_instrument",
    "draft_report",
    "draft_results",
    "drop_question",
    "drop_section",
    "follow_return",
    "move_question",
    "move_section",
    "open_instrument",
    "put_question",
    "put_section",
    "remind_respondents",
    "remove_answer_file",
    "save_answers",
    "submit_response",
    "use_instrument",
]
