"""Workshops seen from a corner: cars, robot cells, a row of server racks."""

from __future__ import annotations

import random

from .drawn import banner, board, screen, sign
from .povray import (
    Colour,
    Point,
    Scene,
    box,
    cylinder,
    glow,
    group,
    metal,
    paint,
    prism,
    round_box,
    sphere,
    tiles,
    wood,
)
from .rooms import shell

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


RESIN = "texture { pigment { rgb <0.2,0.33,0.27> } finish { ambient 0 diffuse 0.7 specular 0.3 roughness 0.02 reflection { 0.03 0.3 } } }"


def car_workshop(slogan: str, rules: str, eye: Point = (-5.4, 2.3, -1.6), target: Point = (0.8, 1.0, 6.5)) -> Scene:
    """The hall where whole cars stand."""
    scene = Scene(eye, target, 74)
    shell(scene, 14, 15, 4.6, (0.84, 0.85, 0.84), RESIN, True)
    scene.add(
        *lines([(-4.6, 2.0, 0.2, 5.0), (-4.6, 6.0, 0.2, 9.0), (1.4, 3.4, 6.2, 6.4), (1.4, 7.6, 6.2, 10.6)], YELLOW)
    )
    scene.add(car((0.8, 0.82, 0.84), "rotate y*4 translate <-2.2,0,3.4>", True))
    scene.add(car((0.05, 0.2, 0.5), "rotate y*-3 translate <-2.3,0,7.5>"))
    scene.add(car((0.75, 0.74, 0.7), "translate <3.8,0,5>"))
    scene.add(car((0.45, 0.03, 0.04), "rotate y*2 translate <3.7,1.1,9.1>"))
    for z in (7.7, 10.5):
        scene.add(box((3.55, 0, z - 0.12), (3.85, 3.2, z + 0.12), paint((0.1, 0.25, 0.6), 0.4, 0.05)))
        for x in (2.6, 4.8):
            scene.add(box((x, 1.1, min(z, 9.1)), (x + 0.12, 1.2, max(z, 9.1)), DARK))
    for number, colour in enumerate(((0.7, 0.05, 0.04), (0.7, 0.05, 0.04), (0.08, 0.2, 0.5))):
        scene.add(tool_cabinet(-5.9 + number * 0.1, 4.2 + number * 1.6, colour, "rotate y*-90"))
    for x in (-3.5, 0.0, 3.5):
        scene.add(box((x, 0, 14.3), (x + 1.6, 0.85, 14.9), wood((0.35, 0.25, 0.16), (0.5, 0.38, 0.25))))
        scene.picture(screen("chart", random.Random(int(x))), 0.5, 0.3, f"translate <{x + 0.8},1.1,14.5>", 0.6)
    slogan_picture = banner(slogan, "#14509a", "#ffffff")
    scene.picture(slogan_picture, 0.7 * slogan_picture.width / slogan_picture.height, 0.7, "translate <0,3.4,14.95>")
    charge = sign("高压危险　专人操作", "#f2c200", "#201a00")
    scene.picture(charge, 0.3 * charge.width / charge.height, 0.3, "translate <-4.3,1.9,14.95>")
    picture = board(
        rules,
        (
            "穿戴绝缘防护用品方可进行高压作业。",
            "断电、验电、挂牌后开始拆装。",
            "举升车辆前确认四点支承可靠。",
            "工量具用后清点归位。",
        ),
    )
    for x in (-5.4, 5.0):
        scene.picture(picture, 1.0, 1.4, f"translate <{x},1.9,14.95>")
    return scene


