"""Answers that are found once and kept, as `functools.cached_property` does, but without its lock.

Before Python 3.12 that takes a lock at each first look, which cost a tenth of a check.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class once(Generic[T]):  # noqa: N801, for it is read like `property`
    """Makes a method a property whose value is kept in the object's `__dict__`, where it is found from then on."""

    def __init__(self, method: Callable[[Any], T]) -> None:
        self.method = method
        self.name = method.__name__
        self.__doc__ = method.__doc__

    @overload
    def __get__(self, owner: None, kind: type) -> once[T]: ...

    @overload
    def __get__(self, owner: object, kind: type) -> T: ...

    def __get__(self, owner: object | None, kind: type) -> once[T] | T:
        if owner is None:
            return self
        value = owner.__dict__[self.name] = self.method(owner)
        return value
