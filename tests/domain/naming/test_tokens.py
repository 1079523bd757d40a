"""The words of a text and where they stand."""

from service.domain.naming.tokens import tokens


def test_words_stand_where_they_stand() -> None:
    text = "🐍 C++ ﬁne-tuning, e\u0301tudes"

    found = list(tokens(text))

    assert [token.key for token in found] == ["c++", "fine", "tuning", "études"]
    assert [text[token.start : token.end] for token in found] == [
        "C++",
        "ﬁne",
        "tuning",
        "e\u0301tudes",
    ]


def test_addresses_hold_no_words() -> None:
    text = "see https://a.example/python or www.a.example, mail a@b.example; recall@k"

    assert [token.key for token in tokens(text)] == ["see", "or", "mail", "recall", "k"]
