"""Wording of the office language around a body's name, from which its role is read: data for `roles`."""

from __future__ import annotations

import re

from pipeline.extract.gazetteer import CAPITALS

FROM_TOP = r"từ (?:trung ương|tỉnh|thành phố|huyện|quận) (?:đến|tới) (?:địa phương|cơ sở)"
BETWEEN = re.compile(
    rf"(?i)\s*(?:\([^)]*\)\s*)?(?:{FROM_TOP})?(?:[,;]|[,;]? ?và|[,;]? ?cùng(?: với)?|hoặc|/"
    rf"|[,;]? ?đồng thời(?= gửi))?\s*(?:với )?"
)
ASIDE = re.compile(rf"(?i)^\s*(?:\([^)]{{0,120}}\)|{FROM_TOP}|năm \d{{4}})")
INSIDE = re.compile(r"\((?!\s*(?:thông )?qua )[^)]*\)?")
VAGUE = re.compile(r"(?i)(?:các|từng|mỗi|những) (?:cấp|bộ phận|nước|trường hợp|tổ chức|ban)")
SPEAKS = re.compile(
    r"(?i)^\s*(?:trân trọng )?(?:đề nghị|yêu cầu|giao|kêu gọi|ban hành|xây dựng kế hoạch"
    r"|nhận được|chỉ thị|quyết định)(?!\w)"
)
WITH = re.compile(
    r"(?i)(?:phối hợp|hợp tác|liên hệ|ký kết|cùng|trao đổi|thống nhất|phối kết hợp|hiệp đồng)"
    r"(?:,? (?:chặt chẽ|hỗ trợ|thống nhất|đồng bộ|thường xuyên|tốt|kịp thời))*(?: và)?(?: với| cùng)?(?: lãnh đạo)?\s*$"
    r"|(?:phối hợp|hợp tác(?! xã)|ký kết)[^.;:]{0,60}(?<!\w)(?<!đối )(?:với|cùng)\s*$"
    r"|^\s*(?:chủ động |tích cực |trực tiếp |thường xuyên )?làm việc (?:cụ thể |trực tiếp )?với\s*$"
    r"|phối hợp (?:và )?đáp ứng [^.;:]{0,60} của\s*$|(?:phối hợp|hợp tác) [^.;:,]{0,25}theo yêu cầu của\s*$"
)
#: The first partner is a name the grammar does not know: `phối hợp với Hợp tác xã Sao Mai, <body>`.
WITH_UNKNOWN = re.compile(rf"(?:[Pp]hối hợp|[Hh]ợp tác)(?: chặt chẽ)? (?:với|cùng) [{CAPITALS}][^.;:,]{{2,60}},\s*$")
UP = (
    r"(?:báo cáo|trình|đề xuất|kiến nghị|tham mưu|giúp việc|tham mưu giúp|phản ánh"
    r"|điện thoại|gửi|nộp|đăng ký|xin ý kiến(?: của)?)"
)
DIRECT_UP = re.compile(
    rf"(?i)(?<!\w)(?:{UP}(?:,? (?:và )?{UP})*|tham mưu(?:,? (?:giúp|đề xuất|trình))?"
    rf"|báo cáo, đề xuất|đề xuất với|giúp việc cho|(?:trách nhiệm|nhiệm vụ) giúp)"
    r"(?:,? (?:ngay|kịp thời|cho|về|với|lên|tới|đến|qua|kết quả (?:về|cho)))*\s*$"
)
#: What is drawn up may be sent without a verb of its own: `lập danh sách ... về Sở`.
VIA_UP = re.compile(
    rf"(?i)(?<!\w)(?:{UP}|lập danh sách|tổng hợp)(?!\w)[^.;:]*(?<!\w)(?:về|với|lên)\s*$"
    r"|(?<!\w)báo cáo[^.;:]{0,60} cho\s*$"
    r"|(?<!\w)(?:báo cáo|nộp|gửi (?:báo cáo|hồ sơ|danh sách|kết quả|ý kiến|văn bản góp ý))(?!\w)"
    r"(?:(?!(?<!\w)từ(?!\w))[^.;:,]){0,80}(?<!\w)(?<!tác động )(?<!ảnh hưởng )(?<!liên quan )(?:đến|tới)\s*$"
)
THROUGH = re.compile(r"(?i)[(\s](?:thông )?qua\s*$")
#: What links a body to the one it is reached through, or that works for it: `Sở A (qua Phòng B)`.
LINKED = re.compile(r"(?:\s*\(|,?\s)\s*(?:thông )?qua ")
ORDER = re.compile(
    r"(?i)(?:(?<!\w)(?:giao|giao trách nhiệm(?: cụ thể)?|giao nhiệm vụ|phân công|yêu cầu"
    r"|trân trọng đề nghị|đề nghị|chỉ thị|chỉ đạo|đôn đốc"
    r"|chỉ đạo(?:,? (?:và )?(?:hướng dẫn|kiểm tra|giám sát|đôn đốc|theo dõi)){1,4}"
    r"|hướng dẫn, chỉ đạo|hướng dẫn, đôn đốc|đôn đốc, hướng dẫn|giao cho|đề nghị lãnh đạo|mời)"
    r"(?: (?:cán bộ|đại diện|cho|đến|tới|trách nhiệm cho|đồng chí|các đồng chí))?)\s*$"
)
GRANT = re.compile(
    r"(?i)^\s*(?:xét|xem xét|tặng|khen thưởng|công nhận|phê duyệt|hỗ trợ|bổ sung|cho phép"
    r"|chấp thuận|trình|cho ý kiến(?! (?:góp|đóng góp|bằng văn bản))|cấp|giải quyết)(?!\w)"
)
#: Papers that ask a body for something: `lập hồ sơ đề nghị UBND tỉnh quyết định`.
APPLIES = re.compile(r"(?i)(?<!\w)(?:hồ sơ|văn bản|công văn|tờ trình|đơn|giấy|danh sách)(?: \w+){0,3} đề nghị\s*$")
HELPS = re.compile(
    r"(?i)^[,:]?\s*(?:(?:có trách nhiệm|có nhiệm vụ|chịu trách nhiệm"
    r"|chủ động)\s+)?(?:là cơ quan )?(?:tham mưu|giúp việc|giúp)(?!\w)"
)
NOT_ACTING = re.compile(
    r"(?i)^\s*(?:(?:phải |cần |chưa )?(?:được|bị)(?! (?:giao|phân công|ủy quyền|chỉ định))"
    r"|đã|của|về|tại|trong|đối với|ban hành (?:kèm|quy định)|quản lý trên|phát động"
    r"|kèm theo|làm (?:tổ|trưởng|phó|chủ tịch|ủy viên|thành viên|thư ký)"
    r"|tự giải thể)(?!\w)|^\s*[”\"]"
)
PASSIVE = re.compile(r"(?i)(?<!\w)(?:được|bị|do|bởi|của|mà)\s*$")
#: What may stand before a subject inside its sentence.
ADVERBIAL = re.compile(
    r"(?i)^(?:căn cứ|trên cơ sở|từ (?:ngày|nay)|kể từ|định kỳ|h[aằ]ng|hàng|sau (?:khi|đó"
    r"|\d)|trước|khi|đối với|để|trong|theo|nhằm|tùy|ngoài|đồng thời"
    r"|do (?:vậy|đó)|vì vậy|ngày|quý|năm|tháng|trường hợp|nếu|tuy nhiên|bên cạnh|cuối"
    r"|riêng|khi có|nhận được|tại|phát huy|qua|\d+%)(?!\w)"
)
#: The end of an enacting article, after names the grammar does not know.
ENFORCES = re.compile(
    r"(?i)[^.:]{0,400}?(?:chịu trách nhiệm (?:thi hành|thực hiện)|quyết định thi hành|căn cứ quyết định)"
)
#: Words that give a name before the end of an enacting article another part than acting.
GOVERNS = re.compile(
    r"(?i)(?<!\w)(?:căn cứ|theo|đề nghị|giao|yêu cầu|để|tại|khi|nếu|phối hợp|báo cáo|quyết định|nghị quyết)(?!\w)"
)
#: What may stand between a subject and its duty: `UBND xã trong thời hạn 05 ngày làm việc có trách nhiệm`.
INSERTED = re.compile(
    r"(?i)^\s*,?\s*(?:trong|theo|tùy theo|căn cứ|trên cơ sở|định kỳ|h[aằ]ng (?:năm|quý|tháng)|khi|sau khi|trước ngày)"
    r"(?!\w)[^.;:]{2,160}?[, ](?=(?:có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|chủ trì|phải|phối hợp"
    r"|tổ chức|thực hiện|triển khai|xây dựng|hướng dẫn|báo cáo|chỉ đạo)(?!\w))"
)
#: The subject goes on with a body that the grammar does not know: `Bộ A, cơ quan đại diện ở nước ngoài chủ trì`.
UNKNOWN_TAIL = re.compile(
    r"(?:, |và |hoặc )[a-zà-ỹđ][^.;:,]{3,80}? (?:có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|chủ trì)(?!\w)"
)
#: A member of the subject's list in small letters: `các đơn vị vận tải, thương mại dịch vụ, khẩn trương rà soát`.
UNKNOWN_MEMBER = re.compile(r"[a-zà-ỹđ]+(?: [a-zà-ỹđ]+){1,4}")
#: What singles out some of a group, before their duty: `các thư viện lưu trữ tài liệu số có trách nhiệm`.
SINGLED = re.compile(
    r" (?!(?:trong|theo|tùy|căn cứ|định kỳ|khi|và|hoặc|đã|phải|cần|cũng|đều) )[a-zà-ỹđ][^.;:,]{3,70}?"
    r"(?<! và)(?= (?:có trách nhiệm|chịu trách nhiệm|có nhiệm vụ)(?!\w))"
)
GROUP = re.compile(r"(?i)(?:^|\s)các\s|^(?:cơ sở|đơn vị|tổ chức|cá nhân|doanh nghiệp)\s")
ADDRESSED = re.compile(r"(?i)^(?:các )?(?:đồng chí|ông(?:, |/)bà|ông|bà)\s*[,:]?")
#: What may follow a body that is told to act, besides a verb.
TOLD = re.compile(
    r"(?i)\s*(?:$|[:.;,(]|làm |có |trong (?:việc|phạm vi)|căn cứ|theo |tùy |tiếp |vào "
    r"|định kỳ|h[aằ]ng |hàng |nhằm |để |chủ |rà |trên cơ sở)"
)
#: One who politely asks others does not act.
ASKS = re.compile(r"(?i)\s*(?:kính |trân trọng )?đề nghị(?!\w)")
CLAUSE_END = re.compile(rf"[.;…]\s+(?=\S)|[.;](?=[{CAPITALS}])|:\s+(?=[{CAPITALS}])")
MONITORED = re.compile(
    r"(?i)chịu sự (?:kiểm tra|giám sát)[^.;]{0,30} của\s*$|dưới sự (?:kiểm tra|giám sát)[^.;]{0,20} của\s*$"
)


