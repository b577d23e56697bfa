"""Rooms seen from a corner: computer rooms, a lecture laboratory, a machine hall."""

from __future__ import annotations

import random
from dataclasses import dataclass

from .drawn import banner, board, screen
from .povray import Colour, Scene, box, cylinder, glow, group, paint, round_box, tiles, wood

WHITE: Colour = (0.86, 0.86, 0.83)
GREY: Colour = (0.35, 0.36, 0.38)
BLACK: Colour = (0.03, 0.03, 0.035)


@dataclass(frozen=True)
class RoomStyle:
    """What makes one computer room look unlike the next."""

    seed: int
    screens: str
    slogan: str
    rules: str
    wall: Colour = (0.84, 0.83, 0.78)
    floor: Colour = (0.62, 0.6, 0.55)
    desk: Colour = (0.75, 0.68, 0.56)
    chair: Colour = (0.08, 0.16, 0.36)
    rows: int = 4
    columns: int = 5
    width: float = 9
    length: float = 11
    eye: tuple[float, float, float] = (-3.6, 2.1, -1.2)
    target: tuple[float, float, float] = (0.6, 0.9, 6)
    angle: float = 72
    daylight: bool = True


def shell(scene: Scene, width: float, length: float, height: float, wall: Colour, floor: str, daylight: bool) -> None:
    """Floor, ceiling with lamps, four walls, and windows on the right that let the day in."""
    half, back = width / 2, -2.5
    plaster = paint(wall, 0.02, bump=0.02)
    scene.add(box((-half, -0.1, back), (half, 0, length), floor))
    scene.add(box((-half, height, back), (half, height + 0.1, length), paint((0.88, 0.88, 0.87), 0)))
    scene.add(box((-half, 0, length), (half, height, length + 0.1), plaster))
    scene.add(box((-half, 0, back - 0.1), (half, height, back), plaster))
    scene.add(box((-half - 0.1, 0, back), (-half, height, length), plaster))
    scene.add(box((-half, 0, back), (-half + 0.015, 0.12, length), paint((0.3, 0.25, 0.22))))
    panes = [
        f"box {{ <{half - 0.2},0.95,{z}>, <{half + 0.4},{height - 0.45},{z + 1.9}> }}"
        for z in _steps(0.2, length - 2.2, 2.5)
    ]
    scene.add(
        f"difference {{ box {{ <{half},0,{back}>, <{half + 0.16},{height},{length}> }} {' '.join(panes)} {plaster} }}"
    )
    frame = paint((0.8, 0.82, 0.82), 0.3)
    for z in _steps(0.2, length - 2.2, 2.5):
        for offset in (0.0, 0.93, 1.86):
            scene.add(box((half + 0.04, 0.95, z + offset), (half + 0.09, height - 0.45, z + offset + 0.05), frame))
        scene.add(box((half + 0.04, height - 1.0, z), (half + 0.09, height - 0.95, z + 1.9), frame))
        scene.add(box((half - 0.04, 0.9, z - 0.05), (half + 0.1, 0.95, z + 1.95), paint((0.7, 0.68, 0.65), 0.3)))
        if daylight:
            scene.add(box((half + 0.5, 0.5, z - 0.3), (half + 0.52, height, z + 2.2), glow((0.85, 0.93, 1.0), 1.25)))
    for z in _steps(1.0, length - 1, 3.0):
        for x in (-half / 2, half / 2):
            scene.add(
                box((x - 0.6, height - 0.03, z - 0.15), (x + 0.6, height - 0.01, z + 0.15), glow((1, 0.98, 0.94), 1.6))
            )
    for z in (1.5, length * 0.62):
        scene.lamp((0, height - 0.12, z), 0.85, width * 0.6, fade=4)


def _steps(start: float, stop: float, step: float) -> list[float]:
    values = []
    while start <= stop:
        values.append(round(start, 3))
        start += step
    return values


