"""What these decorators make is what `dataclasses` makes, but for when."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from dataclasses import FrozenInstanceError, dataclass, fields, is_dataclass
from typing import Generic, TypeVar, get_type_hints

import pytest

from custledger.core.frozen import field, frozen, mutable, replace

T = TypeVar("T")


def classes(value, record, field):
    """The same classes by two decorators: (a base, one with everything, a child, a generic one, a mutable one)."""

    @value(kw_only=True)
    class Base:
        name: str
        size: int = 1

        @property
        def twice(self):
            return self.size * 2

    @value(kw_only=True)
    class Child(Base):
        parts: dict[str, int] = field(default_factory=dict)
        size: int = 2
        hidden: str = field(default="h", repr=False, compare=False, metadata={"json": None})

    @value
    class Pair(Generic[T]):
        first: T
        second: T | None = None

        def __eq__(self, other):
            return isinstance(other, Pair) and self.first == other.first

        def __hash__(self):
            return hash(self.first)

    @record
    class Draft:
        lines: list[str]
        done: bool = False
        known: set[str] = field(default_factory=set)
        total: int = field(init=False)
        count: int = field(init=False, default=7)

        def __post_init__(self):
            self.total = len(self.lines)

    @record(kw_only=True)
    class Named:
        name: str = "x"

    return Base, Child, Pair, Draft, Named


def stdlib_value(kind=None, **options):
    made = dataclass(frozen=True, slots=True, **options)
    return made if kind is None else made(kind)


def stdlib_record(kind=None, **options):
    made = dataclass(slots=True, **options)
    return made if kind is None else made(kind)


OURS = classes(frozen, mutable, field)
THEIRS = classes(stdlib_value, stdlib_record, dataclasses.field)
GIVEN = [
    (0, (), {"name": "a"}),
    (0, (), {}),
    (0, ("a",), {}),
    (0, (), {"name": "a", "sise": 1}),
    (1, (), {"name": "a", "parts": {"b": 1}}),
    (1, (), {"name": "a", "size": 5, "hidden": "x"}),
    (1, ("a",), {}),
    (2, (1,), {}),
    (2, (1, 2), {}),
    (2, (1, 2, 3), {}),
    (2, (), {"first": 1, "second": 2}),
    (3, (["a", "b"],), {}),
    (3, (["a"], True), {"known": {"x"}}),
    (3, (["a"],), {"total": 3}),
    (3, (), {}),
    (4, (), {}),
    (4, ("y",), {}),
    (4, (), {"name": "y"}),
]


def outcome(kind, args, words):
    """Everything that can be seen of a value."""
    try:
        value = kind(*args, **words)
    except TypeError:
        return "refused"
    try:
        hashed = hash(value)
    except TypeError:
        hashed = None
    told = [
        (part.name, part.default, part.init, part.repr, part.kw_only, dict(part.metadata)) for part in fields(value)
    ]
    return (
        repr(value), [getattr(value, name) for name, *_ in told], hashed, kind.__match_args__, is_dataclass(value), len(told),
        value == kind(*args, **words), value == object(), get_type_hints(kind, localns={"T": T}).keys(),
        [(row[0], row[2:]) for row in told], hasattr(value, "__dict__"), kind.__qualname__, kind.__module__, kind.__doc__ or "",
    )  # fmt: skip


@pytest.mark.parametrize(("which", "args", "words"), GIVEN)
def test_it_makes_what_dataclasses_make(which, args, words):
    ours, theirs = outcome(OURS[which], args, words), outcome(THEIRS[which], args, words)
    assert ours[:-1] == theirs[:-1]


def test_values_differ_by_each_field_that_counts():
    child = OURS[1]
    assert child(name="a") != child(name="b")
    assert child(name="a") != child(name="a", size=3)
    assert child(name="a", hidden="x") == child(name="a")
    assert child(name="a") != OURS[0](name="a")
    assert child(name="a").parts is not child(name="a").parts
    assert len({OURS[2](1), OURS[2](1), OURS[2](2)}) == 2


def test_frozen_is_frozen():
    value = OURS[0](name="a")
    with pytest.raises(FrozenInstanceError):
        value.name = "b"
    with pytest.raises(FrozenInstanceError):
        del value.name
    with pytest.raises(FrozenInstanceError):
        value.other = 1
    draft = OURS[3](["a"])
    draft.done = True
    assert draft.done
    with pytest.raises(AttributeError):
        draft.other = 1


@pytest.mark.parametrize("replace", [replace, dataclasses.replace])
def test_replacing(replace):
    value = replace(OURS[1](name="a", parts={"b": 1}), size=9)
    assert (value.name, value.parts, value.size, value.twice) == ("a", {"b": 1}, 9, 18)
    with pytest.raises(TypeError):
        replace(value, sise=1)
    draft = replace(OURS[3](["a"], known={"x"}), lines=["a", "b"])
    assert (draft.total, draft.count, draft.known) == (2, 7, {"x"})


@frozen(kw_only=True)
class Kept:
    name: str
    size: int = 3


@mutable
class Open:
    name: str


def test_copies_of_classes_that_nothing_was_made_of_yet():
    for value in (Kept(name="a"), Open("b")):
        again = pickle.loads(pickle.dumps(value))  # noqa: S301 - our own bytes
        assert again == value == copy.copy(value) == copy.deepcopy(value)
        assert again is not value


def test_a_dataclass_may_inherit_from_one_of_ours():
    @dataclass(frozen=True, kw_only=True)
    class More(Kept):
        more: int = 1

    assert More(name="a") == More(name="a", size=3, more=1)
    assert [part.name for part in fields(More)] == ["name", "size", "more"]
    with pytest.raises(TypeError):

        @dataclass
        class Loose(Kept):
            more: int = 1


def test_methods_are_made_when_they_are_needed():
    @frozen
    class Late:
        name: str

    assert [Late.__dict__[name].__name__ for name in ("__init__", "__eq__", "__hash__")] == ["method"] * 3
    Late("a")
    assert [Late.__dict__[name].__name__ for name in ("__init__", "__eq__", "__hash__")] == ["made", "method", "method"]
    assert Late("a") == Late("a")
    assert Late.__dict__["__eq__"].__name__ == "made"
