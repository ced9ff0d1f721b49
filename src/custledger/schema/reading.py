"""A document's nodes → its shape, or every problem of it at its line and column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin

from pydantic import ValidationError

from custledger.core.diagnostic import Diagnostic, problem
from custledger.core.nearest import nearest
from custledger.core.text import listed
from custledger.parse.yaml.nodes import Mapping, Node, Scalar, Sequence
from custledger.schema.fields import Shape
from custledger.schema.places import start_of

if TYPE_CHECKING:
    from collections.abc import Iterable

S = TypeVar("S", bound=Shape)

_Empty = tuple[dict[str, Any], str, tuple[str, ...]]
"""A mapping, a key of it with nothing behind it, and the keys that lead to the mapping."""

PROBLEMS_MAX = 100
"""More problems of one document are not worked out: each costs a search."""

SHOWN_MAX = 80
"""Characters of a wrong value that a message repeats."""

_TYPES = {
    "list_type": "list",
    "tuple_type": "list",
    "dict_type": "mapping",
    "model_type": "mapping",
    "model_attributes_type": "mapping",
}


def plain(node: Node) -> Any:  # noqa: ANN401 - text, None, lists and dicts of these
    """The node without its places: text, None for nothing, lists, dicts without the user's own `x-…` keys."""
    return _plain(node, (), [])


def _plain(node: Node, path: tuple[str, ...], empty: list[_Empty]) -> Any:  # noqa: ANN401
    if isinstance(node, Scalar):
        return node.text if node.text or not node.plain else None
    if isinstance(node, Sequence):
        return [_plain(child, path, empty) for child in node.items]
    values: dict[str, Any] = {}
    for key, child in node.items:
        name = key.text
        if name.startswith("x-"):
            continue
        values[name] = value = _plain(child, (*path, name), empty)
        if value is None:
            empty.append((values, name, path))
    return values


def _values(model: type[Shape], node: Mapping) -> dict[str, Any]:
    """What is validated: a known key with nothing behind it is as good as left out; an unknown one is not."""
    empty: list[_Empty] = []
    values: dict[str, Any] = _plain(node, (), empty)
    for parent, name, path in empty:
        shape, free = _shape_at(model, path)
        if not free and name in _keys(shape):
            del parent[name]
    return values


def as_dict(shape: Shape) -> dict[str, Any]:
    """The values behind the keys that are there: what the quick reader gives."""
    given = shape.model_fields_set
    return {
        field.alias or key: _plainly(getattr(shape, key))
        for key, field in type(shape).model_fields.items()
        if key in given
    }


def _plainly(value: Any) -> Any:  # noqa: ANN401 - shapes, lists and mappings of them, values
    if isinstance(value, Shape):
        return as_dict(value)
    if isinstance(value, tuple):
        return tuple(_plainly(item) for item in value)
    if isinstance(value, dict):
        return {key: _plainly(item) for key, item in value.items()}
    return value


def read(model: type[S], node: Node) -> tuple[S | None, list[Diagnostic]]:
    """The document as its shape, or None and all of its problems."""
    if not isinstance(node, Mapping):
        return None, [problem("invalid-value", start_of(node), variant="document")]
    try:
        return model.model_validate(_values(model, node)), []
    except ValidationError as error:
        return None, problems(model, node, error)


def rescue(model: type[Shape], node: Mapping) -> dict[str, Any] | None:
    """What can be read of a document with problems: the keys at its top that have none, with nothing for the rest."""
    values = _values(model, node)
    for _ in range(len(values) + 1):
        try:
            return as_dict(model.model_validate(values))
        except ValidationError as error:
            wrong = {str(found["loc"][0]) for found in error.errors(include_url=False)} & values.keys()
            if not wrong:
                return None
            values = {key: value for key, value in values.items() if key not in wrong}
    return None


