"""Deliverables that a task names: what is to be written, issued or set up."""

from __future__ import annotations

import re

from pipeline.extract.passage import Passage
from pipeline.types import Found

__all__ = ["product_of"]

MAKES = r"(?:xây dựng|ban hành|lập|soạn thảo|hoàn thiện|tổng hợp|trình ban hành|dự thảo|thiết lập|hình thành|tham mưu ban hành|thể chế hóa .{0,40} thành|gửi|có)"
DELIVERABLE = (
    r"(?:(?:các|những|bộ|hệ thống|bản) )?(?:quyết định|kế hoạch|báo cáo|đề án|danh sách|danh mục|quy chế|quy định|lộ trình|bộ tiêu chí|tiêu chí"
    r"|chương trình|phương án|văn bản|cơ chế|chính sách|kịch bản|tờ trình|công văn|chỉ thị|nghị quyết|hướng dẫn|dự toán|biên bản|giấy chứng nhận"
    r"|quy trình|sổ tay|cơ sở dữ liệu|phần mềm|tài liệu|quy hoạch|biểu mẫu|thông báo|hồ sơ)"
)
PRODUCT = re.compile(
    rf"(?i)(?<!\w){MAKES}(?:,? (?:và )?(?:ban hành|trình|triển khai|vận hành|diễn tập|điều chỉnh|báo cáo|kế hoạch))*,? (?P<what>{DELIVERABLE}(?!\w)[^,;.:()]*)"
)
ENDS = re.compile(r"\s(?:để|nhằm|đảm bảo|bảo đảm|gửi|trình|trước ngày|trong|theo đúng|về sở|về ubnd|cho từng|phù hợp|xong|hạn chót|kèm theo|và tổ chức|đến các)(?!\w).*$", re.IGNORECASE)


def product_of(passage: Passage) -> Found[str] | None:
    """The first deliverable the text names, None where it names none."""
    match = PRODUCT.search(passage.text)
    if match is None:
        return None
    end = match.start("what") + len(ENDS.sub("", match["what"]).rstrip())
    return passage.found(match.start("what"), end, score=0.6)
