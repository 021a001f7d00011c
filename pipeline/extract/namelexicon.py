"""Words that names of bodies are made of, and those that end them: data for the grammar of names."""

from __future__ import annotations

import re

from pipeline.extract.gazetteer import CAPITALS, PLACE_TYPES

OFFICES = (
    "chủ tịch|phó chủ tịch|giám đốc|phó giám đốc|tổng giám đốc|thủ trưởng|trưởng"
    "|phó trưởng|bộ trưởng|thứ trưởng|tổng cục trưởng|cục trưởng|"
    "bộ trưởng, chủ nhiệm|"
    "chi cục trưởng|vụ trưởng|viện trưởng|thống đốc|chỉ huy trưởng|chánh|phó chánh|lãnh đạo|người đứng đầu|hiệu trưởng"
    "|thành viên|thường trực|bí thư|tổ trưởng|"
    "chủ nhiệm|thư ký|ban giám đốc|đại biểu|tổ đại biểu|bộ phận giúp việc cho"
    "|bộ phận giúp việc|cơ quan thường trực|cơ quan giúp việc"
)
#: An office; several stand together only before what they lead one each: `Vụ trưởng, Cục trưởng các Vụ, Cục`.
OFFICE = re.compile(rf"(?i)(?:các |từng |đồng chí )?(?:(?:(?:{OFFICES}), )*(?:{OFFICES})(?= các )|(?:{OFFICES})(?= ))")
STARTER = re.compile(
    r"(?i)(?:tất cả các|toàn thể các|toàn bộ các|các|những|từng|mỗi|toàn thể"
    r"|quý(?= (?:cơ quan|đơn vị|sở|ban|bộ|ngành|doanh nghiệp|trường|địa phương)(?!\w)))(?= )"
)
NOUNS = (
    "sở|ban ngành|ban|ngành|phòng ban|phòng|bộ trưởng|bộ|cơ quan truyền thông|cơ quan|đơn vị|địa phương"
    "|tổ chức|đoàn thể|hội|cấp ủy|cấp|chính quyền|"
    "phường|xã|thị trấn|huyện|quận|thị xã|thành phố|tỉnh|trường|cơ sở|doanh nghiệp"
    "|lực lượng|khoa|bệnh viện|trung tâm|trạm|"
    "cụm thi đua|cá nhân|hộ gia đình|báo|đài|tổ dân phố|thôn|khu dân cư|ngân hàng|chi cục"
    "|thành viên|hiệp hội|phương tiện thông tin|công ty|"
    "ủy ban nhân dân|ubnd|hđnd|mặt trận|đội|tổ|chủ đầu tư|nhà đầu tư|nhà thầu|chủ rừng|nhà trường|hội viên|vụ|cục|viện"
    "|học viện|cán bộ|tập đoàn|tổng công ty|tổng cục|công đoàn|chi đoàn|chi bộ|đảng bộ"
)
#: Words that begin like a noun for a body and are none: `các trường hợp`, `các báo cáo`, `các cơ sở dữ liệu`.
NO_BODIES = (
    "trường hợp|báo cáo|báo động|đội ngũ|xã hội|khoa học|bộ phận|ban hành|tổ chức thực hiện|cấp độ"
    "|hội (?:nghị|thi|thảo|chợ|trường|chứng)|phòng (?:chống|ngừa|bệnh|dịch|cháy|học)|vụ (?:việc|án|mùa|cháy|tai)"
    "|cơ sở (?:vật chất|dữ liệu|hạ tầng|pháp lý|lý luận|thực tiễn)"
)
NOUN = re.compile(rf"(?i)(?!(?:{NO_BODIES})(?!\w))(?:{NOUNS})(?!\w)")
#: Plurals without `các`: what follows must show that they are many.
PLURAL = re.compile(
    r"(?i)(?:cơ quan,? đơn vị|bộ, (?:cơ quan ngang bộ|ngành)"
    r"|sở, (?:ban|ngành)|phòng, ban|ban, ngành|đơn vị (?:trực )?thuộc|chính quyền địa phương"
    r"|cơ quan thông tấn, báo chí|cơ quan (?:thuế|công an|tài chính|chức năng|thanh tra|truyền thông|báo chí"
    r"|chuyên môn|có thẩm quyền)|cấp có thẩm quyền"
    r"|(?:cơ quan (?:quản lý )?(?:[a-zđ]\w* ){0,2})?cấp trên"
    r"|phường thuộc|đoàn (?:kiểm tra|thanh tra|giám sát|thẩm định)"
    r"|cơ sở (?:khám bệnh, chữa bệnh|khám, chữa bệnh|khám chữa bệnh|sản xuất, kinh doanh|kinh doanh|giáo dục"
    r"|lưu trú|đào tạo|y tế)|cá nhân (?:có )?liên quan)(?!\w)"
)
LEVEL = re.compile(
    rf"(?i)(?:{'|'.join(PLACE_TYPES)}|thị|tp\.?|(?:cấp|tuyến) (?:tỉnh|huyện|xã))(?!\w)(?! (?:ủy|uỷ|đoàn|đội)(?!\w))"
)
OF_LEVEL = rf"(?=(?: toàn)? (?:{'|'.join(PLACE_TYPES)}))"
MODIFIER = re.compile(
    r"(?i)(?:(?:có )?(?:liên quan|hữu quan)(?: có liên quan)?|khác|chức năng"
    r"|(?:thuộc(?:,| và)? )?trực thuộc|thuộc(?=,? )|trên địa bàn(?: toàn)?"
    rf"|ở (?:các )?(?:địa phương|cơ sở)|cùng cấp|các cấp|trong{OF_LEVEL}"
    r"|của(?= (?:hội đồng nhân dân|hđnd|tỉnh|quận|huyện|thành phố|xã|phường|sở|bộ|bệnh viện"
    rf"|trường|đơn vị))|chính trị(?: - xã hội)?|xã hội"
    r"|thông tấn|ngang bộ|báo chí|(?:ngoài )?công lập|tư nhân"
    r"|chuyên môn|nhà nước|đảng|trung ương|địa phương|tương đương)(?!\w)"
)
#: After these a group takes on only its owner.
CLOSED = re.compile(
    r"(?i)(?:liên quan|hữu quan|khác|chức năng|trên địa bàn|báo chí|chính trị - xã hội|ngang bộ|tương đương)$"
)
#: What units do by trade, after their noun: part of the group's name, not what they are told.
TRADE = re.compile(
    r"(?i)(?:cung cấp dịch vụ|cung ứng dịch vụ|kinh doanh|sản xuất|thi công|vận tải|tư vấn|sự nghiệp|hành chính"
    r"|quản lý (?:đường|vận hành|dự án|chợ|bến|khai thác))(?!\w)"
)
TEAM = re.compile(
    r"(?:Tổ|Đoàn|Nhóm|Đội)(?: công tác)?(?: (?:khảo sát|kiểm tra|giám sát|thanh tra"
    r"|thẩm định|giúp việc|thư ký|phản ứng nhanh|công tác|xử lý))"
    r"(?: liên ngành)?(?!\w)"
)
#: Boards of projects: what the works are is part of the name, verbs and all.
PROJECT = re.compile(
    r"(?i)(?:ban (?:quản lý|ql) (?:các )?(?:dự án|da)|ban qlda|bqlda)(?!\w)"
    r"(?: (?:đầu tư|xây dựng|đtxd|các|công trình|giao thông|dân dụng|và|công nghiệp|nông nghiệp|phát triển|nông thôn"
    r"|thủy lợi|hạ tầng|kỹ thuật|đô thị|khu vực|môi trường|ngành|quỹ đất)(?!\w))*"
)
#: Boards of movements, whose title is quoted in the name.
MOVEMENT = re.compile(
    r"(?i)ban (?:chỉ đạo|vận động|tổ chức)(?: thực hiện)? (?:phong trào|cuộc vận động|chương trình|đề án|cuộc thi"
    r"|hội thi) [“\"][^”\"\n]{5,120}[”\"]"
)
PLACE = re.compile(r"(?:Quận|Huyện|Thành phố|Tỉnh|Thị xã|Phường|Xã)(?!\w)(?! (?:[đĐ]oàn|[ủỦ]y|[đĐ]ội)(?!\w))")
#: Heads that are common words too: what follows must be a name.
WORDS = frozenset("báo đội tổ ban hội bộ cục vụ viện quỹ đoàn trường phòng thuế sở thanh tra".split()) | {
    "thanh tra",
    "cơ quan",
    "chi nhánh",
}
STOP = frozenset(
    "và với để theo tại khi hoặc cho đến từ qua do như nhằm về trên dưới sau trước mà"
    " thì nếu vì bởi rằng này đó nêu nói ở ngay cũng bằng"
    " việc nơi trong của những các từng mỗi đối đồng năm ngày tháng quý có không ít hơn khoảng gì nào".split()
)
#: Small words with which no act begins.
FUNCTION = STOP | frozenset("cấp loại khác thuộc trực nêu vừa còn bao gồm gọi".split()) - {"cùng", "không"}
#: Kinds that have no body inside their name; a head after one is another body, its comma lost in reading.
WHOLE = frozenset(("ministry", "department", "people_committee", "people_council", "government"))
#: What may narrow a list of levels: `UBND các xã ven sông`.
KIND_OF_LEVEL = re.compile(
    r"(?:ven (?:biển|sông|đô)|vùng (?:cao|sâu|biên)|biên giới|miền núi|nội thành|ngoại thành|trọng điểm|đảo)(?!\w)"
)
#: Heads that name a body by themselves.
ALONE = frozenset(
    (
        "sở, bộ, ubnd, hđnd, mttq, ủy ban nhân dân, hội đồng nhân dân, mặt trận tổ quốc, "
        "ban giám đốc, văn phòng, ban chỉ đạo, ban chỉ huy, ban quản lý, hội đồng, nhà trường, "
        "công an, đảng ủy, hội chữ thập đỏ, hội khuyến học, hội người cao tuổi, hội luật gia"
    ).split(", ")
)
THERE = re.compile(r"(?:các )?địa phương(?!\w)")
#: The last words of heads that a field follows, in small letters too: `Phòng xây dựng`.
FIELDED = frozenset("Sở Bộ Phòng Cục cục Vụ Viện Ban Hội hội Trung tâm ty Trường Tổ Đội Đoàn Khối".split())
#: Bodies whose head is a whole name, the place being the document's: `Kho bạc Nhà nước`, `Đoàn Thanh niên`.
BRANCHES = frozenset(
    (
        "tax statistics customs treasury social_insurance police military front union court procuracy bank office"
        " delegation enforcement market_control"
    ).split()
)
#: Boards that are named by a number: `Ban Chỉ đạo 389`.
BOARD = re.compile(r"(?:Ban [Cc]hỉ đạo|Tổ công tác|Tiểu ban|Đoàn kiểm tra) $")
#: The second trade in a company's name, up to a comma: `Công ty Cổ phần Xây dựng và thoát nước đô thị`.
COMPANY = re.compile(
    r"(?:Tổng công ty|Công ty (?:[^\W\d]+ ){0,3}?(?:[Cc]ổ phần|CP|TNHH|MTV))"
    rf"(?: [{CAPITALS}]\w*(?: \w+){{0,3}}){{1,3}} $"
)
SECOND = re.compile(r"và (?!người|hộ|nhân|công nhân|cổ đông|khách|đối tác)((?:[a-zà-ỹđ]+ ){1,3}[a-zà-ỹđ]+)(?=[,;.:]|$)")
#: The head of the ministry that speaks, named by the office alone, and the wording before it: `trình Bộ trưởng`.
LONE = re.compile(r"Bộ trưởng(?=[,.;:)]|$| [a-zà-ỹđ])(?! (?:các|cơ quan)(?!\w)|, (?:Chủ nhiệm|Trưởng|Thủ trưởng))")
ASKING = re.compile(r"(?i)(?:trình|báo cáo|tham mưu(?: cho)?|giúp|xin ý kiến(?: của)?|đề xuất(?: với)?|lãnh đạo bộ,) $")
