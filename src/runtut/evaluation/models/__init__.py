from runtut.evaluation.models.instrument import Instrument, Question, Section
from runtut.evaluation.models.response import Answer, AnswerFile, Response

__all__ = ["Answer", "AnswerFile", "Instrument", "Question", "Response", "Section"]
