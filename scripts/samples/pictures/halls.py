"""Workshops seen from a corner: cars, robot cells, a row of server racks, battery benches."""

from __future__ import annotations

import random

from .drawn import banner, board, screen, sign
from .machines import DARK, ORANGE, STEEL, YELLOW, car, fence, lines, rack, robot, tool_cabinet
from .povray import Point, Scene, box, cylinder, glow, paint, round_box, tiles, wood
from .rooms import shell

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


def battery_room() -> Scene:
    """Benches with opened battery packs and motors, in two rows."""
    scene = Scene((-3.4, 2.0, -1.5), (0.4, 0.7, 4.5), 68)
    shell(scene, 9, 10, 3.2, (0.83, 0.85, 0.86), RESIN, True)
    rng = random.Random(23)
    for row in range(3):
        for x in (-2.4, 0.2, 2.8):
            z = 1.6 + row * 2.4
            scene.add(
                round_box(
                    (x - 0.9, 0.78, z - 0.45), (x + 0.9, 0.83, z + 0.45), 0.01, paint((0.1, 0.28, 0.2), 0.3, 0.05)
                )
            )
            scene.add(*[box((x + dx, 0, z - 0.4), (x + dx + 0.06, 0.78, z + 0.4), STEEL) for dx in (-0.85, 0.79)])
            scene.add(round_box((x - 0.8, 0.83, z - 0.35), (x + 0.3, 0.88, z + 0.35), 0.02, DARK))
            for cell in range(8):
                left, near = x - 0.75 + 0.26 * (cell % 4), z - 0.3 + 0.32 * (cell // 4)
                scene.add(
                    round_box(
                        (left, 0.87, near), (left + 0.22, 1.02, near + 0.27), 0.01, paint((0.55, 0.57, 0.6), 0.4, 0.05)
                    )
                )
                scene.add(
                    cylinder(
                        (left + 0.11, 1.02, near + 0.07),
                        (left + 0.11, 1.04, near + 0.07),
                        0.02,
                        paint((0.75, 0.05, 0.04), 0.4),
                    )
                )
            scene.add(cylinder((x + 0.45, 1.0, z), (x + 0.78, 1.0, z), 0.16, STEEL))
            lead = [
                cylinder((x + 0.3, 0.9, z + dz), (x + 0.5, 0.95, z + dz), 0.02, paint(ORANGE, 0.3))
                for dz in (-0.1, 0.0, 0.1)
            ]
            scene.add(*lead)
            if rng.random() < 0.6:
                scene.picture(
                    screen("chart", rng),
                    0.42,
                    0.26,
                    f"rotate y*{rng.uniform(-15, 15)} translate <{x + 0.55},1.32,{z + 0.3}>",
                    0.7,
                )
                scene.add(box((x + 0.53, 0.83, z + 0.32), (x + 0.57, 1.25, z + 0.34), DARK))
    slogan = banner("断电　验电　挂牌　再操作", "#0f5c46", "#ffffff")
    scene.picture(slogan, 0.4 * slogan.width / slogan.height, 0.4, "translate <0,2.6,9.95>")
    warning = sign("高压危险　专人操作", "#f2c200", "#201a00")
    scene.picture(warning, 0.26 * warning.width / warning.height, 0.26, "translate <-2.6,1.9,9.95>")
    rules = board(
        "高压实训安全守则",
        (
            "两人一组，一人操作一人监护。",
            "佩戴绝缘手套、护目镜、绝缘靴。",
            "拆下高压部件后用绝缘胶带封口。",
            "发现异味、冒烟立即按下急停。",
        ),
        "#0f5c46",
    )
    scene.picture(rules, 0.9, 1.26, "translate <2.9,1.7,9.95>")
    return scene
