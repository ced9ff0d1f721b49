"""An entry of the activity log closes one that is not there.

## What
`closes:` names an earlier entry of the log by its id: the promise that was kept, the dispute that was settled.
No entry has this id.

## Why
What was meant to be closed stays open: the dispute goes on, the promise counts as broken.

## Example
```yaml
- {id: 2026-03-05-b81d02, closes: 2026-02-20-3f9c1b, outcome: kept, date: 2026-03-05, by: li.wei}
```
where the promise is `2026-02-20-3f9c1a`.

## Instead
Write the id as the entry has it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.check._near import nearest_number
from custledger.check._rule import Check
from custledger.check._text import Texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from custledger.check._rule import Checked
    from custledger.core.diagnostic import Diagnostic


def run(checked: Checked) -> Iterator[Diagnostic]:
    """One problem a closing."""
    damaged = [one for one in checked.damaged if one.kind == "activity"]
    ids = {activity.id for activity in checked.activities} | {one.name for one in damaged}
    texts = Texts(checked.read)
    closing = [(a.id, a.closes, texts.of(a, "closes", a.closes)) for a in checked.activities if a.closes]
    closing += [(one.name, closes.text, closes.span) for one in damaged for closes in one.named("closes")]
    for own, name, span in closing:
        if name not in ids or name == own:
            near = nearest_number(name, sorted(ids - {own}))
            yield CHECK.at(span, "near" if near else "", name=name, near=near)


CHECK = Check(name="unknown-activity", stage="book", run=run)
