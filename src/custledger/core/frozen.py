"""Dataclasses with slots that make their methods when these are first needed.

`dataclasses.dataclass` writes and compiles six methods for each class when its module is imported: 0.5 ms a class, and
a command imports a hundred and uses half of them. `frozen` and `mutable` make the class with its slots and leave the
rest until somebody makes, compares or hashes a value. `__init__` then sets each slot by its descriptor, which takes
half of the time of the way over `object.__setattr__`. For everybody else they are dataclasses: type checkers and
`dataclasses.fields` know them. Of the decorator's options only `kw_only` is there; `eq` is always on. `field` and
`replace` do here what they do there, without the 10 ms that `dataclasses` takes to import.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast, dataclass_transform, overload

__all__ = ["field", "frozen", "mutable", "replace"]

T = TypeVar("T")

MISSING: Any = object()
"""In the place of a default: there is none."""


class _Said(NamedTuple):
    """What `field` was told."""

    default: Any = MISSING
    default_factory: Any = MISSING
    init: bool = True
    repr: bool = True
    compare: bool = True
    metadata: Any = None


if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import Field, field, replace
else:
    field = _Said

    def replace(value: T, /, **changes: object) -> T:
        """The value with these fields changed."""
        for name, part in value._parts_.items():
            if name not in changes and part.says("init", True):
                changes[name] = getattr(value, name)
        return type(value)(**changes)


class _Part(NamedTuple):
    """A field: its name, its default or `field` or MISSING, and whether it is given by keyword only."""

    name: str
    default: Any
    kw_only: bool

    def says(self, what: str, otherwise: Any) -> Any:  # noqa: ANN401 - whatever `field` takes
        """What its `field` says of it."""
        return getattr(self.default, what) if isinstance(self.default, _Said) else otherwise


@overload
def frozen(kind: type[T], /) -> type[T]: ...
@overload
def frozen(*, kw_only: bool = False) -> Callable[[type[T]], type[T]]: ...
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(kind: type[T] | None = None, /, *, kw_only: bool = False) -> Any:
    """As `dataclass(frozen=True, slots=True)`."""
    return _decorated(kind, kw_only=kw_only, is_frozen=True)


@overload
def mutable(kind: type[T], /) -> type[T]: ...
@overload
def mutable(*, kw_only: bool = False) -> Callable[[type[T]], type[T]]: ...
@dataclass_transform(field_specifiers=(field,))
def mutable(kind: type[T] | None = None, /, *, kw_only: bool = False) -> Any:
    """As `dataclass(slots=True)`."""
    return _decorated(kind, kw_only=kw_only, is_frozen=False)


def _decorated(kind: type[Any] | None, *, kw_only: bool, is_frozen: bool) -> Any:  # noqa: ANN401
    def decorate(each: type[Any]) -> type[Any]:
        return _class(each, kw_only=kw_only, is_frozen=is_frozen)

    return decorate if kind is None else decorate(kind)


def _class(kind: type[Any], *, kw_only: bool, is_frozen: bool) -> type[Any]:
    """The class anew, with slots, and with methods that make themselves."""
    own = [*kind.__annotations__]
    parts = {name: part for base in reversed(kind.__mro__[1:]) for name, part in getattr(base, "_parts_", {}).items()}
    inherited = frozenset(parts)
    parts |= {name: _Part(name, kind.__dict__.get(name, MISSING), kw_only) for name in own}
    space = {name: each for name, each in kind.__dict__.items() if name not in {*own, "__dict__", "__weakref__"}}
    space |= {
        "__slots__": tuple(name for name in own if name not in inherited),
        "__match_args__": tuple(part.name for part in parts.values() if not part.kw_only and part.says("init", True)),
        "__dataclass_fields__": _Later(_fields),
        "__dataclass_params__": _Later(_params),
        "_parts_": parts,
        "_is_frozen_": is_frozen,
    }
    methods = {"__init__": _init, "__repr__": _repr, "__eq__": _eq, "__hash__": _hash if is_frozen else None}
    for name, make in methods.items():
        if name not in space or (name == "__hash__" and space[name] is None):
            space[name] = None if make is None else _stub(name, make)
    if is_frozen:
        space |= {"__setattr__": _refuse, "__delattr__": _refuse, "__getstate__": _state, "__setstate__": _restore}
    made: type[Any] = cast("Any", type(kind))(kind.__name__, kind.__bases__, space)
    made.__qualname__ = kind.__qualname__
    return made


class _Later:
    """An attribute of a class that is worked out when it is first asked for."""

    def __init__(self, make: Callable[[type[Any]], Any]) -> None:
        self.make = make

    def __set_name__(self, owner: type[Any], name: str) -> None:
        self.owner, self.name = owner, name

    def __get__(self, instance: object, owner: type[Any] | None = None) -> Any:  # noqa: ANN401
        found = self.make(self.owner)
        setattr(self.owner, self.name, found)
        return found


def _stub(name: str, make: Callable[[type[Any]], Callable[..., Any]]) -> Callable[..., Any]:
    """A method that puts the real one in its own place, in the class that it was made for, and calls it."""

    def method(self: object, *args: object, **words: object) -> Any:  # noqa: ANN401
        owner = next(each for each in type(self).__mro__ if each.__dict__.get(name) is method)
        real = make(owner)
        setattr(owner, name, real)
        return real(self, *args, **words)

    return method


def _compiled(source: str, known: dict[str, Any]) -> Callable[..., Any]:
    """The function `made` of a source that has nothing in it but names of fields and our own words."""
    exec(source, known)  # noqa: S102 - as `dataclasses` does
    made: Callable[..., Any] = known["made"]
    return made


def _init(kind: type[Any]) -> Callable[..., Any]:
    """`__init__`: the fields in order, those by keyword only behind the others."""
    parts = list(kind._parts_.values())
    known: dict[str, Any] = {"_MISSING_": MISSING}
    placed = ["self"]
    worded: list[str] = []
    body: list[str] = []
    for part in parts:
        name, default, factory = part.name, part.says("default", part.default), part.says("default_factory", MISSING)
        known |= {f"_put_{name}": getattr(kind, name).__set__, f"_default_{name}": default, f"_make_{name}": factory}
        given = part.says("init", True)
        if given:
            word = name if default is MISSING and factory is MISSING else f"{name}=_default_{name}"
            (worded if part.kw_only else placed).append(word)
        elif default is MISSING and factory is MISSING:
            continue
        if factory is not MISSING:
            made = f"_make_{name}()"
            value = f"{made} if {name} is _MISSING_ else {name}" if given else made
        else:
            value = name if given else f"_default_{name}"
        # Setting a slot by name is quick where nothing stands in the way.
        body.append(f"    _put_{name}(self, {value})" if kind._is_frozen_ else f"    self.{name} = {value}")
    if hasattr(kind, "__post_init__"):
        body.append("    self.__post_init__()")
    words = ", ".join([*placed, "*", *worded] if worded else placed)
    return _compiled("\n".join([f"def made({words}):", *(body or ["    pass"])]), known)


def _compared(kind: type[Any], of: str) -> str:
    """`(self.a, self.b,)`: what is compared."""
    names = [part.name for part in kind._parts_.values() if part.says("compare", True)]
    return "(" + "".join(f"{of}.{name}, " for name in names) + ")"


def _eq(kind: type[Any]) -> Callable[..., Any]:
    lines = ["def made(self, other):", "    if other.__class__ is not self.__class__:", "        return NotImplemented"]
    return _compiled("\n".join([*lines, f"    return {_compared(kind, 'self')} == {_compared(kind, 'other')}"]), {})


def _hash(kind: type[Any]) -> Callable[..., Any]:
    return _compiled(f"def made(self):\n    return hash({_compared(kind, 'self')})", {})


def _repr(kind: type[Any]) -> Callable[..., Any]:
    names = [part.name for part in kind._parts_.values() if part.says("repr", True)]

    def made(self: object) -> str:
        return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

    return made


def _refuse(self: object, name: str, *_: object) -> None:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot assign to field {name!r} of {type(self).__name__}")


def _state(self: Any) -> list[object]:  # noqa: ANN401 - any of these classes
    return [getattr(self, name) for name in self._parts_]


def _restore(self: Any, state: list[object]) -> None:  # noqa: ANN401
    for name, value in zip(self._parts_, state, strict=True):
        object.__setattr__(self, name, value)


def _fields(kind: type[Any]) -> dict[str, Field[Any]]:
    """What `dataclasses.fields` looks at, as `dataclasses` itself makes it."""
    import dataclasses

    parts: dict[str, _Part] = kind._parts_
    found: dict[str, Field[Any]] = {}
    for base in reversed(kind.__mro__[1:]):
        found |= getattr(base, "__dataclass_fields__", {})
    defaults: dict[str, Any] = {}
    for name in kind.__annotations__:
        default = parts[name].default
        if isinstance(default, _Said):
            told = {each: said for each, said in default._asdict().items() if said is not MISSING}
            defaults[name] = dataclasses.field(**told)
        elif default is not MISSING:
            defaults[name] = default
    space = {"__annotations__": kind.__annotations__, "__module__": kind.__module__, "__doc__": "", **defaults}
    own: Any = dataclasses.dataclass(init=False, repr=False, eq=False)(type(kind.__name__, (), space))
    made: dict[str, Field[Any]] = own.__dataclass_fields__
    for name, each in made.items():
        each.kw_only = parts[name].kw_only
    return found | made


def _params(kind: type[Any]) -> Any:  # noqa: ANN401 - private to `dataclasses`
    """What `dataclasses` looks at when a class of its own inherits from one of these."""
    from dataclasses import dataclass

    decorate: Any = dataclass
    like = decorate(init=False, repr=False, frozen=kind._is_frozen_)(type("Like", (), {"__doc__": ""}))
    return like.__dataclass_params__