def robot_hall(slogan: str) -> Scene:
    """Robot cells behind a safety fence."""
    scene = Scene((-4.6, 1.9, -1.4), (0.5, 1.0, 5.0), 70)
    shell(scene, 12, 13, 3.8, (0.85, 0.86, 0.87), RESIN, True)
    rng = random.Random(31)
    for row in range(2):
        for column in range(4):
            x, z = -3.9 + column * 2.6, 3.2 + row * 4.2
            scene.add(*lines([(x - 1.1, z - 1.0, x + 1.2, z + 1.3)], YELLOW))
            colour = ORANGE if row == 0 else YELLOW
            scene.add(robot(colour, f"translate <{x - 0.3},0,{z}>", rng.uniform(10, 60), rng.uniform(-25, 25)))
            scene.add(
                round_box((x + 0.25, 0, z - 0.45), (x + 1.1, 0.8, z + 0.45), 0.01, paint((0.75, 0.77, 0.8), 0.3, 0.03))
            )
            scene.add(box((x + 0.22, 0.8, z - 0.48), (x + 1.13, 0.83, z + 0.48), STEEL))
            for block in range(6):
                hue = rng.choice(((0.7, 0.06, 0.05), (0.06, 0.2, 0.6), (0.8, 0.75, 0.7)))
                left = x + 0.35 + 0.22 * (block % 3)
                scene.add(
                    box(
                        (left, 0.83, z - 0.3 + 0.35 * (block // 3)),
                        (left + 0.1, 0.9, z - 0.18 + 0.35 * (block // 3)),
                        paint(hue, 0.4),
                    )
                )
            scene.add(box((x - 1.0, 0, z + 0.7), (x - 0.4, 1.1, z + 1.2), paint((0.55, 0.57, 0.6), 0.3)))
            for light, hue in enumerate(((0.1, 0.9, 0.2), (0.9, 0.6, 0.05), (0.9, 0.08, 0.05))):
                scene.add(
                    cylinder(
                        (x - 0.7, 1.1 + light * 0.07, z + 0.95),
                        (x - 0.7, 1.165 + light * 0.07, z + 0.95),
                        0.035,
                        glow(hue, 0.9 if light == 0 else 0.25),
                    )
                )
        scene.add(*fence(-5.2, 5.4, 1.7 + row * 4.2))
    slogan_picture = banner(slogan, "#0f4c81", "#ffffff")
    scene.picture(slogan_picture, 0.5 * slogan_picture.width / slogan_picture.height, 0.5, "translate <0,3.0,12.95>")
    rules = board(
        "工业机器人安全操作规程",
        (
            "进入安全栅前确认急停按钮已按下。",
            "示教时运行速度不得超过 250 mm/s。",
            "严禁在机器人运行时进入工作区。",
            "每日首次运行前校验原点。",
        ),
        "#c07a00",
    )
    for x in (-4.6, 4.4):
        scene.picture(rules, 0.9, 1.26, f"translate <{x},1.7,12.95>")
    return scene


def server_room(target_x: float = 0.3, seed: int = 5, name: str = "数据中心实训机房") -> Scene:
    """An aisle between racks."""
    rng = random.Random(seed)
    scene = Scene((-0.25, 1.55, -1.9), (target_x, 1.05, 4), 68)
    shell(scene, 5, 9, 2.9, (0.82, 0.84, 0.86), tiles((0.78, 0.8, 0.8), (0.3, 0.3, 0.3), 0.6, 0.22), False)
    for step in range(8):
        scene.add(rack(0, 0, rng, f"rotate y*-90 translate <-0.85,0,{0.2 + step * 0.64}>"))
        scene.add(rack(0, 0, rng, f"rotate y*90 translate <0.85,0,{0.2 + step * 0.64}>"))
    plate = sign(name, "#10243f", "#e8eef5")
    scene.picture(plate, 0.26 * plate.width / plate.height, 0.26, "translate <0,2.45,8.9>")
    scene.add(round_box((-0.5, 0, 8.2), (0.5, 1.9, 8.9), 0.03, paint((0.86, 0.87, 0.87), 0.3, 0.05)))
    scene.add(box((-0.3, 1.2, 8.18), (0.3, 1.7, 8.2), DARK))
    scene.add(cylinder((-1.9, 2.5, 0), (-1.9, 2.5, 8.9), 0.07, STEEL), box((-1.3, 2.3, 0), (-0.9, 2.33, 8.5), STEEL))
    return scene
