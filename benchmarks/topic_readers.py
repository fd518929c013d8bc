"""Which topic: the two readers, each alone and together, against Rasa's own pair.

Rasa's pair is its CountVectorsFeaturizer (words; pieces of words) and its
LogisticRegressionClassifier over these counts and the same sentence vectors, with their
default settings, rebuilt with the scikit-learn calls that Rasa makes (through Rasa itself the
comparison would also measure its graph). All learn from the project's training examples and
are asked the development questions. Run it with ``python -m benchmarks.topic_readers``.
"""

from __future__ import annotations

import time
from typing import Callable, Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from assistant.evaluation import Question, read_questions
from assistant.guidance import topic_id_of
from assistant.training.importer import GuidanceImporter
from assistant.understanding.encoder import Vectors, shared_encoder
from assistant.understanding.topic_model import VECTOR_WEIGHT, WORDS_PENALTY, TopicModel
from assistant.understanding.words import WordFeatures
from assistant.project import find_project

Scores = npt.NDArray[np.float64]
Reader = Callable[[], tuple[Scores, Sequence[str]]]


def main() -> None:
    """Print the share of right topics, first and among the first three, and training time."""
    project = find_project()
    importer = GuidanceImporter(str(project.config), str(project.domain), [str(project.data)])
    examples = importer.get_nlu_data().intent_examples
    texts = [example.get("text") for example in examples]
    labels = [example.get("intent") for example in examples]
    development = read_questions(project.root / "tests" / "nlu" / "development.tsv")
    asked = [question for question in development if question.kind == "topic"]
    questions = [question.text for question in asked]
    vectors, asked_vectors = shared_encoder().encode(texts), shared_encoder().encode(questions)
    print(f"{len(texts)} examples of {len(set(labels))} intents, {len(asked)} questions")

    def words() -> tuple[Scores, Sequence[str]]:
        features = WordFeatures.fit(texts)
        reader = LinearSVC(C=WORDS_PENALTY, random_state=0).fit(features(texts), labels)
        return reader.decision_function(features(questions)), list(reader.classes_)

    def meaning() -> tuple[Scores, Sequence[str]]:
        reader = LogisticRegression(max_iter=100, tol=1e-3).fit(VECTOR_WEIGHT * vectors, labels)
        return reader.predict_proba(VECTOR_WEIGHT * asked_vectors), list(reader.classes_)

    def both() -> tuple[Scores, Sequence[str]]:
        model = TopicModel.fit(texts, labels, vectors)
        return model.probabilities(questions, asked_vectors), model.labels

    def rasas_pair() -> tuple[Scores, Sequence[str]]:
        counters = [
            CountVectorizer(token_pattern=r"(?u)\b\w+\b"),
            CountVectorizer(analyzer="char_wb", ngram_range=(1, 4)),
        ]
        taught = _counted([counter.fit_transform(texts) for counter in counters], vectors)
        put = _counted([counter.transform(questions) for counter in counters], asked_vectors)
        reader = LogisticRegression(class_weight="balanced", max_iter=100).fit(taught, labels)
        return reader.predict_proba(put), list(reader.classes_)

    readers: dict[str, Reader] = {
        "words": words,
        "meaning": meaning,
        "both (Notice)": both,
        "Rasa's pair": rasas_pair,
    }
    for name, reader in readers.items():
        started = time.perf_counter()
        scores, classes = reader()
        seconds = time.perf_counter() - started
        first, three = _right(scores, classes, asked)
        print(f"{name:16} first {first:.1%}  first three {three:.1%}  {seconds:5.0f} s", flush=True)


def _counted(counts: list[csr_matrix], vectors: Vectors) -> csr_matrix:
    return hstack([*counts, csr_matrix(vectors)]).tocsr()


def _right(
    scores: Scores, classes: Sequence[str], asked: Sequence[Question]
) -> tuple[float, float]:
    first = three = 0
    for row, question in zip(scores, asked):
        likely = [topic_id_of(classes[i]) for i in row.argsort()[::-1][:3]]
        first += likely[0] in question.accept
        three += any(one in question.accept for one in likely)
    return first / len(asked), three / len(asked)


if __name__ == "__main__":
    main()