def workplace(scene: Scene, x: float, z: float, style: RoomStyle, rng: random.Random) -> None:
    """A desk with a computer, seen from behind the chair (which faces +z)."""
    red, green, blue = style.desk
    plate = wood((red * 0.85, green * 0.85, blue * 0.85), style.desk)
    scene.add(round_box((x - 0.6, 0.71, z), (x + 0.6, 0.745, z + 0.65), 0.008, plate))
    steel = paint((0.5, 0.5, 0.52), 0.3, 0.05)
    for side in (-0.57, 0.53):
        scene.add(box((x + side, 0, z + 0.05), (x + side + 0.04, 0.71, z + 0.6), steel))
    scene.add(box((x - 0.55, 0.25, z + 0.58), (x + 0.55, 0.7, z + 0.6), steel))
    shift, turn = rng.uniform(-0.05, 0.05), rng.uniform(-9, 9)
    place = f"rotate y*{turn} translate <{x + shift},0,{z + 0.42}>"
    dark = paint(BLACK, 0.4, 0.04)
    scene.add(
        group(
            [
                round_box((-0.27, 0.86, 0), (0.27, 1.19, 0.03), 0.006, dark),
                box((-0.03, 0.75, 0.02), (0.03, 0.95, 0.05), dark),
                round_box((-0.12, 0.745, -0.06), (0.12, 0.757, 0.12), 0.004, dark),
            ],
            place,
        )
    )
    if rng.random() < 0.92:
        scene.picture(screen(style.screens, rng), 0.52, 0.3, f"translate <0,1.03,-0.006> {place}", 0.75)
    scene.add(round_box((x - 0.22, 0.745, z + 0.1), (x + 0.2, 0.765, z + 0.24), 0.005, dark, f"translate x*{shift}"))
    scene.add(round_box((x + 0.27, 0.745, z + 0.13), (x + 0.33, 0.772, z + 0.23), 0.012, dark))
    scene.add(round_box((x + 0.38, 0.02, z + 0.12), (x + 0.55, 0.42, z + 0.52), 0.01, paint((0.05, 0.05, 0.06), 0.3)))
    chair(scene, x + rng.uniform(-0.08, 0.08), z - 0.32 + rng.uniform(-0.12, 0.06), rng.uniform(-18, 18), style.chair)


def chair(scene: Scene, x: float, z: float, turn: float, colour: Colour) -> None:
    """A chair facing +z."""
    cloth, leg = paint(colour, 0.1, bump=0.05), paint((0.1, 0.1, 0.1), 0.4)
    parts = [
        round_box((-0.23, 0.42, -0.22), (0.23, 0.48, 0.22), 0.025, cloth),
        round_box((-0.22, 0.58, -0.27), (0.22, 0.98, -0.23), 0.018, cloth),
        cylinder((0, 0.1, 0), (0, 0.42, 0), 0.03, leg),
        box((-0.02, 0.45, -0.27), (0.02, 0.7, -0.25), leg),
    ]
    for angle in range(0, 360, 72):
        parts.append(cylinder((0, 0.09, 0), (0.27, 0.05, 0), 0.018, leg, f"rotate y*{angle}"))
    scene.add(group(parts, f"rotate y*{turn} translate <{x},0,{z}>"))


def computer_room(style: RoomStyle) -> Scene:
    """Rows of computers before a board, with windows on one side."""
    rng = random.Random(style.seed)
    scene = Scene(style.eye, style.target, style.angle)
    height = 3.0
    shell(scene, style.width, style.length, height, style.wall, tiles(style.floor, (0.4, 0.39, 0.37)), style.daylight)
    pitch = (style.width - 1.6) / style.columns
    for row in range(style.rows):
        for column in range(style.columns):
            x = -style.width / 2 + 0.9 + pitch * (column + 0.5) - 0.1
            workplace(scene, x, 1.1 + row * 1.65, style, rng)
    front = style.length - 0.02
    scene.add(box((-2.0, 0.95, front - 0.03), (2.0, 2.25, front), paint((0.85, 0.88, 0.86), 0.4, 0.1)))
    scene.add(box((-2.05, 0.9, front - 0.035), (2.05, 0.95, front), paint((0.5, 0.5, 0.52), 0.4)))
    scene.picture(screen(style.screens, rng), 1.9, 1.1, f"translate <-0.2,1.6,{front - 0.05}>", 0.55)
    slogan = banner(style.slogan)
    scene.picture(slogan, 0.36 * slogan.width / slogan.height, 0.36, f"translate <0,2.58,{front - 0.02}>")
    rules = board(
        style.rules,
        (
            "按时到岗，听从安排，对号入座。",
            "爱护设备，不得擅自拆装、调换部件。",
            "保持安静，严禁将食物带入实训室。",
            "实训结束整理工位，关闭电源并登记。",
        ),
    )
    for z in (3.2, 5.2, 7.2):
        scene.picture(rules, 0.75, 1.05, f"rotate y*-90 translate <{-style.width / 2 + 0.02},1.65,{z}>")
    scene.add(round_box((-3.4, 1.9, front - 0.35), (-2.5, 2.2, front - 0.02), 0.03, paint((0.85, 0.85, 0.84), 0.3)))
    scene.add(
        round_box((2.6, 0, front - 0.9), (3.7, 0.95, front - 0.3), 0.02, wood((0.35, 0.22, 0.12), (0.48, 0.32, 0.2)))
    )
    return scene
