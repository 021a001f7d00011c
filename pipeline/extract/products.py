"""Deliverables that a task names: what is to be written, issued or set up."""

from __future__ import annotations

import re

from pipeline.extract.passage import Passage
from pipeline.types import Found

__all__ = ["product_of"]

MAKES = (
    r"(?:xây dựng|ban hành|lập|soạn thảo|hoàn thiện|tổng hợp|trình ban hành|dự thảo"
    r"|thiết lập|hình thành|tham mưu ban hành|thể chế hóa .{0,40} thành|gửi)"
)
DELIVERABLE = (
    r"(?:(?:các|những|bộ|hệ thống|bản) )?(?:quyết định|kế hoạch|báo cáo(?! (?-i:[A-ZĐỦ])| cấp)"
    r"|bản đồ|phiếu|lịch|đề án|danh sách|danh mục|quy chế|quy định|lộ trình|bộ tiêu chí"
    r"|tiêu chí"
    r"|chương trình|phương án|văn bản|cơ chế|chính sách|kịch bản|tờ trình|công văn|chỉ thị"
    r"|nghị quyết|hướng dẫn|dự toán|biên bản|giấy chứng nhận"
    r"|quy trình|sổ tay|cơ sở dữ liệu|phần mềm|tài liệu|quy hoạch|biểu mẫu|thông báo|hồ sơ)"
)
#: `chỉ đạo các xã xây dựng kế hoạch` orders to lead, `(kèm theo dự thảo ...)` tells what is there.
LED = re.compile(r"(?i)chỉ đạo,? [^.;:]*$|kèm theo $")
#: A report whose form is an annex.
FORMED = re.compile(r"(?i)(?<!\w)báo cáo theo (?:phụ lục|mẫu|biểu)(?! này)(?:(?! kèm theo| gửi)[^.;:,()]){0,40}")
PRODUCT = re.compile(
    rf"(?i)(?<!\w){MAKES}(?:,? (?:và )?(?:ban hành|trình|triển khai|vận hành|diễn tập"
    rf"|điều chỉnh|báo cáo|kế hoạch))*,? (?P<what>{DELIVERABLE}(?!\w)[^;.:()]*)"
)
ENDS = re.compile(
    (
        r"(?:,? )(?:để|nhằm|đảm bảo|bảo đảm|gửi|(?<!lộ )(?<!quy )(?<!chương )(?<!công )trình"
        r"|trước ngày|trong|theo đúng|về sở|về ubnd|cho từng|phù hợp|xong|hạn chót|kèm theo"
        r"|và tổ chức|và khuyến khích|kết hợp|do|khuyến khích|đáp ứng|đến các"
        r"|cho (?:trung tâm|các|đơn vị|sở|xã))(?!\w).*$"
    ),
    re.IGNORECASE,
)
VERB_AFTER_COMMA = re.compile(
    r"(?i), (?:và )?(?:xây dựng|triển khai|tổ chức|thực hiện|phải|đề xuất|báo cáo"
    r"|phân công|hướng dẫn|phối hợp|xác định|quản lý|rà soát|tuyên truyền|nhất là|đặc biệt|trong đó|theo|chủ đề"
    r"|lấy).*$"
)


def product_of(passage: Passage) -> Found[str] | None:
    """The first deliverable the text names, None where it names none."""
    made = (m for m in PRODUCT.finditer(passage.text) if not LED.search(passage.text[: m.start()]))
    match = next(made, None)
    if match is None:
        form = FORMED.search(passage.text)
        return passage.found(form.start(), form.end(), score=0.6) if form else None
    what = VERB_AFTER_COMMA.sub("", ENDS.sub("", match["what"])).rstrip()
    end = match.start("what") + len(what)
    return passage.found(match.start("what"), end, score=0.6)
