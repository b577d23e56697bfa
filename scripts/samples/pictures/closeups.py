"""Things photographed from near by: workstations, trainers, labels, and papers lying on a desk."""

from __future__ import annotations

import random

from PIL import Image

from .drawn import asset_label, screen, sign
from .machines import DARK, ORANGE, STEEL, rack, robot
from .povray import Colour, Scene, box, cylinder, glow, paint, round_box, tiles, wood

OAK = wood((0.4, 0.25, 0.13), (0.48, 0.32, 0.18), 0.06)
BEECH = wood((0.6, 0.47, 0.32), (0.66, 0.53, 0.37), 0.06)
GREY_DESK = paint((0.5, 0.52, 0.55), 0.15, 0.03, 0.01)
WHITE_DESK = paint((0.72, 0.72, 0.7), 0.15, 0.04, 0.005)


def _studio(scene: Scene, desk: str, wall: Colour, depth: float = 1.2) -> None:
    scene.add(box((-3, -0.04, -1.5), (3, 0, depth), desk))
    scene.add(box((-4, -1, depth), (4, 3, depth + 0.1), paint(wall, 0.02, bump=0.02)))
    scene.lamp((-1.4, 2.2, -1.2), 0.9, 0.7)
    scene.lamp((1.8, 2.0, -0.4), 0.45, 0.9, (0.85, 0.92, 1.0))


def workstation(kind: str, seed: int, desk: str = BEECH, twin: bool = True, wall: Colour = (0.7, 0.72, 0.72)) -> Scene:
    """A computer on a desk, one or two monitors."""
    rng = random.Random(seed)
    scene = Scene((-0.45, 0.62, -1.25), (0.06, 0.2, 0.2), 54, sky=(0.7, 0.75, 0.8))
    _studio(scene, desk, wall)
    for index, x in enumerate((-0.32, 0.3) if twin else (-0.1,)):
        place = f"rotate y*{(-12, 12)[index] if twin else -6} translate <{x},0,0.25>"
        scene.add(
            f"union {{ {round_box((-0.29, 0.1, 0), (0.29, 0.45, 0.03), 0.008, DARK)} {round_box((-0.1, 0, -0.06), (0.1, 0.012, 0.14), 0.005, DARK)} {box((-0.03, 0, 0.03), (0.03, 0.25, 0.05), DARK)} {place} }}"
        )
        scene.picture(
            screen(kind if index == 0 else "sheet", rng), 0.555, 0.315, f"translate <0,0.278,-0.006> {place}", 0.8
        )
    scene.add(round_box((0.66, 0, 0.02), (0.86, 0.45, 0.5), 0.012, paint((0.04, 0.04, 0.045), 0.4, 0.05)))
    scene.add(cylinder((0.7, 0.41, 0.018), (0.7, 0.41, 0.024), 0.012, glow((0.7, 0.85, 1), 1.2)))
    scene.add(
        *[
            box((0.69, 0.05 + i * 0.02, 0.017), (0.83, 0.06 + i * 0.02, 0.022), paint((0.01, 0.01, 0.01), 0.1))
            for i in range(12)
        ]
    )
    scene.add(round_box((-0.32, 0, -0.28), (0.14, 0.018, -0.13), 0.006, DARK))
    key = paint((0.09, 0.09, 0.1), 0.2)
    for row in range(5):
        scene.add(
            *[
                round_box(
                    (-0.31 + i * 0.03, 0.016, -0.275 + row * 0.028),
                    (-0.286 + i * 0.03, 0.024, -0.252 + row * 0.028),
                    0.003,
                    key,
                )
                for i in range(15)
            ]
        )
    scene.add(round_box((0.24, 0, -0.27), (0.3, 0.032, -0.17), 0.015, DARK))
    return scene


def label(desk_colour: Colour, school: str, name: str, model: str, code: str, date: str) -> Scene:
    """An asset label stuck on a piece of equipment."""
    scene = Scene((-0.02, 0.16, -0.21), (0.01, 0.0, 0.0), 46, radiosity=False, sky=(0.6, 0.65, 0.7))
    scene.add(box((-1, -0.05, -1), (1, 0, 1), paint(desk_colour, 0.3, 0.06, 0.03)))
    scene.picture(
        asset_label(school, name, model, code, date),
        0.16,
        0.096,
        "rotate x*90 rotate y*4 translate <0,0.0042,0>",
        gloss=0.35,
    )
    for x, z in ((-0.13, 0.085), (0.13, 0.085), (-0.13, -0.085), (0.13, -0.085)):
        scene.add(cylinder((x, 0, z), (x, 0.003, z), 0.006, STEEL))
    scene.add(*[box((-0.4, -0.001, 0.13 + i * 0.014), (0.4, 0.0015, 0.137 + i * 0.014), DARK) for i in range(14)])
    scene.lamp((-0.6, 1.2, 0.4), 1.1, 0.4)
    scene.lamp((0.8, 0.8, -0.6), 0.35, 0.4, (0.85, 0.92, 1))
    return scene


