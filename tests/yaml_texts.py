"""Texts of YAML files that ask for trouble: signs that mean something, and documents with a few things changed."""

from __future__ import annotations

from hypothesis import strategies as st

NASTY = [
    "", " ", "  ", "-", "- ", "---", "...", "--- ", "--- a", "# c", " # c", "#", ":", ": ", "key:", "key: ", "a: b", "x-a: b", "x-a: [",
    "x-a:", "'", '"', "''", '""', "\\", "\\n", "|", ">-", "&a", "*a", "!t", "!!str a", "%YAML 1.2", "@", "`", "?", "? a", ",", "[", "]",
    "{", "}", "[]", "{}", "~", "null", "\t", "\r", "\ufeff", "\x00", "\x85", "\u2028", "\u3000", "\xa0", "é", "1", "0", "-1", "1e3", "2026-02-30",
    "due: 2026-01-01", "due:", "corrects: A", "kind: credit-note", "kind: invoice", "void: {date: 2026-03-01}", "customer: a", "price: 1",
    "    price: 1", "  - {price: 1}", "    tax: x", "lines:", "lines: [{price: 1}]", "instalments:", "parent: blueocean", "was: [a]",
    "terms: eom", "refs:", "  po: 1", "<<<<<<< a", "=======", ">>>>>>> b", "<<: a",
]  # fmt: skip


SHAPES = ["{}", "a{}", "{}b", "a{}b", "a {}", "{} b", "a {} b", "'{}'", '"{}"']


@st.composite
def changed_documents(draw, texts):
    """The text of a file with some of these documents and a few things changed in them."""
    chosen = draw(st.lists(st.sampled_from(texts), min_size=1, max_size=3))
    lines = "\n---\n".join(chosen).split("\n")
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        line = lines[at]
        change = draw(st.sampled_from(["within", "within", "value", "line", "drop", "twice", "swap", "indent", "cut"]))
        if change == "within":
            place = draw(st.integers(0, len(line)))
            lines[at] = line[:place] + draw(st.sampled_from(NASTY)) + line[place:]
        elif change == "value":
            lines[at] = line.partition(": ")[0] + ": " + draw(st.sampled_from(NASTY))
        elif change == "line":
            lines.insert(at, draw(st.sampled_from(NASTY)))
        elif change == "drop":
            lines[at : at + 1] = []
        elif change == "twice":
            lines.insert(at, line)
        elif change == "swap":
            other = draw(st.integers(0, len(lines) - 1))
            lines[at], lines[other] = lines[other], line
        elif change == "indent":
            lines[at] = draw(
                st.sampled_from([f" {line}", line.removeprefix(" "), f"  {line}", line.removeprefix("  ")])
            )
        else:
            place = draw(st.integers(0, len(line)))
            lines[at : at + 1] = [line[:place], draw(st.sampled_from(["", " ", "  ", "    "])) + line[place:]]
        lines = lines or [""]
    return "\n".join(lines) + draw(st.sampled_from(["", "\n", "\n\n", "\n---", "\n---\n", "\n...\n"]))
