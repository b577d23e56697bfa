"""Single machines as shapes: a car, a cabinet, a server rack, a robot arm, a safety fence, marks on the floor."""

from __future__ import annotations

import random

from .povray import Colour, box, cylinder, glow, group, metal, paint, prism, round_box, sphere

ORANGE: Colour = (0.85, 0.3, 0.03)
YELLOW: Colour = (0.85, 0.62, 0.04)
DARK = paint((0.035, 0.035, 0.04), 0.4, 0.05)
STEEL = metal((0.62, 0.64, 0.66))


def car(colour: Colour, place: str, bonnet_open: bool = False) -> str:
    """A small electric car, nose towards -x, wheels on y=0."""
    coat = paint(colour, 0.7, 0.22)
    glass = paint((0.04, 0.06, 0.07), 0.9, 0.35)
    lower = [
        (-1.95, 0.32),
        (-2.0, 0.62),
        (-1.85, 0.82),
        (-1.0, 0.95),
        (1.55, 1.0),
        (1.95, 0.85),
        (2.0, 0.4),
        (1.9, 0.3),
    ]
    cabin = [(-1.0, 0.94), (-0.45, 1.42), (0.95, 1.48), (1.6, 0.99)]
    window = [(-0.86, 0.98), (-0.4, 1.38), (0.9, 1.42), (1.38, 1.0)]
    parts = [prism(lower, -0.84, 0.84, coat), prism(cabin, -0.7, 0.7, coat), prism(window, -0.715, 0.715, glass)]
    parts.append(prism([(-0.96, 0.98), (-0.5, 1.38), (-0.47, 1.36), (-0.9, 0.96)], -0.62, 0.62, glass))
    parts += [box((-0.02 + x, 0.98, -0.72), (0.03 + x, 1.42, 0.72), coat) for x in (-0.1, 0.62)]
    for x in (-1.28, 1.28):
        for z, side in ((-0.8, -1), (0.8, 1)):
            parts.append(cylinder((x, 0.33, z - 0.1), (x, 0.33, z + 0.1), 0.33, DARK))
            parts.append(cylinder((x, 0.33, z), (x, 0.33, z + 0.115 * side), 0.2, STEEL))
            parts.append(cylinder((x, 0.33, z), (x, 0.33, z + 0.12 * side), 0.05, DARK))
            parts.append(
                cylinder((x, 0.36, z - 0.01), (x, 0.36, z + 0.045 * side), 0.4, paint((0.02, 0.02, 0.02), 0.1))
            )
    for z in (-0.62, 0.62):
        parts.append(
            round_box((-1.97, 0.62, z - 0.16), (-1.84, 0.74, z + 0.16), 0.03, paint((0.9, 0.92, 0.95), 0.9, 0.4))
        )
        parts.append(round_box((1.9, 0.7, z - 0.14), (1.99, 0.8, z + 0.14), 0.03, paint((0.6, 0.03, 0.03), 0.8, 0.2)))
    parts.append(box((-2.01, 0.4, -0.5), (-1.97, 0.54, 0.5), DARK))
    parts.append(box((-2.02, 0.43, -0.22), (-1.98, 0.53, 0.22), paint((0.1, 0.5, 0.25), 0.3)))
    parts += [box((0.1 + x, 0.84, -0.86), (0.26 + x, 0.87, 0.86), STEEL) for x in (0.2, 0.95)]
    if bonnet_open:
        parts.append(box((-0.85, 0, -0.7), (0, 0.03, 0.7), coat, "rotate z*-58 translate <-1.0,0.98,0>"))
        parts.append(box((-1.75, 0.86, -0.6), (-1.05, 0.955, 0.6), DARK))
        parts.append(round_box((-1.6, 0.9, -0.3), (-1.2, 1.02, 0.3), 0.03, STEEL))
        parts += [
            cylinder((-1.5, 1.0, z), (-1.1, 0.97, z + 0.2), 0.022, paint((0.9, 0.35, 0.02), 0.4))
            for z in (-0.3, 0, 0.15)
        ]
    return group(parts, place)


def tool_cabinet(x: float, z: float, colour: Colour, place: str = "") -> str:
    """A cabinet of drawers on castors."""
    parts = [round_box((-0.35, 0.1, -0.25), (0.35, 0.95, 0.25), 0.02, paint(colour, 0.4, 0.06))]
    for row in range(5):
        parts.append(
            box((-0.31, 0.16 + row * 0.155, -0.262), (0.31, 0.285 + row * 0.155, -0.25), paint(colour, 0.5, 0.08))
        )
        parts.append(box((-0.25, 0.255 + row * 0.155, -0.28), (0.25, 0.27 + row * 0.155, -0.26), STEEL))
    parts += [cylinder((dx, 0.05, -0.2), (dx + 0.04, 0.05, -0.2), 0.05, DARK) for dx in (-0.3, 0.26)]
    return group(parts, f"{place} translate <{x},0,{z}>")


