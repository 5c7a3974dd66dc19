"""The two orders in which people write a day in numbers."""

from __future__ import annotations

from typing import Literal, get_args

Order = Literal["month-first", "day-first"]
ORDERS: tuple[Order, ...] = get_args(Order)
