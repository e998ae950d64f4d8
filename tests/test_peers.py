"""Ranks among peers: computed as one would count them, beside the published ones, opt-in."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from statistics import median

import pytest
from conftest import assert_helps_the_reader, rules, write
from hypothesis import given
from hypothesis import strategies as st

from ita_helpers.documents.document import Line
from ita_helpers.documents.ranks_said import ranks_of_line
from ita_helpers.errors import BadCell, BadPeers, BadValue, UnknownChoice
from ita_helpers.faces.absent import Absent
from ita_helpers.figures.peers import plot_peers
from ita_helpers.language.points import to_hundredths
from ita_helpers.records.layout import PRESETS
from ita_helpers.records.scores import Rank
from ita_helpers.records.spot import Spot
from ita_helpers.rendering.checking import check_report_of
from ita_helpers.rendering.inputs import inputs_of_report
from ita_helpers.rendering.loading import load
from ita_helpers.scoring.peer_ranking import OVERALL, PeerGroup, PeerRanking
from ita_helpers.store.params import load_parameters
from ita_helpers.tables.peers import tabulate_peers
from ita_helpers.words.peers import describe_peers, standings

LIST = "organisation,name,short_name,type,district,province,official_code"
RANKS = "organisation,scope,name,rank,out_of,source\n"
PARAMS = "organisation: a1\nfiscal_year: 2568\n"
POINTS = st.integers(0, 200).map(lambda each: Decimal(each) / 2)


@pytest.fixture
def peers(small_workspace):
    """Hold nine offices of a province, six with scores, one of another, and a made-up one."""
    return placed(small_workspace)


def placed(workspace, scores=(90, 95, 90, 80, 85, 70)):
    offices = [f"a{n},อบต.ก{n},,อบต.,แม่จัน,เชียงราย,{n}" for n in range(1, 10)]
    offices += ["b1,อบต.ข,,อบต.,แม่จัน,น่าน,99", "c1,อบต.ค (ข้อมูลสมมติ),,อบต.,แม่จัน,เชียงราย,"]
    write(workspace, "data/organisations.csv", "\n".join([LIST, *offices]) + "\n")
    score(workspace, *((f"a{n}", points) for n, points in enumerate(scores, start=1)))
    return workspace


def score(workspace, *overall):
    rows = [
        f"{code},{each},{points},,ประกาศ," for code, points in overall for each in ("ITA", 1, 2)
    ]
    others = [f"{code},ITA,99,,ประกาศ," for code in ("b1", "c1")]
    head = "organisation,code,score,status,source,note"
    write(workspace, "data/scores/2568.csv", "\n".join([head, *rows, *others]) + "\n")


def read(workspace, peers="peers: province\n", code="a1"):
    text = PARAMS.replace("a1", code) + peers
    return load_parameters(write(workspace, f"params/2568/{code}.yml", text), workspace)


def data_of(workspace, peers="peers: province\n", code="a1"):
    return load(workspace, read(workspace, peers, code))


@given(st.lists(POINTS, min_size=5, max_size=40), st.data())
def test_ranks_are_those_of_the_plain_definition(points, drawn):
    own = drawn.draw(st.sampled_from(points))
    group = PeerGroup("list", "", len(points), {OVERALL: tuple(sorted(points))})
    found = PeerRanking(group, {OVERALL: own}).standing(OVERALL)
    assert found.rank == 1 + sum(each > own for each in points)
    assert found.sharing == points.count(own)
    assert found.middle == to_hundredths(median(points))
    quarters = Counter(
        PeerRanking(group, {OVERALL: each}).standing(OVERALL).quartile for each in points
    )
    assert 1 <= found.quartile <= 4 and quarters[1] >= 1
    assert found.quartile == (found.rank - 1) * 4 // len(points) + 1


def test_an_office_is_ranked_among_those_with_data_of_all_of_its_province(peers):
    said = str(describe_peers(data_of(peers)))
    for fact in ("90.00", "อันดับที่ 2 ร่วมกัน 2 แห่ง", "6 แห่งที่มีข้อมูล", "9 แห่งในจังหวัดเชียงราย"):
        assert fact in said
    found = standings(data_of(peers))
    assert [each.rank for each in found.values()] == [2, 2, 2] and set(found) == {"ITA", "1", "2"}


@pytest.mark.parametrize(
    ("asked", "of", "known"),
    [
        ("province", 9, 6),
        ("district", 9, 6),
        ("type", 10, 7),
        ("[a1, a2, a3, a4, a5, b1]", 6, 6),
    ],
)
def test_peers_are_of_a_province_a_district_a_type_or_a_list(peers, asked, of, known):
    ranking = data_of(peers, f"peers: {asked}\n").ranking
    assert (ranking.group.belonging, ranking.known) == (of, known)


def test_peers_of_a_size_are_of_the_same_type_and_class(peers):
    sized(peers, "M")
    data = data_of(peers, "peers: size\n")
    assert (data.ranking.group.belonging, data.ranking.known) == (6, 6)
    (line,) = describe_peers(data).paragraphs
    assert "หน่วยงานขนาด M ในประเภทอบต.ซึ่งมีข้อมูลครบทั้ง 6 แห่ง" in line
    with pytest.raises(BadPeers) as caught:
        read(peers, "peers: size\n", code="a9")
    assert_helps_the_reader(caught.value, "ขนาด", "“a9”", 3)


def test_a_size_that_the_assessment_does_not_know_is_refused_with_its_row(peers):
    sized(peers, "ใหญ่")
    with pytest.raises(BadCell) as caught:
        data_of(peers, "peers: size\n")
    assert_helps_the_reader(caught.value, "organisations.csv", "ใหญ่", "S M L", 2)


def sized(workspace, size):
    """Say of the first six offices which size they are."""
    head, *rows = workspace.organisations.read_text("utf-8").splitlines()
    rows = [f"{row},{size if n < 6 else ''}" for n, row in enumerate(rows)]
    write(workspace, "data/organisations.csv", "\n".join([f"{head},size", *rows]) + "\n")


@pytest.mark.parametrize("scores", [(90, 95, 90, 80, 85, 70), (90, 95, 90, 80, 85, 70, 60, 61, 62)])
def test_a_computed_rank_does_not_come_back_as_a_published_one(small_workspace, scores):
    said = describe_peers(data_of(placed(small_workspace, scores)))
    (line,) = said.paragraphs
    assert "ข้อมูลครบทั้ง 9 แห่ง" in line or "จาก 9 แห่ง" in line
    assert [*ranks_of_line(Line(line, line, Spot("ก.docx", line=1)), 2568)] == []


def test_no_name_of_another_office_is_told(peers):
    data = data_of(peers)
    for shown in (describe_peers(data), tabulate_peers(data), plot_peers(data)):
        told = f"{shown!r}{shown._repr_html_()}"
        assert not any(f"อบต.ก{n}" in told for n in range(2, 10))


def test_among_fewer_than_five_nothing_is_ranked_and_only_the_analyst_is_told(small_workspace):
    workspace = placed(small_workspace, (90, 95, 80, 70))
    data = data_of(workspace)
    shown = [describe_peers(data), plot_peers(data), tabulate_peers(data)]
    assert all(isinstance(each, Absent) for each in shown)
    checked = check_report_of(workspace, workspace.params / "2568/a1.yml")
    (line,) = [each for each in checked.told if "peers" in each]
    assert "4 แห่งจาก 9 แห่ง" in line


def test_nothing_is_shown_or_read_unless_it_is_asked_for(peers):
    data = data_of(peers, "")
    assert data.ranking is None
    assert isinstance(describe_peers(data), Absent) and isinstance(plot_peers(data), Absent)
    assert all("peers" in layout.parts for layout in PRESETS.values())


@pytest.mark.parametrize(
    ("rank", "out_of", "why", "words"),
    [
        (2, 6, "", "ตรงกับอันดับที่คำนวณได้"),
        (3, 6, "ties", "คะแนนเท่ากัน"),
        (4, 9, "other_count", "การประกาศนับ 9 แห่ง"),
        (5, 6, "other_rank", "อาจไม่ตรงกับที่ประกาศ"),
    ],
)
def test_a_published_rank_stands_beside_the_computed_one_with_the_reason(
    peers, rank, out_of, why, words
):
    write(peers, "data/ranks/2568.csv", f"{RANKS}a1,province,,{rank},{out_of},ประกาศ\n")
    data = data_of(peers)
    assert data.ranking.contradicted == why
    said = str(describe_peers(data))
    assert f"อันดับที่ {rank} จาก {out_of} แห่ง" in said and words in said
    checked = check_report_of(peers, peers.params / "2568/a1.yml")
    assert any("peers" in each for each in checked.told) == bool(why)


def test_a_rank_of_another_group_is_not_set_beside(peers):
    group = data_of(peers).ranking.group
    assert group.name == "เชียงราย"
    write(peers, "data/ranks/2568.csv", f"{RANKS}a1,type,,1,9,ประกาศ\n")
    assert data_of(peers).ranking.published is None


@pytest.mark.parametrize(
    ("asked", "kind", "facts"),
    [
        ("provinc", UnknownChoice, ["provinc", "“province”", 3]),
        ("[a1, a22]", BadPeers, ["“a22”", "“a2”", 3]),
        ("[a2, a3]", BadPeers, ["“a1”", "เพิ่ม", 3]),
        ("[a1, 5]", BadValue, ["peers", 3]),
        ("{a: b}", UnknownChoice, ["peers", "province"]),
    ],
)
def test_bad_peers_stop_with_file_line_and_remedy(peers, asked, kind, facts):
    with pytest.raises(kind) as caught:
        read(peers, f"peers: {asked}\n")
    assert_helps_the_reader(caught.value, "params/2568/a1.yml", *facts)


def test_an_office_in_two_provinces_and_one_without_a_place_are_told(peers):
    text = peers.organisations.read_text("utf-8")
    peers.organisations.write_text(text.replace("น่าน,99", "น่าน,2"), "utf-8")
    with pytest.raises(BadPeers) as caught:
        read(peers, "peers: [a1, a2, b1]\n")
    assert_helps_the_reader(caught.value, "“a2”", "“b1”", 3)
    peers.organisations.write_text(text.replace("ก1,,อบต.,แม่จัน", "ก1,,อบต.,"), "utf-8")
    with pytest.raises(BadPeers) as caught:
        read(peers, "peers: district\n")
    assert_helps_the_reader(caught.value, "อำเภอ", "“a1”", 3)


def test_a_changed_score_of_a_peer_makes_the_report_outdated_and_no_other(peers):
    def digests():
        asked = [("a1", "peers: province\n"), ("a2", ""), ("b1", "peers: province\n")]
        return [inputs_of_report(peers, read(peers, each, code)) for code, each in asked]

    before = digests()
    score(peers, *((f"a{n}", points) for n, points in enumerate((90, 95, 90, 80, 85, 71), start=1)))
    after = digests()
    assert [one == other for one, other in zip(before, after, strict=True)] == [False, True, True]
    write(
        peers,
        "data/organisations.csv",
        peers.organisations.read_text("utf-8") + "a10,อบต.ก10,,อบต.,,เชียงราย,\n",
    )
    assert digests()[0] != after[0]


def test_what_is_wrong_in_a_peers_rows_counts_as_no_data(peers):
    path = peers.root / "data/scores/2568.csv"
    text = path.read_text("utf-8").replace("a6,ITA,70", "a6,ITA,ไม่มี")
    path.write_text(f"{text}a5,ITA,86,,ประกาศ,\na4,ITA,81,conflicting,ประกาศ,\n", "utf-8")
    ranking = data_of(peers).ranking
    assert ranking.group.scores[OVERALL] == (Decimal(80), Decimal(90), Decimal(90), Decimal(95))


def test_a_published_rank_is_of_the_office_itself(peers):
    published = Rank("province", "", 1, 6, "")
    ranking = PeerRanking(data_of(peers).ranking.group, {}, published)
    assert ranking.standing(OVERALL) is None and ranking.contradicted == ""


def test_thousands_of_dots_stay_a_small_picture(peers):
    many = tuple(sorted(Decimal(n % 5000) / 100 + 50 for n in range(8317)))
    codes = (OVERALL, *(each.code for each in rules(2568).indicators.list))
    group = PeerGroup("province", "เชียงราย", 8317, dict.fromkeys(codes, many))
    data = data_of(peers)
    object.__setattr__(data, "ranking", PeerRanking(group, dict.fromkeys(codes, many[99])))
    assert len(plot_peers(data).svg) < 60_000


def test_the_picture_says_in_words_what_it_shows(peers):
    alt = plot_peers(data_of(peers)).alt
    assert "อันดับที่ 2 จาก 6 แห่ง" in alt and "ตารางที่" not in alt