def paper(
    page: Image.Image, desk: str, turn: float, width: float = 0.297, tilt: float = 0.12, pen: bool = True
) -> Scene:
    """A sheet lying on a desk, photographed by hand from above; `turn` in degrees, `width` of the page in metres."""
    height = width * page.height / page.width
    distance = max(width, height) * 1.3
    scene = Scene(
        (0, distance, -distance * tilt), (0, 0, 0), 54 if width > height else 50, radiosity=False, sky=(0.6, 0.6, 0.6)
    )
    scene.add(box((-2, -0.05, -2), (2, 0, 2), desk))
    scene.picture(page, width, height, f"rotate x*90 rotate y*{turn} translate <0,0.0045,0>", gloss=0.05)
    if pen:
        scene.add(
            cylinder(
                (width / 2 + 0.012, 0.006, -0.11),
                (width / 2 + 0.04, 0.006, 0.05),
                0.005,
                paint((0.02, 0.03, 0.12), 0.8, 0.2),
            )
        )
        scene.add(cylinder((width / 2 + 0.04, 0.006, 0.05), (width / 2 + 0.0435, 0.006, 0.07), 0.005, STEEL))
    scene.lamp((-0.5, 1.3, 0.9), 0.72, 0.35)
    scene.lamp((0.9, 1.0, -0.4), 0.2, 0.5, (0.85, 0.92, 1))
    return scene


