"""Bodies in running text, and the role each has in its clause."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.actors import actors
from pipeline.extract.roles import leading_list, parts

NAMES = [
    # names of known fields, with commas and `và` inside, end where the field ends
    ("Sở Văn hóa, Thể thao và Du lịch chủ trì", ["Sở Văn hóa, Thể thao và Du lịch"]),
    ("Sở Tài chính và Sở Xây dựng", ["Sở Tài chính", "Sở Xây dựng"]),
    ("Công an huyện xử phạt xe quá tải", ["Công an huyện"]),
    # new names run to a boundary
    ("Trung tâm Phát triển cụm công nghiệp tỉnh lập quy hoạch", ["Trung tâm Phát triển cụm công nghiệp tỉnh"]),
    ("Ban Quản lý Khu kinh tế Vân Phong và các Khu công nghiệp tỉnh rà soát",
     ["Ban Quản lý Khu kinh tế Vân Phong và các Khu công nghiệp tỉnh"]),
    # offices and the bodies they lead
    ("Chủ tịch UBND các xã, thị trấn báo cáo", ["Chủ tịch UBND các xã, thị trấn"]),
    ("Chánh Văn phòng HĐND và UBND huyện, Trưởng phòng Nội vụ chịu trách nhiệm",
     ["Chánh Văn phòng HĐND và UBND huyện", "Trưởng phòng Nội vụ"]),
    # one group under one `các`; `các A và B` is two; a series of three is one
    ("các sở, ban, ngành tỉnh", ["các sở, ban, ngành tỉnh"]),
    ("các sở, ngành và địa phương", ["các sở, ngành và địa phương"]),
    ("các cơ quan, đơn vị có liên quan tổ chức", ["các cơ quan, đơn vị có liên quan"]),
    # single bodies in small letters, where they are asked for something
    ("phối hợp chặt chẽ với cơ quan quân sự cùng cấp diễn tập", ["cơ quan quân sự cùng cấp"]),
    ("yêu cầu chủ đầu tư và đơn vị có liên quan khắc phục", ["chủ đầu tư", "đơn vị có liên quan"]),
    ("Viện kiểm sát, Tòa án và Công an địa phương nơi ở", ["Viện kiểm sát", "Tòa án", "Công an địa phương"]),
    ("năng lực của chủ đầu tư, hồ sơ của đơn vị liên quan", []),
    ("Thống đốc Ngân hàng Nhà nước ban hành", ["Thống đốc Ngân hàng Nhà nước"]),
    ("các trường học và cơ sở giáo dục khác báo cáo", ["các trường học", "các cơ sở giáo dục khác"]),
    ("các cửa hàng và doanh nghiệp", []),
    ("các cơ sở kinh doanh thực phẩm, nước đá trên địa bàn tự kiểm tra",
     ["các cơ sở kinh doanh thực phẩm, nước đá trên địa bàn"]),
    ("các đơn vị kinh doanh điện, nước sạch, chủ động sửa chữa", ["các đơn vị kinh doanh điện, nước sạch"]),
    ("UBND các huyện, thị xã Phú Thọ và thành phố Việt Trì", ["UBND các huyện, thị xã Phú Thọ và thành phố Việt Trì"]),
    # lists under one head are one body each
    ("gửi các Sở: Xây dựng, Tài chính để", ["Sở Xây dựng", "Sở Tài chính"]),
    ("UBND các phường: Gia Cẩm, Tân Dân", ["UBND phường Gia Cẩm", "UBND phường Tân Dân"]),
    # a comma lost in reading; a mark lost in reading
    ("Bộ NN&MT Bộ Xây dựng", ["Bộ NN&MT", "Bộ Xây dựng"]),
    ("Hội đông nhân dân huyện giám sát", ["Hội đông nhân dân huyện"]),
    # fields in small letters after a head; a branch of work that acts as one
    ("Trạm y tế xã, Trung tâm y tế huyện và Công đoàn ngành y tế",
     ["Trạm y tế xã", "Trung tâm y tế huyện", "Công đoàn ngành y tế"]),
    ("Trung tâm truyền thông GDSK phát tờ rơi", ["Trung tâm truyền thông GDSK"]),
    ("cùng ngành Nông nghiệp và Môi trường tỉnh mở lớp", ["ngành Nông nghiệp và Môi trường tỉnh"]),
    ("phối hợp với ngành y tế khám sức khỏe", ["ngành y tế"]),
    ("viên chức chuyên ngành y tế, quy hoạch ngành thủy lợi, vốn vay đối với ngành du lịch", []),
    # boards named by a number; companies with two trades
    ("Ban Chỉ đạo 35 của huyện đấu tranh", ["Ban Chỉ đạo 35 của huyện"]),
    ("Ban Chỉ đạo 389 quốc gia, Ban Chỉ đạo 138", ["Ban Chỉ đạo 389 quốc gia", "Ban Chỉ đạo 138"]),
    ("Công ty Cổ phần Môi trường và công trình đô thị, UBND xã",
     ["Công ty Cổ phần Môi trường và công trình đô thị", "UBND xã"]),
    ("Công ty TNHH Hoa Sen và người lao động", ["Công ty TNHH Hoa Sen"]),
    ("Văn phòng Tỉnh ủy tham mưu", ["Văn phòng Tỉnh ủy"]),
    ("Ban Chỉ đạo phong trào “Xanh - sạch” huyện phát động", ["Ban Chỉ đạo phong trào “Xanh - sạch” huyện"]),
    ("Ban Tổ chức Cuộc thi \"Vườn đẹp\" cấp huyện chấm điểm", ["Ban Tổ chức Cuộc thi \"Vườn đẹp\" cấp huyện"]),
    # a field that is a verb, too, is one after a whole name
    ("Công an xây dựng phương án", ["Công an"]),
    ("Hội Chữ thập đỏ vận động, Cục Thi hành án dân sự rà soát", ["Hội Chữ thập đỏ", "Cục Thi hành án dân sự"]),
    ("Sở xây dựng kiểm tra", ["Sở xây dựng"]),
    ("Văn phòng Đoàn ĐBQH và HĐND tỉnh, Sở Y tế", ["Văn phòng Đoàn ĐBQH và HĐND tỉnh", "Sở Y tế"]),
    ("Văn phòng Hội đồng nhân dân và Ủy ban nhân dân", ["Văn phòng Hội đồng nhân dân và Ủy ban nhân dân"]),
    ("Các đơn vị thuộc và trực thuộc Sở Y tế", ["Các đơn vị thuộc và trực thuộc Sở Y tế"]),
    ("Trưởng đoàn kiểm tra phân công", ["Trưởng đoàn kiểm tra"]),
    ("các cơ quan truyền thông, báo chí đưa tin", ["các cơ quan truyền thông, báo chí"]),
    ("các ngành chức năng ở địa phương tuần tra", ["các ngành chức năng ở địa phương"]),
    # words that begin like a noun for a body
    ("các trường hợp cháy nổ, các báo cáo quý, các cơ sở dữ liệu, các hội nghị", []),
    # no bodies
    ("Báo cáo tiến độ, ban hành kế hoạch, tổ chức hội nghị", []),
]  # fmt: skip
ROLES = [
    ("Phòng Nội vụ chủ trì, phối hợp với Công an huyện tổ chức kiểm tra.",
     [("lead", "Phòng Nội vụ"), ("coordinate", "Công an huyện")]),
    ("Báo cáo kết quả bằng văn bản đến UBND huyện.", [("report_to", "UBND huyện")]),
    ("Danh sách gửi qua Phòng Nội vụ trước ngày 05/6.", [("report_to", "Phòng Nội vụ")]),
    ("Báo cáo tình hình từ huyện đến UBND xã và các tác động đến Sở Xây dựng.", []),
    ("Gửi tài liệu tuyên truyền đến UBND các xã.", []),
    ("Làm việc với Điện lực huyện để cắm mốc.", [("coordinate", "Điện lực huyện")]),
    ("Hội Nông dân huyện, các cửa hàng vật tư, đại lý giống cây, tăng cường bán lưu động.",
     [("lead", "Hội Nông dân huyện")]),
    ("Vốn của hợp tác xã góp đối với Phòng Kinh tế được hoàn trả.", []),
    ("Giao Phòng Nội vụ tổng hợp, báo cáo UBND huyện.", [("lead", "Phòng Nội vụ"), ("report_to", "UBND huyện")]),
    ("Phòng Nội vụ có trách nhiệm tham mưu UBND huyện ban hành quy chế.",
     [("advise", "Phòng Nội vụ"), ("report_to", "UBND huyện")]),
    ("Nộp hồ sơ về Sở Xây dựng (qua Phòng Quy hoạch) để thẩm định.",
     [("report_to", "Sở Xây dựng"), ("report_to", "Phòng Quy hoạch")]),
    ("UBND các xã chỉ đạo các trường học dọn vệ sinh.", [("lead", "UBND các xã"), ("lead", "các trường học")]),
    ("Đề nghị UBND tỉnh xem xét, bổ sung kinh phí.", [("report_to", "UBND tỉnh")]),
    ("UBND huyện đề nghị Hội Nông dân huyện phối hợp tuyên truyền.", [("lead", "Hội Nông dân huyện")]),
    ("Theo đề nghị của Sở Tài chính, sửa đường do Sở Giao thông vận tải quản lý.", []),
    ("Cung cấp thông tin cho Sở Y tế và hướng dẫn các trường học.", []),
    ("Trước ngày 05 hằng tháng, các xã báo cáo Phòng Nội vụ.", [("lead", "các xã"), ("report_to", "Phòng Nội vụ")]),
    ("Sở Nội vụ (cơ quan thường trực) chấm điểm.", [("lead", "Sở Nội vụ")]),
    ("Chỉ đạo, kiểm tra, đôn đốc các xã nạo vét kênh mương.", [("lead", "các xã")]),
    ("Phối hợp với Hợp tác xã Sao Mai, các đơn vị vận tải tiếp tục bán vé.", [("coordinate", "các đơn vị vận tải")]),
    ("Sửa đường theo yêu cầu của Sở Xây dựng.", []),
    ("Mời đại diện Hội Nông dân huyện tham gia.", [("coordinate", "Hội Nông dân huyện")]),
    ("UBND tỉnh chỉ thị các sở rà soát quy hoạch.", [("lead", "UBND tỉnh"), ("lead", "các sở")]),
    ("Phải báo cáo xin ý kiến của cấp có thẩm quyền.", [("report_to", "cấp có thẩm quyền")]),
    ("Hằng năm báo cáo cơ quan quản lý cấp trên.", [("report_to", "cơ quan quản lý cấp trên")]),
    ("Năm 2024, Sở Xây dựng đã phối hợp với UBND huyện.", [("coordinate", "UBND huyện")]),
    ("Gửi về Sở Y tế qua Phòng Nghiệp vụ Y.", [("report_to", "Sở Y tế"), ("report_to", "Phòng Nghiệp vụ Y")]),
    ("Phản ánh về Bộ Y tế (Cục Y tế dự phòng).", [("report_to", "Bộ Y tế"), ("report_to", "Cục Y tế dự phòng")]),
    ("Lập hồ sơ đề nghị Sở Xây dựng thẩm định.", [("report_to", "Sở Xây dựng")]),
    ("Việc này do Ủy ban nhân dân xã, Công an xã giao.", []),
    ("Sở Y tế trong thời hạn 05 ngày có trách nhiệm trả lời.", [("lead", "Sở Y tế")]),
    ("Sở Y tế, tổ chức được ủy quyền chủ trì kiểm tra.", [("lead", "Sở Y tế")]),
    ("Phương án của Sở Xây dựng phải được phê duyệt.", []),
    ("Các cơ sở phải được UBND tỉnh cho phép.", []),
    ("Trung tâm thông tin có trách nhiệm cập nhật.", [("lead", "Trung tâm thông tin")]),
    (
        "Các trường dạy nghề số có trách nhiệm sao lưu.",
        [("lead", "Các trường dạy nghề số")],
    ),
    ("Các xã rà soát và chịu trách nhiệm về số liệu.", [("lead", "Các xã")]),
    ("Trường hợp quá hạn thì Sở Y tế có trách nhiệm trả lời.", [("lead", "Sở Y tế")]),
    ("Ban chỉ huy có trách nhiệm ứng trực.", [("lead", "Ban chỉ huy")]),
    ("Kho bạc Nhà nước chủ trì đối chiếu.", [("lead", "Kho bạc Nhà nước")]),
    ("Trích lập quỹ theo quy định của Ngân hàng Nhà nước Việt Nam.", []),
    ("Các sở có liên quan có trách nhiệm báo cáo.", [("lead", "Các sở có liên quan")]),
    ("Sở Y tế trong phạm vi của mình phối hợp với UBND xã.", [("lead", "Sở Y tế"), ("coordinate", "UBND xã")]),
    (
        "Để sớm hoàn thiện, trình UBND tỉnh ban hành, Sở Xây dựng đề nghị quý đơn vị góp ý.",
        [("lead", "quý đơn vị")],
    ),
    (
        "Giám đốc Sở Xây dựng, Hiệp hội nhà thầu và các tổ chức có liên quan chịu trách nhiệm thi hành.",
        [("lead", "Giám đốc Sở Xây dựng"), ("lead", "các tổ chức có liên quan")],
    ),
    (
        "Chánh Văn phòng UBND tỉnh, Giám đốc các: Sở Y tế, Sở Nội vụ chịu trách nhiệm thi hành.",
        [("lead", "Chánh Văn phòng UBND tỉnh"), ("lead", "Giám đốc Sở Y tế"), ("lead", "Giám đốc Sở Nội vụ")],
    ),
    ("Các tổ chức thực hiện đúng quy định.", []),
    ("Vụ Pháp chế tổng hợp, trình Bộ trưởng xem xét.", [("lead", "Vụ Pháp chế"), ("report_to", "Bộ trưởng")]),
    ("Báo cáo Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ.", [("report_to", "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ")]),
    # who has duties by the words themselves
    ("Chủ đầu tư các dự án có trách nhiệm báo cáo UBND huyện.",
     [("lead", "Chủ đầu tư các dự án"), ("report_to", "UBND huyện")]),
    ("Ban giám khảo, theo thể lệ cuộc thi, có nhiệm vụ chấm bài.", [("lead", "Ban giám khảo")]),
    ("Thủ trưởng đơn vị hằng năm có trách nhiệm kiểm kê.", [("lead", "Thủ trưởng đơn vị")]),
    ("Bộ phận một cửa có trách nhiệm tham mưu UBND xã.", [("advise", "Bộ phận một cửa"), ("report_to", "UBND xã")]),
    ("Công ty sẽ dọn sạch bãi và chịu trách nhiệm nếu chậm.", []),
    ("Trường hợp nộp chậm có trách nhiệm giải trình.", []),
    (
        "Các tổ chức và doanh nghiệp trên địa bàn trồng cây.",
        [("lead", "Các tổ chức trên địa bàn"), ("lead", "các doanh nghiệp trên địa bàn")],
    ),
    (
        "Đề nghị các đơn vị và cá nhân có liên quan thực hiện.",
        [("lead", "các đơn vị có liên quan"), ("lead", "các cá nhân có liên quan")],
    ),
]  # fmt: skip
LISTED = [
    ("Các Bộ Xây dựng Y tế, Giáo dục và Đào tạo", ["Bộ Xây dựng", "Bộ Y tế", "Bộ Giáo dục và Đào tạo"]),
    ("các Sở: Tài chính, Y tê, Nội vụ", ["Sở Tài chính", "Sở Y tê", "Sở Nội vụ"]),
    ("các Sở Tài chính", ["các Sở Tài chính"]),
    ("Giám đốc các: Sở Y tế, Sở Nội vụ; UBND xã", ["Giám đốc Sở Y tế", "Giám đốc Sở Nội vụ", "UBND xã"]),
    ("Giám đốc các Sở: Y tế, Nội vụ", ["Giám đốc Sở Y tế", "Giám đốc Sở Nội vụ"]),
    ("các đơn vị cung cấp dịch vụ viễn thông", ["các đơn vị cung cấp dịch vụ viễn thông"]),
    ("các đơn vị Trung tâm y tế dự phòng", ["các đơn vị Trung tâm y tế dự phòng"]),
    ("các trung tâm y tế các huyện, thị xã báo cáo", ["các trung tâm y tế các huyện, thị xã"]),
    ("các cơ sở y tế ngoài công lập báo cáo", ["các cơ sở y tế ngoài công lập"]),
    ("các Ban của HĐND tỉnh giám sát", ["các Ban của HĐND tỉnh"]),
    ("Bộ Chỉ huy BĐBP tỉnh, UBND các địa phương", ["Bộ Chỉ huy BĐBP tỉnh", "UBND các địa phương"]),
    (
        "Ban QLDA đầu tư xây dựng các công trình giao thông tỉnh đẩy nhanh tiến độ",
        ["Ban QLDA đầu tư xây dựng các công trình giao thông tỉnh"],
    ),
    ("Chỉ huy trưởng Ban Chỉ huy Quân sự xã báo cáo", ["Chỉ huy trưởng Ban Chỉ huy Quân sự xã"]),
    ("Vụ trưởng, Cục trưởng các Vụ, Cục thuộc Bộ Y tế", ["Vụ trưởng, Cục trưởng các Vụ, Cục thuộc Bộ Y tế"]),
    ("Các Bộ trưởng, Thủ trưởng cơ quan ngang bộ", ["Các Bộ trưởng", "Thủ trưởng cơ quan ngang bộ"]),
    ("UBND các tỉnh thành phố", ["UBND các tỉnh thành phố"]),
    ("UBND các xã ven biển", ["UBND các xã ven biển"]),
    ("các cơ sở khám bệnh, chữa bệnh báo cáo", ["các cơ sở khám bệnh, chữa bệnh"]),
    ("Sở Y tế tỉnh, thành phố trực thuộc trung ương", ["Sở Y tế tỉnh, thành phố trực thuộc trung ương"]),
    ("Cục Khoa học Công nghệ và Đào tạo", ["Cục Khoa học Công nghệ và Đào tạo"]),
    ("Phòng nghiệp vụ Y – Sở Y tế", ["Phòng nghiệp vụ Y – Sở Y tế"]),
]
HEADINGS = [
    ("Cơ sở lưu trú được kiểm tra:", ["Cơ sở lưu trú được kiểm tra"]),
    ("Cơ sở vật chất:", []),
    ("Phòng Nội vụ, Phòng Tài chính - Kế hoạch:", ["Phòng Nội vụ", "Phòng Tài chính - Kế hoạch"]),
    ("Đề nghị Mặt trận Tổ quốc huyện", ["Mặt trận Tổ quốc huyện"]),
    ("Trách nhiệm của Sở Xây dựng", ["Sở Xây dựng"]),
    ("Sở Xây dựng (cơ quan thường trực):", ["Sở Xây dựng"]),
    ("Nâng cao hiệu quả hoạt động của Sở Xây dựng", []),
    ("TỔ CHỨC THỰC HIỆN", []),
    ("Trách nhiệm của đơn vị tổ chức cuộc thi:", ["đơn vị tổ chức cuộc thi"]),
    ("Chủ rừng có trách nhiệm:", ["Chủ rừng"]),
    ("Trách nhiệm của báo cáo viên", []),
    ("SỞ XÂY DỰNG", ["SỞ XÂY DỰNG"]),
]


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_names_in_text(text: str, expected: list[str]) -> None:
    assert [a.name for a in actors(text)] == expected


@pytest.mark.parametrize(("text", "expected"), LISTED)
def test_lists_that_lost_their_marks(text: str, expected: list[str]) -> None:
    assert [a.name for a in actors(text)] == expected


@pytest.mark.parametrize(("text", "expected"), ROLES)
def test_roles_in_a_clause(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(p.role, p.actor.name) for p in parts(text)] == expected


@pytest.mark.parametrize(("text", "expected"), HEADINGS)
def test_bodies_of_a_heading(text: str, expected: list[str]) -> None:
    assert [text[a.start : a.end] for a in leading_list(text)] == expected


WORDS = (
    "các Sở Y tế UBND huyện, và phòng Ban Quản lý dự án: của tỉnh Phú Thọ trực thuộc (qua báo cáo giao đơn vị cấp"
).split()


@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
def test_any_words_give_bodies_in_order(text: str) -> None:
    found = actors(text)
    assert all(0 <= a.start < a.end <= len(text) for a in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(p.actor.start >= 0 for p in parts(text))
