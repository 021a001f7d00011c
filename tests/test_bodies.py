"""Canonical names: what a reader adds to a printed name in a paper of a given issuer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.bodies import canonical_name, describe
from pipeline.extract.gazetteer import table

DISTRICT = "Ủy ban nhân dân huyện Lâm Thao"
PROVINCE = "Ủy ban nhân dân tỉnh Phú Thọ"
DEPARTMENT = "Sở Xây dựng tỉnh Phú Thọ"
CASES = [
    # the issuing place completes committees, councils, units of the district
    ("UBND huyện", DISTRICT, DISTRICT),
    ("Phòng Tư pháp", DISTRICT, "Phòng Tư pháp huyện Lâm Thao"),
    ("TT HĐND huyện", DISTRICT, "TT Hội đồng nhân dân huyện Lâm Thao"),
    ("UBND các xã, thị trấn", DISTRICT, "Ủy ban nhân dân các xã, thị trấn thuộc huyện Lâm Thao"),
    ("UBND xã", DISTRICT, "Ủy ban nhân dân các xã thuộc huyện Lâm Thao"),
    ("Huyện ủy", DISTRICT, "Huyện ủy Lâm Thao"),
    ("Ban Thường vụ Huyện ủy", DISTRICT, "Ban Thường vụ Huyện ủy Lâm Thao"),
    ("Văn phòng Tỉnh uỷ", PROVINCE, "Văn phòng Tỉnh ủy Phú Thọ"),
    ("MTTQ", DISTRICT, "Mặt trận Tổ quốc huyện Lâm Thao"),
    ("Sở Y tế", DISTRICT, "Sở Y tế tỉnh Phú Thọ"),
    ("Trung tâm y tế huyện", DISTRICT, "Trung tâm Y tế huyện Lâm Thao"),
    ("Công đoàn ngành y tế", "Sở Y tế tỉnh Phú Thọ", "Công đoàn ngành Y tế tỉnh Phú Thọ"),
    # a province's departments and offices
    ("Sở LĐTBXH", PROVINCE, "Sở Lao động - Thương binh và Xã hội tỉnh Phú Thọ"),
    ("Công an tỉnh", PROVINCE, "Công an tỉnh Phú Thọ"),
    ("Chủ tịch UBND tỉnh", PROVINCE, "Chủ tịch Ủy ban nhân dân tỉnh Phú Thọ"),
    ("các sở, ban ngành", PROVINCE, "Các sở, ban, ngành tỉnh Phú Thọ"),
    ("Thủ trưởng các Sở, ban, ngành tỉnh", PROVINCE, "Thủ trưởng các sở, ban, ngành tỉnh Phú Thọ"),
    ("UBND các huyện, thị, thành phố", PROVINCE, "Ủy ban nhân dân các huyện, thị xã, thành phố thuộc tỉnh Phú Thọ"),
    # the issuer itself, its units, its dependants
    ("Sở", DEPARTMENT, DEPARTMENT),
    ("Giám đốc Sở", DEPARTMENT, f"Giám đốc {DEPARTMENT}"),
    ("Phòng TCCB", DEPARTMENT, f"Phòng Tổ chức cán bộ {DEPARTMENT}"),
    ("các đơn vị trực thuộc", DEPARTMENT, f"Các đơn vị trực thuộc {DEPARTMENT}"),
    ("Thanh tra Sở", DEPARTMENT, f"Thanh tra {DEPARTMENT}"),
    ("Chánh Thanh tra Sở", f"Thanh tra {DEPARTMENT}", f"Chánh Thanh tra {DEPARTMENT}"),
    # central bodies and groups that nobody owns stay as they are
    ("Bộ NN&MT", PROVINCE, "Bộ Nông nghiệp và Môi trường"),
    ("MTTQ", "Chính phủ", "Mặt trận Tổ quốc Việt Nam"),
    ("các cơ quan, đơn vị liên quan", PROVINCE, "Các cơ quan, đơn vị liên quan"),
    ("UBND các tỉnh, thành phố", "Chính phủ", "Ủy ban nhân dân các tỉnh, thành phố"),
    ("NHNN chi nhánh tỉnh", PROVINCE, "Ngân hàng Nhà nước Việt Nam - Chi nhánh tỉnh Phú Thọ"),
    ("Ngân hàng Nhà nước - Chi nhánh Phú Thọ", PROVINCE, "Ngân hàng Nhà nước Việt Nam - Chi nhánh tỉnh Phú Thọ"),
    ("Ngân hàng Nhà nước Chi nhánh Khu vực 4", PROVINCE, "Ngân hàng Nhà nước Việt Nam - Chi nhánh Khu vực 4"),
    ("Chi cục Hải quan khu vực VII", PROVINCE, "Chi cục Hải quan khu vực VII"),
    ("NHNN", PROVINCE, "Ngân hàng Nhà nước Việt Nam"),
    # printing and reading: capitals, old tone marks, asides, lost marks
    ("UỶ BAN NHÂN DÂN TỈNH PHÚ THỌ", None, PROVINCE),
    ("Uỷ ban nhân dân tỉnh", PROVINCE, PROVINCE),
    ("Sở Nội vụ (cơ quan thường trực)", PROVINCE, "Sở Nội vụ tỉnh Phú Thọ"),
    ("Sơ Xây dựng", PROVINCE, DEPARTMENT),
    ("Bộ Nông nghiêp và Môi trườg", PROVINCE, "Bộ Nông nghiệp và Môi trường"),
    ("Sở Tài chính Phú Thọ", PROVINCE, "Sở Tài chính tỉnh Phú Thọ"),
    ("UBND các tỉnh thành phố", "Chính phủ", "Ủy ban nhân dân các tỉnh, thành phố"),
    # localities are not their committees; levels of other places are nobody's here
    ("tất cả các huyện", PROVINCE, "Các huyện thuộc tỉnh Phú Thọ"),
    ("các phường thuộc quận", "Ủy ban nhân dân quận Tây Hồ", "Ủy ban nhân dân các phường thuộc quận Tây Hồ"),
    ("UBND các xã, phường, thị trấn", PROVINCE, "Ủy ban nhân dân các xã, phường, thị trấn"),
    ("Trung tâm y tế huyện", DEPARTMENT, "Trung tâm Y tế huyện"),
    ("Phòng Xây dựng", DEPARTMENT, "Phòng Xây dựng"),
    ("Phòng Y tế", "Bộ Y tế", "Phòng Y tế"),
    ("các sở, ban, ngành cấp tỉnh", PROVINCE, "Các sở, ban, ngành tỉnh Phú Thọ"),
    ("các cơ quan cấp huyện", PROVINCE, "Các cơ quan cấp huyện"),
    ("các cơ quan cấp tỉnh, cấp huyện", DISTRICT, "Các cơ quan cấp tỉnh, cấp huyện"),
    ("UBND cấp huyện, xã", PROVINCE, "Ủy ban nhân dân cấp huyện, xã"),
    ("Bệnh viện đa khoa tuyến huyện", DISTRICT, "Bệnh viện đa khoa tuyến huyện"),
    ("các cơ sở y tế tuyến huyện, xã", PROVINCE, "Các cơ sở y tế tuyến huyện, xã"),
    # a ministry's bureaus have namesakes elsewhere
    ("Cục Công nghệ thông tin", "Bộ Y tế", "Cục Công nghệ thông tin Bộ Y tế"),
    ("Cục Công nghệ thông tin", PROVINCE, "Cục Công nghệ thông tin"),
    ("Chánh Văn phòng Bộ", "Bộ Y tế", "Chánh Văn phòng Bộ Y tế"),
    ("Bộ trưởng", "Bộ Y tế", "Bộ trưởng Bộ Y tế"),
    (
        "Ban quản lý KKT Vũng Áng và các KCN",
        PROVINCE,
        "Ban quản lý Khu kinh tế Vũng Áng và các Khu công nghiệp tỉnh Phú Thọ",
    ),
]


@pytest.mark.parametrize(("printed", "issuer", "expected"), CASES)
def test_canonical_names(printed: str, issuer: str | None, expected: str) -> None:
    assert canonical_name(printed, issuer=issuer) == expected


@pytest.mark.parametrize(("printed", "issuer", "expected"), CASES)
def test_a_canonical_name_is_its_own(printed: str, issuer: str | None, expected: str) -> None:
    assert canonical_name(expected, issuer=issuer) == expected


HEADS = st.sampled_from(["Sở", "Phòng", "Ban Quản lý", "UBND", "Trung tâm", "các", "Chủ tịch UBND", "Hội đồng"])
RESTS = st.sampled_from(["Y tế", "Tài chính", "tỉnh", "huyện", "các xã", "đơn vị", "sở, ngành", "Dự án Sông Hồng", ""])


@given(HEADS, RESTS, st.sampled_from([DISTRICT, PROVINCE, DEPARTMENT, "Chính phủ", None]))
def test_naming_twice_changes_nothing(head: str, rest: str, issuer: str | None) -> None:
    once = canonical_name(f"{head} {rest}", issuer=issuer)
    assert canonical_name(once, issuer=issuer) == once


def test_what_a_name_tells() -> None:
    body = describe("Phòng Nội vụ huyện Lâm Thao")
    assert (body.kind, body.level, body.place, body.valid_to) == (
        "division",
        "district",
        "huyện Lâm Thao",
        "2025-06-30",
    )
    ministry = describe("Bộ Kế hoạch và Đầu tư")
    assert (ministry.level, ministry.successor, ministry.valid_to) == ("central", "Bộ Tài chính", "2025-02-28")
    assert describe("Các sở, ngành tỉnh Phú Thọ").is_group
    assert describe("Giám đốc Sở Y tế tỉnh Phú Thọ").kind == "office_holder"


def test_provinces_and_their_successors() -> None:
    provinces = [r for r in table("places") if r["level"] == "province"]
    standing = [r for r in provinces if not r["valid_to"]]
    names = {f"{r['type']} {r['name']}".lower() for r in standing}
    assert len(standing) == 34
    assert all(
        r["successor"].lower().endswith(tuple(n.split(" ", 1)[1] for n in names)) for r in provinces if r["valid_to"]
    )
