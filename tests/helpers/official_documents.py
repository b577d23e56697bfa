"""Official documents for tests: a general notice with everything, and each other form."""

from __future__ import annotations

import io

from PIL import Image

from docgen.model.official import Annex, Form, OfficialDocument, Table, TableColumn

COLUMNS = (
    TableColumn("序号", 8, "center", grouped=True),
    TableColumn("院校名称", 33, grouped=True),
    TableColumn("证书名称", 34),
    TableColumn("等级", 9, "center"),
    TableColumn("批准人数", 13, "right"),
)
ROWS = tuple(
    (str(school + 1), f"甲乙丙丁第{school + 1}职业技术学院", f"证书{row + 1}", "中级", "20")
    for school in range(12)
    for row in range(1 + school % 5)
)
SENTENCE = "经院校申报、材料审核和专家评审，现将试点院校名单予以公布；各院校要加强组织领导，按批准的内容开展工作。"


def seal() -> bytes:
    saved = io.BytesIO()
    Image.new("RGBA", (60, 60), (220, 20, 20, 120)).save(saved, "PNG")
    return saved.getvalue()


def document(**changes: object) -> OfficialDocument:
    """A general notice with seal, two annexes and 版记."""
    parts: dict[str, object] = {
        "form": Form.OFFICIAL,
        "title": "关于公布2021年1+X证书制度试点院校名单的通知",
        "body": (
            SENTENCE,
            "一、评审结果",
            SENTENCE * 4,
            "二、工作要求",
            f"（一）落实责任。{SENTENCE * 5}",
            SENTENCE * 3,
        ),
        "issuer": "某某试点工作秘书处",
        "date": "2021年7月5日",
        "mark": "某某试点工作秘书处文件",
        "number": "某试秘〔2021〕12号",
        "addressee": "各有关院校",
        "note": "联系人：张三，联系电话：0771-0000000",
        "copies": "各有关培训评价组织",
        "printer": "某某试点工作秘书处办公室",
        "printed": "2021年7月6日",
        "annexes": (
            Annex("试点院校名单", (Table(COLUMNS, ROWS, ("合计", "", "", "", str(20 * len(ROWS)))),)),
            Annex("统计表", (Table(COLUMNS[2:], (("甲", "中级", "1"),)),)),
        ),
        "seal": seal(),
    }
    return OfficialDocument(**(parts | changes))  # type: ignore[arg-type]


PLAIN = document(seal=None, annexes=())
LETTER = document(form=Form.LETTER, mark="某某试点工作秘书处", seal=None, printer="", printed="")
