"""The index."""

from __future__ import annotations

MESSAGES = {
    "one_of": "--verify 与 --forget 不能同时使用",
    "one_of.hint": "只用其中一个",
    "forgotten": "索引已删除；大账簿的下一次报表会重新建立",
    "unfit": "这个账簿没有索引，每次报表都读取全文：{why}",
    "not_written": "`{name}`：无法写入索引",
    "not_written.hint": "请检查目录是否可写；其间报表直接读取文本",
    "busy": "`{name}`：另一个进程正在写索引",
    "busy.hint": "请再运行一次；其间报表直接读取文本",
    "holds": "索引已是最新：{files} 个文件，{customers} 个客户，{size} kB",
    "verified": "与文本一致",
    "differs": "与文本不一致之处：{tables}",
    "why.alias": "日记账里有指令 `alias`，会改变其后内容的含义",
    "why.amount": "有金额超出八字节",
    "why.apply_account": "日记账里有指令 `apply account`，会改变其后内容的含义",
    "why.assignment": "有金额由余额推出（只写 `= 金额`）",
    "why.commodity": "有货币未声明小数位数",
    "why.decimal_mark": "金额以逗号作小数点",
    "why.default": "日记账里有指令 `D`，会改变其后内容的含义",
    "why.directives": "有指令变动",
    "why.duplicate_number": "两张发票同号",
    "why.end_aliases": "日记账里有指令 `end aliases`，会改变其后内容的含义",
    "why.end_apply_account": "日记账里有指令 `end apply account`，会改变其后内容的含义",
    "why.include": "有日记账被重复引入，或引自 `journals/` 之外",
    "why.problems": "账簿有错误，或有须读全文才能说明的内容（见 `custledger check`）",
    "why.unknown_customer": "有分录的客户不存在",
    "why.year": "日记账里有指令 `Y`，会改变其后内容的含义",
}
