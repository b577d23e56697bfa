"""Makes docs/工作簿.md, the page on the workbook's sheets and columns, from the schema that init and load go by."""

from __future__ import annotations

from pathlib import Path

from docgen.model.schema import REVIEW_SHEETS, SEASON_SHEETS, SHEETS, Column, Sheet

PAGE = Path(__file__).resolve().parent.parent / "docs" / "工作簿.md"

_HEAD = """# 申报数据.xlsx 填写说明

`docgen init 学校文件夹` 会生成这个工作簿，表头带批注、下拉列表和示例行。也可以用自己的工作簿（.xlsx、.xls、.ods）：
列的次序不限；下面“也可以写成”里的表头都认得；不认得的列会保留，模板里可以直接用列名引用。

- 标 * 的是必填项。
- “申报编号”一格可以写几个编号（A01、A03），也可以写范围（A01-A03），各项申报共用的写“全部”。
- 以“示例”开头的行不会被读取。
- 数字写成文字、带单位（35人）、全角（３５）、带千位分隔都能读；读不出来的会指出在哪一格。
"""

_REVIEW_HEAD = """
# 评审结果.xlsx 填写说明

`docgen init 秘书处文件夹 --kind secretariat` 会生成这个工作簿，写法与上面相同。
"""

_SEASON_HEAD = """
# 双周报数据.xlsx 填写说明

`docgen init 学校文件夹` 也会生成这个工作簿，`docgen report` 由它生成双周报。写法与上面相同，另外：

- 日期写成 2021-09-03、2021/9/3、2021.9.3、2021年9月3日、9月3日、20210903 都认得；“9月1日至3日”按最后一天计。
- 数量可以带单位（35人、2.4万元）；更正多报的另加一行，填负数（-2、减少2人）。合计行不会被当作数据。
- 习惯一个证书一期一行的，用自己的表也可以：表头有证书名称、等级，和“新增培训人数、新增报名人数、新增考核人数、新增取证人数”
  （或“本期……”“累计……”，可以分两行写）；每行写期次或起止日期，或者一期一张工作表（第1期、第2期……）。
"""


def _choices(column: Column) -> str:
    names = [str(choice) for choice in column.choices]
    return f"（{'／'.join(names)}）" if names else ""


def _sheet(sheet: Sheet) -> list[str]:
    lines = [f"\n## {sheet.name}\n", sheet.note + ("" if not sheet.vertical else "（竖排：项目 | 内容）"), ""]
    if sheet.aliases:
        lines += [f"工作表名也可以写成：{'、'.join(sheet.aliases)}。", ""]
    lines += ["| 列 | 填什么 | 指南条款 | 也可以写成 |", "|---|---|---|---|"]
    for column in sheet.columns:
        star = " *" if column.required else ""
        aliases = "、".join(column.aliases)
        lines.append(f"| {column.header}{star} | {column.note}{_choices(column)} | {column.clause} | {aliases} |")
    return lines


def page() -> str:
    """The page as Markdown."""
    parts = ((_HEAD, SHEETS), (_REVIEW_HEAD, REVIEW_SHEETS), (_SEASON_HEAD, SEASON_SHEETS))
    return "".join(
        head + "\n".join(line for sheet in sheets for line in _sheet(sheet)) + "\n" for head, sheets in parts
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
