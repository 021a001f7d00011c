"""Citations: what is a mention of a document, and where its text ends. Sentences are our own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from outlines import outlined

from pipeline.extract.citations import extract_citations
from pipeline.extract.cited import mentions
from pipeline.extract.codes import by_initials, by_siblings, by_type
from pipeline.extract.header import extract_header
from pipeline.extract.outline import extract_outline
from pipeline.extract.relation import RELATIONS, relation
from pipeline.layout import layout
from pipeline.records import Decree
from pipeline.types import Document
from pipeline.vietnamese import bare

#: (sentence, [(text, code, issued, issuer as printed)])
MENTIONS = [
    ("Căn cứ Thông tư số 38/2010/TT-BYT ngày 07 tháng 9 năm 2010 của Bộ Y tế về việc kiểm tra dược;",
     [("Thông tư số 38/2010/TT-BYT ngày 07 tháng 9 năm 2010 của Bộ Y tế", "38/2010/TT-BYT", "2010-09-07", "Bộ Y tế")]),
    ("thực hiện Chỉ thị số 34-CT/TW ngày 07/4/2014 của Bộ Chính trị với tinh thần",
     [("Chỉ thị số 34-CT/TW ngày 07/4/2014 của Bộ Chính trị", "34-CT/TW", "2014-04-07", "Bộ Chính trị")]),
    ("Công văn số 130/SYT-KHTC ngày 21 tháng 02 năm 2012 Sở Y tế về việc lập dự toán;",
     [("Công văn số 130/SYT-KHTC ngày 21 tháng 02 năm 2012 Sở Y tế", "130/SYT-KHTC", "2012-02-21", "Sở Y tế")]),
    ("Căn cứ Luật Dược số 105/2016/QH13 ngày 06 tháng 4 năm 2016;",
     [("Luật Dược số 105/2016/QH13 ngày 06 tháng 4 năm 2016", "105/2016/QH13", "2016-04-06", None)]),
    ("Căn cứ Luật Tổ chức Chính phủ ngày 18 tháng 02 năm 2025;",
     [("Luật Tổ chức Chính phủ ngày 18 tháng 02 năm 2025", None, "2025-02-18", None)]),
    ("thực hiện có hiệu quả Luật thi đua, khen thưởng; các quy chế của huyện",
     [("Luật thi đua, khen thưởng", None, None, None)]),
    ("theo Luật Đất đai năm 2024 và các nghị định hướng dẫn", [("Luật Đất đai năm 2024", None, "2024", None)]),
    ("theo quy định của Luật Đầu tư công, Luật Ngân sách nhà nước và pháp luật khác",
     [("Luật Đầu tư công", None, None, None), ("Luật Ngân sách nhà nước", None, None, None)]),
    ("theo Nghị quyết Đại hội đại biểu Đảng bộ huyện lần thứ XX, nhiệm kỳ 2020 - 2025, các xã",
     [("Nghị quyết Đại hội đại biểu Đảng bộ huyện lần thứ XX, nhiệm kỳ 2020 - 2025", None, None,
       "Đại hội đại biểu Đảng bộ huyện lần thứ XX")]),
    ("chỉ đạo của Thủ tướng Chính phủ tại Đề án “Học tập suốt đời”; các trường",
     [("Đề án “Học tập suốt đời”", None, None, "Thủ tướng Chính phủ")]),
    ("Chỉ thị của UBND tỉnh về phòng, chống rét cho cây trồng", [("Chỉ thị của UBND tỉnh", None, None, "UBND tỉnh")]),
    ("chỉ đạo của Chủ tịch UBND tỉnh tại Chỉ thị số 08/CT-UBND ngày 26/6/2024, các xã",
     [("Chỉ thị số 08/CT-UBND ngày 26/6/2024", "08/CT-UBND", "2024-06-26", "Chủ tịch UBND tỉnh")]),
    ("Quyết định số 30/QĐ-BVHTTDL ngày 05/01/2023 của Bộ Văn hóa, Thể thao và Du lịch về lễ hội",
     [("Quyết định số 30/QĐ-BVHTTDL ngày 05/01/2023 của Bộ Văn hóa, Thể thao và Du lịch", "30/QĐ-BVHTTDL",
       "2023-01-05", "Bộ Văn hóa, Thể thao và Du lịch")]),
    ("Ngày 12/9/2023, ngày 10/9/2023 Bộ Y tế ban hành Công điện số 1155/CĐ-BYT về việc",
     [("Công điện số 1155/CĐ-BYT", "1155/CĐ-BYT", "2023-09-10", "Bộ Y tế")]),
    ("Quy định số 08- QĐ/TW ngày 25/10/2018 của Ban Chấp hành Trung ương",
     [("Quy định số 08- QĐ/TW ngày 25/10/2018 của Ban Chấp hành Trung ương", "08-QĐ/TW", "2018-10-25",
       "Ban Chấp hành Trung ương")]),
    ("Quyết định số 1 '747/QĐ-BXD của Bộ Xây dựng",
     [("Quyết định số 1 '747/QĐ-BXD của Bộ Xây dựng", "1747/QĐ-BXD", None, "Bộ Xây dựng")]),
    ("một số điều luật an toàn vệ sinh lao động, theo pháp luật đất đai và luật của tỉnh",
     [("luật an toàn vệ sinh lao động", None, None, None)]),
    ("Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ và Thông tư số 01/2021/TT-BNV",
     [("Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ", "30/2020/NĐ-CP", "2020-03-05", "Chính phủ"),
      ("Thông tư số 01/2021/TT-BNV", "01/2021/TT-BNV", None, None)]),
    ("Thông tư số 12/2014/T T-BXD của Bộ Xây dựng",
     [("Thông tư số 12/2014/T T-BXD của Bộ Xây dựng", "12/2014/TT-BXD", None, "Bộ Xây dựng")]),
    ("Nghị định số j 92/201 7/NĐ-CP ngày 07/8/201 7 của Chính phủ; Nghị định số J1 07/2021/NĐ-CP",
     [("Nghị định số j 92/201 7/NĐ-CP ngày 07/8/201 7 của Chính phủ", "92/2017/NĐ-CP", "2017-08-07", "Chính phủ"),
      ("Nghị định số J1 07/2021/NĐ-CP", "107/2021/NĐ-CP", None, None)]),
    ("Chỉ thị số 04/CT-UBND ngày 42/02/2018 của UBND tỉnh",
     [("Chỉ thị số 04/CT-UBND ngày 42/02/2018 của UBND tỉnh", "04/CT-UBND", None, "UBND tỉnh")]),
    ("Quyết định số 12 3/QĐ-UBND", [("Quyết định số 12 3/QĐ-UBND", "123/QĐ-UBND", None, None)]),
]  # fmt: skip
NO_MENTIONS = [
    "Các đơn vị xây dựng kế hoạch và báo cáo kết quả.",
    "Ban hành Kế hoạch kiểm tra của Sở Y tế năm 2021.",
    "Quyết định này có hiệu lực từ ngày 07/4/2021.",
    "Mọi công dân sống và làm việc theo pháp luật.",
    "Trung bình 130/180 học sinh đạt loại khá.",
]


@pytest.mark.parametrize(("sentence", "expected"), MENTIONS)
def test_mentions(sentence: str, expected: list[tuple[str, str | None, str | None, str | None]]) -> None:
    found = [(sentence[m.start : m.end], m.code, m.issued, m.issuer) for m in mentions(sentence)]
    assert found == expected


@pytest.mark.parametrize("sentence", NO_MENTIONS)
def test_no_mention_is_invented(sentence: str) -> None:
    assert mentions(sentence) == ()


def test_laws_in_an_amending_law_are_mentioned_without_its_date() -> None:
    law = "Luật sửa đổi, bổ sung một số điều của Luật Khiếu nại và Luật Tố cáo ngày 22 tháng 11 năm 2019"
    found = [(f"Căn cứ {law};"[m.start : m.end], m.issued) for m in mentions(f"Căn cứ {law};")]
    assert found == [(law, "2019-11-22"), ("Luật Khiếu nại", None), ("Luật Tố cáo", None)]


@pytest.mark.parametrize(("name", "example"), [(name, example) for name, _, example in RELATIONS])
def test_each_wording_gives_its_relation(name: str, example: str) -> None:
    assert relation(bare(example)) == name


def test_a_document_in_a_title_is_but_mentioned_and_a_list_shares_its_relation() -> None:
    assert relation("Can cu Ket luan so 2", gap=" ve thuc hien ", before_gap="basis") == "mentions"
    assert relation("theo Luat A, ", gap=", ", before_gap="basis") == "basis"
    assert relation("Luat A va Dieu 5 ", gap=" va Dieu 5 ", before_gap="mentions", otherwise="basis") == "mentions"
    asked = " ve giao du toan va de xuat cua Giam doc So Tai chinh tai "
    assert relation(f"Can cu Quyet dinh A{asked}", gap=asked, before_gap="basis") == "basis"
    before = "Can cu Nghi dinh A sua doi, bo sung mot so dieu cua "
    assert relation(before, gap=" sua doi, bo sung mot so dieu cua ", before_gap="basis") == "mentions"


def test_what_amended_a_document_is_not_amended_itself() -> None:
    assert relation("Luat Thu y da duoc sua doi, bo sung mot so dieu theo ") == "mentions"
    assert relation("Sua doi khoan 2 cua ") == "amends"
    assert relation("Quyet dinh nay co hieu luc ke tu ngay ky va thay the Danh muc da duoc cong bo tai ") == "repeals"
    assert relation("ve thu tuc bi thay the, bai bo duoc cong bo tai ") != "repeals"


def test_documents_of_one_series_share_the_issuer_of_the_last(make_document: Callable[[str], Document]) -> None:
    text = "Căn cứ Nghị định số 5/2013/NĐ-CP ngày 14/5/2013 và Nghị định số 9/2017/NĐ-CP ngày 07/8/2017 của Chính phủ;"
    decree = extract_citations(extract_outline(Decree(layout(make_document(text)))))
    assert [c.issuer for c in decree.citations] == ["Chính phủ", "Chính phủ"]
    other = text.replace("Nghị định số 5/2013/NĐ-CP", "Thông tư số 5/2013/TT-BYT")
    decree = extract_citations(extract_outline(Decree(layout(make_document(other)))))
    assert [c.issuer for c in decree.citations] == [None, "Chính phủ"]


def test_a_column_of_legal_bases_makes_bases() -> None:
    rows = [
        ["STT", "Tên thủ tục", "Căn cứ pháp lý"],
        ["1", "Cấp giấy phép", "Thông tư số 05/2022/TT-BYT quy định chi tiết Luật Dược"],
    ]
    decree = outlined(("I", "I.", "DANH MỤC THỦ TỤC"), rows=rows)
    assert [(c.code, c.relation) for c in extract_citations(decree).citations] == [
        ("05/2022/TT-BYT", "basis"),
        (None, "mentions"),
    ]
    rows[0][2] = "Ghi chú"
    decree = outlined(("I", "I.", "DANH MỤC THỦ TỤC"), rows=rows)
    assert [c.relation for c in extract_citations(decree).citations] == ["mentions", "mentions"]


@pytest.mark.parametrize(
    ("code", "type_name", "issuer", "expected"),
    [
        ("15/QD-HDND", "Quyết định", None, "15/QĐ-HĐND"),
        ("02/KH-HDTPKT", "Kế hoạch", "Hội đồng Thi đua-Khen thưởng huyện", "02/KH-HĐTĐKT"),
        ("05/CĐE-BYT", "Công điện", None, "05/CĐE-BYT"),
        ("05/QĐÐ-BYT", "Quyết định", None, "05/QĐ-BYT"),
        ("12/HD-UBND", "Hướng dẫn", "Ủy ban nhân dân tỉnh", "12/HD-UBND"),
        ("105/2016/QHI13", "Luật", None, "105/2016/QH13"),
        ("105/2016/QHI3", "Luật", None, "105/2016/QH13"),
        ("07/TB-ABC", "Thông báo", "Sở Y tế", "07/TB-ABC"),
    ],
)
def test_letters_of_a_code_are_repaired_where_proved(
    code: str, type_name: str, issuer: str | None, expected: str
) -> None:
    assert by_initials(by_type(code, type_name), issuer) == expected


def test_a_code_seen_whole_elsewhere_repairs_its_misreading_but_no_digit() -> None:
    codes = ["213-KL/TW", "213-KL/TW", "213-KL/T", "218-KL/TW"]
    assert by_siblings(codes) == ("213-KL/TW", "213-KL/TW", "213-KL/TW", "218-KL/TW")
    assert by_siblings(["213-KH/TH", *["213-KL/TW"] * 4])[0] == "213-KL/TW"
    assert by_siblings(["213-KH/TH", *["213-KL/TW"] * 2])[0] == "213-KH/TH"
    assert by_siblings(["5/TT-BYT", "5/TTBYT", "5/TTBYT"]) == ("5/TT-BYT", "5/TTBYT", "5/TTBYT")


def test_citations_of_a_document(make_document: Callable[[str], Document]) -> None:
    text = """UBND HUYỆN LÂM THAO
Số: 12/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Lâm Thao, ngày 05 tháng 3 năm 2021
KẾ HOẠCH
Về việc trồng cây đầu năm
Căn cứ các khoản 2 và 3 Điều 5 Nghị định số 156/2018/NĐ-
CP ngày 16/11/2018 của Chính phủ;
1. Các xã thực hiện Kế hoạch số 12/KH-UBND này.
2. Quyết định này thay thế Quyết định số 05/QĐ-UBND ngày 02/02/2019 của UBND huyện./.
"""
    decree = extract_outline(extract_header(Decree(layout(make_document(text)))))
    first, second = extract_citations(decree).citations
    assert (first.code, first.relation, first.pinpoint, first.section) == (
        "156/2018/NĐ-CP", "basis", "các khoản 2 và 3 Điều 5", 0,
    )  # fmt: skip
    assert second.relation == "repeals"
    assert second.issuer == "Ủy ban nhân dân huyện Lâm Thao"