#: `Để ..., trình Bộ Y tế ban hành, Cục A đề nghị ...`: what is aimed at is no part of the order.
AIM = re.compile(
    rf"(?:^|(?<=[.;] ))Để [^.;]*?, "
    rf"(?=[{CAPITALS}][^.;,]*(?:, [^.;,]*)? (?:kính |trân trọng )?(?:đề nghị|yêu cầu)(?!\w))"
)
#: Nouns of those who may have duties, besides the heads that the gazetteer knows.
HOLDERS = (
    r"(?:các |những |mỗi |từng )?(?:chủ (?:đầu tư|dự án|rừng|cơ sở|sở hữu|phương tiện|nhiệm|tịch)|ban|bộ phận|trung tâm"
    r"|cơ quan|đơn vị|tổ chức|doanh nghiệp|hội đồng|hội|phòng|đài|trường|trạm|tổ|đội|nhà (?:thầu|máy|trường)|viện"
    r"|hợp tác xã|công ty|tổng công ty|ngân hàng|quỹ|cục|vụ|bộ|sở|[uủ][yỷ] ban|công an|thủ trưởng|giám đốc"
    r"|tổng giám đốc|người đứng đầu|trưởng (?:ban|phòng|đoàn|thôn)|thành viên|cơ sở|kho|bệnh viện|thanh tra|văn phòng)"
    r"(?!\w)(?! hợp(?!\w))"
)
#: Who has duties by the words themselves, known to the grammar of names or not: `Chủ đầu tư có trách nhiệm`.
HOLDER = re.compile(
    rf"(?i)({HOLDERS}(?: (?!(?:sẽ|đã|phải|không|là)(?!\w))[^\s.;:,()]+){{0,14}}?)(?<! và)(?: \([^)]*\))?"
    r"(?:,? (?:trong phạm vi|theo|căn cứ|ngoài|khi|tùy|định kỳ|h[àằ]ng (?:năm|quý|tháng))(?!\w)[^.;:]{0,160}?)?"
    r",? (?=(?:có trách nhiệm|chịu trách nhiệm|có nhiệm vụ)(?!\w))"
)
#: A heading that says whose duties follow: `Trách nhiệm của đơn vị tổ chức cuộc thi:`.
DUTIES_OF = re.compile(rf"(?i)(?:trách nhiệm|nhiệm vụ) của ({HOLDERS}[^.;:()]{{0,90}})(?: \([^)]*\))?\s*[.:]?$")
