"""Lexicons, likeness, matches of terms, associations, decisions: each on its own."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cctbx.align.associations import learn_associations
from cctbx.align.decision import Links, decide
from cctbx.align.lexicons import Lexicon, LexiconRow, bundled_lexicon, joined, read_table
from cctbx.align.likeness import likeness_matrix
from cctbx.align.readings import Reading, Texts, Vocabulary, read_entries
from cctbx.align.terms import best_match
from cctbx.model import SourceEntry
from tests.align.entries import entry

TABLE = """en\tsv\tnl\tpos
customer|client\tkund\tklant\tn
customer service\tkundtjänst\tklantenservice\tn
quick\tsnabb\t\tadj
"""


def test_a_table_is_read_row_by_row() -> None:
    rows = read_table("# made by hand\n" + TABLE)
    assert rows[0] == LexiconRow((("en", "customer"), ("en", "client"), ("sv", "kund"), ("nl", "klant")))
    assert len(rows) == 3
    assert read_table("") == ()


def test_meanings_are_found_inflected_in_phrases_and_in_neighbouring_languages() -> None:
    lexicon = Lexicon(read_table(TABLE))
    assert lexicon.meanings(("kunder",), "sv") == (0,)
    assert lexicon.meanings(("customer", "services"), "en") == (1,)
    assert lexicon.meanings(("customer",), "sv") == (0,), "an English loan"
    assert lexicon.meanings(("okänd",), "sv") == ()
    assert Lexicon(read_table("nb\ten\nkunde\tcustomer\n")).meanings(("kunde",), "da") == (0,)


def test_dictionaries_of_two_languages_meet_in_english() -> None:
    own = Lexicon(read_table(TABLE))
    both = joined(
        own, [LexiconRow((("pl", "klient"), ("en", "customer"))), LexiconRow((("fi", "asiakas"), ("en", "customer")))]
    )
    shared = set(both.meanings(("klient",), "pl"))
    assert shared & set(both.meanings(("asiakas",), "fi"))
    assert shared & set(both.meanings(("kund",), "sv"))


def test_an_ambiguous_pivot_is_left_out() -> None:
    rows = [LexiconRow((("pl", f"słowo{n}"), ("en", "set"))) for n in range(11)]
    assert joined(Lexicon(), rows).meanings(("słowo1",), "pl") == ()


def test_the_bundled_lexicon_is_large_and_clean() -> None:
    lexicon = bundled_lexicon()
    assert len(lexicon) > 2000
    for row in lexicon.rows:
        assert all(form == form.strip() and form for _, form in row.forms)
        assert {tag for tag, _ in row.forms} <= {"en", "nb", "sv", "nl", "pl", "de"}


def test_german_words_stand_in_the_rows_of_their_english_ones() -> None:
    lexicon = bundled_lexicon()
    german = set(lexicon.meanings(("rechnungen",), "de"))
    assert german & set(lexicon.meanings(("fakturor",), "sv"))
    assert german & set(lexicon.meanings(("faktury",), "pl"))
    assert not german & set(lexicon.meanings(("höna",), "sv"))


def readings(*entries: SourceEntry, lexicon: Lexicon | None = None) -> tuple[list[Reading], Vocabulary]:
    lexicon = lexicon or Lexicon(read_table(TABLE))
    vocabulary = Vocabulary(lexicon=lexicon)
    return read_entries(entries, [each.id for each in entries], Texts(entries, lexicon), vocabulary), vocabulary


def test_likeness_knows_lexicon_spelling_and_itself() -> None:
    found, vocabulary = readings(entry("a", "sv", "kund"), entry("b", "nl", "klant"), entry("c", "pl", "klient"))
    likeness = likeness_matrix(vocabulary)
    swedish, dutch, polish = (each.terms[0].spans[0].item for each in found)
    assert likeness.of(swedish, swedish) == 1.0
    assert likeness.of(swedish, dutch) == likeness.of(dutch, swedish) > 0.8
    assert likeness.of(swedish, polish) == 0.0
    assert likeness.learned({(swedish, polish): 0.6}).of(polish, swedish) == pytest.approx(0.6)


def test_a_match_names_what_is_left_and_whether_the_heads_meet() -> None:
    found, vocabulary = readings(
        entry("a", "sv", "kundtjänst"), entry("b", "nl", "klantenservicemedewerker"), entry("b", "nl", "medewerker"),
        entry("c", "nl", "klantenservice"),
    )  # fmt: skip
    likeness = likeness_matrix(vocabulary)
    whole = best_match(found[0], found[3], likeness)
    assert whole is not None and whole.heads and not any(whole.missing)
    longer = best_match(found[0], found[1], likeness)
    assert longer is not None
    assert longer.missing == ((), ("medewerker",))
    assert longer.heads == 0.0
    assert longer.surplus[0] > 0.0, "its head is what is left"
    nothing = best_match(found[0], found[2], likeness)
    assert nothing is not None and not nothing.pairs


@pytest.mark.parametrize(
    ("language", "term", "head"),
    [
        ("sv", "svarstid", "tid"), ("sv", "policy för avtal", "policy"), ("pl", "baza wiedzy", "baza"),
        ("pl", "kluczowy wskaźnik wydajności", "wskaźnik"), ("en", "customer service", "service"),
        ("en", "software as a service", "service"), ("fr", "service client", "service"),
    ],
)  # fmt: skip
def test_the_head_of_a_term(language: str, term: str, head: str) -> None:
    found, _ = readings(entry("a", language, term), lexicon=Lexicon(read_table("sv\ten\nsvar\tanswer\ntid\ttime\n")))
    read = found[0].terms[0]
    assert read.parts[read.head] == head


def test_associations_are_learned_from_texts_side_by_side_and_not_from_one_meeting() -> None:
    words = [entry("a", "sv", name) for name in ("röd", "blå", "grön", "hund", "katt")]
    others = [entry("b", "pl", name) for name in ("czerwony", "niebieski", "zielony", "pies", "kot")]
    found, vocabulary = readings(*words, *others)
    item = {each.terms[0].text: each.terms[0].spans[0].item for each in found}
    texts = [
        ([item["röd"], item["hund"]], [item["czerwony"], item["pies"]]),
        ([item["röd"], item["katt"]], [item["kot"], item["czerwony"]]),
        ([item["blå"], item["hund"]], [item["pies"], item["niebieski"]]),
        ([item["grön"]], [item["zielony"]]),
    ]
    learned = learn_associations(texts, likeness_matrix(vocabulary))
    assert (item["röd"], item["czerwony"]) in learned
    assert (item["hund"], item["pies"]) in learned
    assert (item["röd"], item["pies"]) not in learned
    assert (item["grön"], item["zielony"]) not in learned


def groups(links: dict[tuple[int, int], float], owner: list[int], **given: object) -> list[list[int]]:
    together = given.get("together", ())
    apart = given.get("apart", frozenset())
    return decide(Links.of(len(owner), links), owner, together, apart, -4.0)  # type: ignore[arg-type]


def test_the_surer_of_two_rivals_wins() -> None:
    assert groups({(0, 1): 2.0, (0, 2): 3.0}, [0, 1, 1]) == [[0, 2], [1]]


def test_a_pair_in_doubt_stays_apart_and_follows_from_sure_links() -> None:
    assert groups({(0, 1): -0.1}, [0, 1]) == [[0], [1]]
    assert groups({(0, 1): 3.0, (1, 2): 3.0, (0, 2): -3.8}, [0, 1, 2]) == [[0, 1, 2]]
    assert groups({(0, 1): 3.0, (1, 2): 1.0, (0, 2): -9.0}, [0, 1, 2]) == [[0, 1], [2]]


def test_what_is_given_stays_and_what_is_forbidden_never_comes() -> None:
    assert groups({(0, 1): -9.0}, [0, 0], together=[[0, 1]]) == [[0, 1]]
    assert groups({(0, 1): 9.0}, [0, 1], apart=frozenset({(0, 1)})) == [[0], [1]]
    assert groups({(0, 1): 9.0, (1, 2): 8.0}, [0, 1, 2], apart=frozenset({(0, 2)})) == [[0, 1], [2]]


@given(
    st.lists(st.integers(0, 3), min_size=1, max_size=7).flatmap(
        lambda owner: st.tuples(
            st.just(owner),
            st.dictionaries(
                st.sampled_from([*itertools.combinations(range(len(owner)), 2)] or [(0, 0)]),
                st.floats(-6, 6),
                max_size=12,
            ),
        )
    )
)
def test_a_decision_is_a_partition_with_one_entry_per_source(
    case: tuple[list[int], dict[tuple[int, int], float]],
) -> None:
    owner, links = case
    links = {pair: score for pair, score in links.items() if owner[pair[0]] != owner[pair[1]]}
    found = groups(links, owner)
    assert sorted(each for group in found for each in group) == list(range(len(owner)))
    for group in found:
        assert len({owner[each] for each in group}) == len(group)
        if len(group) > 1:
            assert all(any(links.get((min(a, b), max(a, b)), -1) > 0 for b in group if b != a) for a in group)