def rack(x: float, z: float, rng: random.Random, place: str = "") -> str:
    """A 42-unit rack whose front faces -z, with servers and diodes."""
    black = paint((0.025, 0.025, 0.028), 0.3, 0.06)
    parts = [
        box((-0.3, 0, 0.03), (0.3, 2.0, 1.0), black),
        box((-0.3, 0, 0), (-0.255, 2.0, 0.04), black),
        box((0.255, 0, 0), (0.3, 2.0, 0.04), black),
        box((-0.3, 1.94, 0), (0.3, 2.0, 0.04), black),
        box((-0.3, 0, 0), (0.3, 0.08, 0.04), black),
    ]
    y = 0.12
    while y < 1.86:
        units = rng.choice((1, 1, 2, 2, 3))
        height = units * 0.0445
        if rng.random() < 0.85:
            shade = rng.choice((0.06, 0.1, 0.3, 0.45))
            parts.append(
                box((-0.245, y, 0.0), (0.245, y + height - 0.004, 0.05), paint((shade, shade, shade * 1.05), 0.4, 0.06))
            )
            for bay in range(8 if units > 1 else 4):
                left = -0.2 + bay * (0.045 if units > 1 else 0.09)
                parts.append(
                    box(
                        (left, y + 0.008, -0.003),
                        (left + 0.036, y + height - 0.012, 0.003),
                        paint((0.02, 0.02, 0.025), 0.5),
                    )
                )
                if rng.random() < 0.7:
                    hue = rng.choice(((0.1, 1, 0.25), (0.1, 1, 0.25), (0.15, 0.5, 1), (1, 0.55, 0.05)))
                    parts.append(sphere((left + 0.03, y + height - 0.018, -0.004), 0.004, glow(hue, 3)))
            parts.append(box((0.21, y + 0.01, -0.012), (0.235, y + height - 0.012, 0.0), STEEL))
        y += height
    if rng.random() < 0.5:
        for _ in range(14):
            left, low = rng.uniform(-0.22, 0.2), rng.uniform(1.2, 1.7)
            cable: Colour = rng.choice(((0.05, 0.2, 0.7), (0.8, 0.6, 0.05), (0.6, 0.6, 0.62)))
            parts.append(
                cylinder(
                    (left, low, -0.02), (left + rng.uniform(-0.05, 0.05), low - 0.3, -0.03), 0.005, paint(cable, 0.2)
                )
            )
    return group(parts, f"{place} translate <{x},0,{z}>")


def robot(colour: Colour, place: str, bend: float = 35, turn: float = 20) -> str:
    """A six-axis arm on a pedestal, as a chain of joints."""
    coat = paint(colour, 0.5, 0.08)
    wrist = group(
        [
            cylinder((0, 0, 0), (0.12, 0, 0), 0.045, DARK),
            box((0.12, -0.07, -0.04), (0.15, 0.07, 0.04), STEEL),
            box((0.15, 0.04, -0.02), (0.25, 0.06, 0.02), STEEL),
            box((0.15, -0.06, -0.02), (0.25, -0.04, 0.02), STEEL),
        ],
        "rotate z*-55 translate <0.62,0,0>",
    )
    fore = group(
        [
            cylinder((0, 0, -0.13), (0, 0, 0.13), 0.12, coat),
            cylinder((0, 0, -0.135), (0, 0, 0.135), 0.07, DARK),
            round_box((-0.16, -0.085, -0.09), (0.3, 0.1, 0.09), 0.04, coat),
            cylinder((0.25, 0, 0), (0.62, 0, 0), 0.065, coat),
            sphere((0.62, 0, 0), 0.075, coat),
            wrist,
        ],
        f"rotate z*{-bend} translate <0,0.7,0>",
    )
    arm = group(
        [
            cylinder((0, 0, -0.15), (0, 0, 0.15), 0.15, coat),
            cylinder((0, 0, -0.155), (0, 0, 0.155), 0.09, DARK),
            round_box((-0.1, 0, -0.08), (0.1, 0.7, 0.08), 0.05, coat),
            fore,
        ],
        "rotate z*-18 translate <0.08,0.42,0>",
    )
    body = group(
        [
            cylinder((0, 0, 0), (0, 0.12, 0), 0.24, coat),
            round_box((-0.17, 0.12, -0.17), (0.2, 0.42, 0.17), 0.06, coat),
            arm,
        ],
        f"rotate y*{turn} translate <0,0.5,0>",
    )
    base = [
        box((-0.3, 0, -0.3), (0.3, 0.03, 0.3), DARK),
        round_box((-0.25, 0.02, -0.25), (0.25, 0.5, 0.25), 0.02, STEEL),
    ]
    return group([*base, body], place)


def fence(start: float, stop: float, z: float) -> list[str]:
    """A safety fence along x with yellow posts."""
    parts, x = [], start
    while x <= stop:
        parts.append(box((x, 0, z), (x + 0.05, 1.5, z + 0.05), paint(YELLOW, 0.3)))
        x += 1.0
    for low in (0.15, 1.45):
        parts.append(box((start, low, z + 0.01), (stop, low + 0.04, z + 0.04), paint(YELLOW, 0.3)))
    wire = paint((0.04, 0.04, 0.04), 0.2)
    parts += [
        cylinder((start + 0.125 * i, 0.15, z + 0.025), (start + 0.125 * i, 1.45, z + 0.025), 0.004, wire)
        for i in range(int((stop - start) * 8))
    ]
    parts += [
        cylinder((start, 0.3 + 0.14 * i, z + 0.025), (stop, 0.3 + 0.14 * i, z + 0.025), 0.004, wire) for i in range(8)
    ]
    return parts


def lines(floor_lines: list[tuple[float, float, float, float]], colour: Colour) -> list[str]:
    """Marks on the floor: rectangles (x0, z0, x1, z1) drawn as their outline."""
    texture, parts = paint(colour, 0.1), []
    for x0, z0, x1, z1 in floor_lines:
        for low, high in (
            ((x0, z0), (x1, z0 + 0.08)),
            ((x0, z1 - 0.08), (x1, z1)),
            ((x0, z0), (x0 + 0.08, z1)),
            ((x1 - 0.08, z0), (x1, z1)),
        ):
            parts.append(box((low[0], 0, low[1]), (high[0], 0.003, high[1]), texture))
    return parts
