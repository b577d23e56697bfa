"""What filling a PDF form finds, beside what all forms do."""

from __future__ import annotations

from docgen.findings import FindingType, Severity

REFUSED = FindingType(
    "FRM021",
    "PDF 的域不接受这个值",
    Severity.WARNING,
    "",
    "域限定了字数、格式（日期、数字）或选项，数据不合它的要求，没有填。请改数据，或在阅读器里手工填写。",
)
TOLD = FindingType(
    "FRM022",
    "PDF 表单本身的情况",
    Severity.INFO,
    "",
    "表单带有 XFA、权限限制、扩展使用权或计算脚本等。提示里写明 docgen 保留了什么、去掉了什么。",
)
SIGNED = FindingType(
    "FRM023",
    "填写会影响 PDF 里的签名",
    Severity.WARNING,
    "",
    "表单里已有电子签名。docgen 把填写的内容追加在原文件之后，原来签的内容一个字节也不动；阅读器会提示签名后有改动。"
    "压平或不允许改动的签名，填写后不再有效。",
)
NO_GLYPH = FindingType(
    "FRM024",
    "字体里没有这个字",
    Severity.ERROR,
    "",
    "本机的字体都没有这个字，填好的表上用〓代替。请装上有这个字的字体再填，运行 docgen doctor 可以看到怎样安装。",
)
UNREAD = FindingType(
    "FRM025",
    "有的页是扫描图",
    Severity.WARNING,
    "",
    "扫描图上没有文字，找不到要填的位置，这几页没有填。请向发表的单位要电子版，或手工填写。",
)

PDF_FINDING_TYPES = (REFUSED, TOLD, SIGNED, NO_GLYPH, UNREAD)
