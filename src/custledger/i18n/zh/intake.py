"""导入命令的输出。"""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "extra_missing": "`{file}` 是工作簿，读取它需要附加组件 `xlsx`",
    "extra_missing.hint": 'pip install "custledger[xlsx]"，或把工作表存为 CSV',
    "no_such_map": "没有映射 `{map}`；现有 {near}",
    "no_such_map.hint": "请给出文件（`./{map}.yaml`），或查看 `custledger import {kind} --maps`",
    "map_of_other_kind": "`{map}` 是 {other} 的映射，不能用于 {kind}",
    "map_of_other_kind.hint": "custledger import {kind} --maps",
    "file_and_map": "import {kind} 需要文件和 `--map`",
    "file_and_map.hint": "custledger import {kind} --maps",
    "nothing_written": "未导入任何内容",
    "nothing_written.hint": "改正文件或映射后重新导入即可：已有的记录不会重复添加",
    "added.customers": "新增客户：{count}",
    "added.invoices": "新增单据：{count}",
    "added.payments": "新增收款：{count}",
    "added.known": "账簿中已有：{count}",
    "skipped": "按映射略过的行：{count}",
    "nothing_new": "没有新内容：账簿未作改动",
}