def problems(model: type[Shape], node: Mapping, error: ValidationError) -> list[Diagnostic]:
    """Each of the error's findings at its place; a key that is only misspelt is not also missing."""
    errors: list[Any] = error.errors(include_url=False)[:PROBLEMS_MAX]
    missing: dict[tuple[Any, ...], set[str]] = {}
    for found in errors:
        if found["type"] == "missing":
            missing.setdefault(found["loc"][:-1], set()).add(str(found["loc"][-1]))
    diagnostics = []
    for found in errors:
        if found["type"] == "extra_forbidden":
            parent = found["loc"][:-1]
            diagnostic, meant = _unknown(model, node, found["loc"], missing.get(parent, set()))
            diagnostics.append(diagnostic)
            missing.get(parent, set()).discard(meant)
        elif found["type"] != "missing":
            diagnostics.append(_invalid(node, found))
    for parent, names in missing.items():
        place = start_of(_walk(node, parent)[0])
        diagnostics += [problem("missing-key", place, key=name) for name in sorted(names)]
    return sorted(diagnostics, key=lambda diagnostic: diagnostic.order)


def _walk(node: Node, steps: Iterable[Any]) -> tuple[Node, Scalar | None]:
    """The node that a place of pydantic's leads to and the last key on the way; steps that lead nowhere are skipped."""
    last: Scalar | None = None
    for step in steps:
        if isinstance(node, Mapping) and not isinstance(step, int):
            pair = next(((key, value) for key, value in node.items if key.text == step), None)
            if pair is not None:
                last, node = pair
            elif step == "[key]" and last is not None:
                return last, last
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        elif isinstance(step, int):
            return node, last  # the one version that a plain value stands for
        elif step == "[key]" and last is not None:
            return last, last
    return node, last


def _unknown(model: type[Shape], node: Mapping, steps: tuple[Any, ...], missing: set[str]) -> tuple[Diagnostic, str]:
    """The problem of an unknown key, and the known one that it seems to mean (or nothing)."""
    name = str(steps[-1])
    parent, _ = _walk(node, steps[:-1])
    present = {key.text for key, _ in parent.items} if isinstance(parent, Mapping) else set()
    place = next((key.span for key, _ in getattr(parent, "items", ()) if key.text == name), parent.span)
    known = _keys(_shape_at(model, [step for step in steps[:-1] if isinstance(step, str)])[0])
    near = nearest(name, missing, most=1) or nearest(name, [key for key in known if key not in present], most=1)
    shown = listed(f"`{key}`" for key in known)
    if not near:
        return problem("unknown-key", place, key=_shown(name), known=shown), ""
    return problem("unknown-key", place, variant="nearest", key=_shown(name), nearest=near[0]), near[0]


def _keys(model: type[Shape]) -> list[str]:
    """The keys that a mapping may have, in the order of the documentation."""
    return [field.alias or key for key, field in model.model_fields.items()]


def _shape_at(model: type[Shape], names: Iterable[str]) -> tuple[type[Shape], bool]:
    """The shape that `names` lead to, and whether they end at a mapping with free keys (each of that shape)."""
    free = False
    for name in names:
        if free:
            free = False
            continue
        field = next((field for key, field in model.model_fields.items() if name in {key, field.alias}), None)
        inner, free = _inner(None if field is None else field.annotation)
        model = inner or model
    return model, free


def _inner(annotation: Any) -> tuple[type[Shape] | None, bool]:  # noqa: ANN401 - an annotation
    """The shape within an annotation, and whether it is the value of a mapping with free keys."""
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        return annotation, False
    for part in get_args(annotation):
        inner, _ = _inner(part)
        if inner is not None:
            return inner, get_origin(annotation) is dict
    return None, False


def _invalid(root: Mapping, found: Any) -> Diagnostic:  # noqa: ANN401 - pydantic's error dict
    node, key = _walk(root, found["loc"])
    name = key.text if key is not None else ""
    variant, args = _TYPES.get(found["type"], "text"), {}
    if found["type"] == "invalid":
        variant, args = found["ctx"]["variant"], found["ctx"]["args"]
    elif found["input"] is None:
        variant = "empty"
    texts = {"key": name, **{word: _shown(text) if word == "value" else text for word, text in args.items()}}
    place = node.span
    if not isinstance(node, Scalar):
        place = place._replace(end_line=place.line, end_column=place.column + 1)
    return Diagnostic("invalid-value", place, tuple(sorted(texts.items())), variant)


def _shown(text: str) -> str:
    return text if len(text) <= SHOWN_MAX else text[: SHOWN_MAX - 1] + "…"