def robot_portrait(colour: Colour = ORANGE) -> Scene:
    """One robot arm at its bench, tall."""
    scene = Scene((-1.3, 1.6, -2.6), (0.3, 0.85, 0.0), 50)
    scene.add(box((-5, -0.1, -4), (5, 0, 4), tiles((0.5, 0.55, 0.52), (0.3, 0.3, 0.3))))
    scene.add(box((-5, 0, 2), (5, 4, 2.1), paint((0.72, 0.74, 0.76), 0.02, bump=0.02)))
    scene.add(robot(colour, "translate <-0.1,0,0>", 32, 14))
    scene.add(round_box((0.45, 0, -0.5), (1.5, 0.75, 0.5), 0.01, paint((0.75, 0.77, 0.8), 0.3, 0.03)))
    scene.add(box((0.42, 0.75, -0.53), (1.53, 0.78, 0.53), STEEL))
    for index in range(9):
        hue = ((0.7, 0.06, 0.05), (0.06, 0.2, 0.6), (0.85, 0.65, 0.1))[index % 3]
        x, z = 0.6 + 0.16 * (index % 3), -0.3 + 0.16 * (index // 3)
        scene.add(round_box((x, 0.78, z), (x + 0.09, 0.85, z + 0.09), 0.005, paint(hue, 0.4)))
    plate = sign("1号工作站")
    scene.picture(plate, 0.14 * plate.width / plate.height, 0.14, "translate <1.0,0.5,-0.51>")
    scene.lamp((-1.5, 3.2, -1.8), 1.1, 1)
    scene.lamp((2.0, 3.0, -0.5), 0.6, 1, (0.88, 0.94, 1))
    return scene


def rack_front(seed: int) -> Scene:
    """Servers in a rack from near by."""
    scene = Scene((-0.5, 1.35, -1.0), (0.03, 1.12, 0.0), 56, radiosity=False, sky=(0.3, 0.33, 0.36))
    rng = random.Random(seed)
    for x in (-0.62, 0, 0.62):
        scene.add(rack(x, 0, rng))
    scene.lamp((-1.2, 2.6, -1.6), 1.0, 0.8)
    scene.lamp((1.5, 1.8, -1.8), 0.5, 0.8, (0.8, 0.9, 1))
    return scene


def battery_bench() -> Scene:
    """A battery pack with orange leads on a bench, and a meter."""
    scene = Scene((-0.75, 0.95, -1.15), (0.05, 0.1, 0.1), 56)
    _studio(scene, GREY_DESK, (0.72, 0.74, 0.74), 1.4)
    scene.add(round_box((-0.7, 0, -0.3), (0.6, 0.06, 0.5), 0.02, paint((0.08, 0.08, 0.09), 0.3, 0.04)))
    for column in range(6):
        for row in range(2):
            x, z = -0.62 + column * 0.2, -0.24 + row * 0.36
            scene.add(round_box((x, 0.05, z), (x + 0.17, 0.2, z + 0.32), 0.01, paint((0.55, 0.57, 0.6), 0.4, 0.06)))
            for dz, hue in ((0.06, (0.75, 0.05, 0.04)), (0.25, (0.04, 0.04, 0.05))):
                scene.add(cylinder((x + 0.085, 0.2, z + dz), (x + 0.085, 0.225, z + dz), 0.018, paint(hue, 0.4)))
        if column < 5:
            for z in (-0.18, 0.18):
                scene.add(
                    box((-0.535 + column * 0.2, 0.222, z - 0.012), (-0.335 + column * 0.2, 0.23, z + 0.012), STEEL)
                )
    lead = paint((0.9, 0.32, 0.02), 0.35)
    scene.add(
        f"sphere_sweep {{ cubic_spline, 6, <0.4,0.23,-0.3>,0.014 <0.5,0.23,-0.1>,0.014 <0.7,0.3,-0.1>,0.014 <0.85,0.05,-0.25>,0.014 <1.1,0.02,-0.1>,0.014 <1.4,0.02,0>,0.014 {lead} }}"
    )
    scene.add(round_box((0.72, 0, 0.1), (0.98, 0.2, 0.3), 0.02, paint((0.85, 0.6, 0.05), 0.3)))
    scene.picture(sign("368.4 V", "#b8c7a8", "#101810"), 0.18, 0.07, "translate <0.85,0.13,0.095>", 0.4)
    scene.add(cylinder((0.85, 0.05, 0.095), (0.85, 0.05, 0.085), 0.025, DARK))
    plate = sign("高压危险　请勿触摸", "#f2c200", "#201a00")
    scene.picture(plate, 0.07 * plate.width / plate.height, 0.07, "translate <-0.05,0.09,-0.305>")
    return scene


def plc_bench() -> Scene:
    """A controller trainer: rails with modules, buttons and lamps on an upright panel."""
    scene = Scene((-0.55, 0.75, -1.3), (0.05, 0.42, 0.2), 52)
    _studio(scene, GREY_DESK, (0.7, 0.72, 0.73), 1.4)
    scene.add(box((-0.75, 0, 0.28), (0.75, 0.9, 0.34), paint((0.78, 0.8, 0.8), 0.3, 0.03)))
    rng = random.Random(8)
    for y in (0.68, 0.42):
        scene.add(box((-0.68, y, 0.27), (0.68, y + 0.03, 0.28), STEEL))
        x = -0.64
        while x < 0.55:
            width = rng.choice((0.06, 0.09, 0.14))
            shade = rng.choice((0.12, 0.3, 0.62, 0.75))
            scene.add(
                round_box(
                    (x, y - 0.07, 0.17),
                    (x + width - 0.008, y + 0.1, 0.27),
                    0.006,
                    paint((shade, shade, shade * 1.04), 0.3),
                )
            )
            for light in range(6):
                hue = (0.1, 0.9, 0.2) if rng.random() < 0.6 else (0.2, 0.22, 0.2)
                scene.add(
                    box(
                        (x + 0.008, y + 0.03 - light * 0.013, 0.168),
                        (x + 0.016, y + 0.037 - light * 0.013, 0.17),
                        glow(hue, 0.9),
                    )
                )
            scene.add(
                box((x + 0.003, y - 0.066, 0.165), (x + width - 0.012, y - 0.05, 0.17), paint((0.1, 0.42, 0.2), 0.2))
            )
            x += width
    hues: list[Colour] = [(0.7, 0.04, 0.03), (0.05, 0.5, 0.12), (0.85, 0.6, 0.03), (0.06, 0.2, 0.65), (0.8, 0.8, 0.8)]
    for index in range(10):
        x = -0.6 + index * 0.13
        scene.add(cylinder((x, 0.16, 0.28), (x, 0.16, 0.262), 0.03, STEEL))
        scene.add(cylinder((x, 0.16, 0.262), (x, 0.16, 0.235), 0.02, paint(hues[index % 5], 0.5, 0.05)))
    for index in range(9):
        hue = ((0.7, 0.05, 0.04), (0.05, 0.1, 0.5), (0.03, 0.03, 0.03))[index % 3]
        x = -0.55 + 0.13 * index
        scene.add(
            f"sphere_sweep {{ cubic_spline, 5, <{x},0.7,0.1>,0.006 <{x},0.35,0.17>,0.006 <{x + 0.04},0.28,0.06>,0.006 <{x + rng.uniform(-0.2, 0.2)},0.17,0.23>,0.006 <{x},0.1,0.4>,0.006 {paint(hue, 0.3)} }}"
        )
    scene.picture(sign("可编程控制器实训装置"), 0.62, 0.07, "translate <0,0.84,0.275>")
    scene.add(round_box((0.3, 0, -0.4), (0.75, 0.02, -0.08), 0.008, DARK))
    scene.picture(screen("ladder", rng), 0.4, 0.25, "rotate x*18 translate <0.52,0.17,-0.04>", 0.75)
    return scene
