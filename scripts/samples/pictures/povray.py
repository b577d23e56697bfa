"""Scenes for the ray tracer: a small vocabulary of shapes and finishes, and one call that renders them.

POV-Ray (Debian package `povray`) is needed only to make the pictures again; the committed pictures are the truth.
Lengths are metres, y points up, colours are (red, green, blue) from 0 to 1.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

Colour = tuple[float, float, float]
Point = tuple[float, float, float]


def vector(values: Iterable[float]) -> str:
    """A vector as the tracer writes it."""
    return "<" + ",".join(f"{value:.4f}" for value in values) + ">"


def paint(colour: Colour, gloss: float = 0.1, mirror: float = 0.0, bump: float = 0.0) -> str:
    """A painted or plastic surface; `bump` roughens it."""
    normal = f"normal {{ granite {bump} scale 0.05 }}" if bump else ""
    return (
        f"texture {{ pigment {{ rgb {vector(colour)} }} {normal} finish {{ ambient 0 diffuse 0.75 "
        f"specular {gloss} roughness 0.03 reflection {{ {mirror * 0.3} {mirror} }} }} }}"
    )


def metal(colour: Colour) -> str:
    """A brushed metal surface."""
    return (
        f"texture {{ pigment {{ rgb {vector(colour)} }} normal {{ bozo 0.02 scale <0.3,0.004,0.3> }} "
        "finish { ambient 0 diffuse 0.55 specular 0.5 roughness 0.02 metallic reflection { 0.1 metallic } } }"
    )


def glow(colour: Colour, strength: float = 1.0) -> str:
    """A surface that shines by itself: a lamp, a diode."""
    return f"texture {{ pigment {{ rgb {vector(colour)} }} finish {{ ambient 0 emission {strength} diffuse 0 }} }}"


def wood(dark: Colour, light: Colour, scale: float = 0.25) -> str:
    """A wooden surface with grain along x."""
    return (
        f"texture {{ pigment {{ wood turbulence 0.06 octaves 4 color_map {{ [0 rgb {vector(light)}] [0.7 rgb {vector(dark)}] "
        f"[1 rgb {vector(light)}] }} rotate y*90 rotate z*2 scale <{scale * 6},{scale * 0.4},{scale * 0.4}> }} "
        "finish { ambient 0 diffuse 0.75 specular 0.15 roughness 0.05 reflection { 0.0 0.06 } } }"
    )


def tiles(light: Colour, joint: Colour, size: float = 0.6, mirror: float = 0.12) -> str:
    """A tiled floor: cells of `size` metres with thin joints, faintly mirroring."""
    return (
        f"texture {{ pigment {{ brick rgb {vector(joint)}, rgb {vector(light)} brick_size <{size},{size},{size * 3}> "
        f"mortar 0.006 rotate x*90 }} finish {{ ambient 0 diffuse 0.7 specular 0.2 roughness 0.02 "
        f"reflection {{ 0.02 {mirror} }} }} }}"
    )


def box(low: Point, high: Point, texture: str, place: str = "") -> str:
    """A box between two corners, then moved by the tracer's words in `place`."""
    return f"box {{ {vector(low)}, {vector(high)} {texture} {place} }}"


def round_box(low: Point, high: Point, radius: float, texture: str, place: str = "") -> str:
    """A box with rounded edges."""
    return f"object {{ Round_Box({vector(low)}, {vector(high)}, {radius}, 1) {texture} {place} }}"


def cylinder(start: Point, end: Point, radius: float, texture: str, place: str = "") -> str:
    """A cylinder between two points."""
    return f"cylinder {{ {vector(start)}, {vector(end)}, {radius} {texture} {place} }}"


def sphere(centre: Point, radius: float, texture: str, place: str = "") -> str:
    """A ball."""
    return f"sphere {{ {vector(centre)}, {radius} {texture} {place} }}"


def group(parts: Iterable[str], place: str) -> str:
    """Several shapes moved as one."""
    return "union { " + "\n".join(parts) + f" {place} }}"


def prism(points: Iterable[tuple[float, float]], low: float, high: float, texture: str, place: str = "") -> str:
    """An outline in the x-y plane drawn out along z from `low` to `high`."""
    outline = [*points]
    outline.append(outline[0])
    corners = ", ".join(f"<{x:.4f},{y:.4f}>" for x, y in outline)
    # The tracer's prisms stand on x-z; turning by -90° about x lays the outline into x-y.
    return (
        f"prism {{ linear_sweep linear_spline {-high}, {-low}, {len(outline)}, {corners} rotate x*-90 scale <1,1,1> "
        f"{texture} {place} }}"
    )


@dataclass
class Scene:
    """What stands before the camera. `radiosity` lets light bounce between surfaces, as in a real room."""

    eye: Point
    target: Point
    angle: float = 65
    focus: float = 0
    sky: Colour = (0.8, 0.88, 1.0)
    exposure: float = 1.0
    radiosity: bool = True
    parts: list[str] = field(default_factory=list)
    images: dict[str, Image.Image] = field(default_factory=dict)

    def add(self, *parts: str) -> None:
        """Put shapes into the scene."""
        self.parts.extend(parts)

    def picture(
        self, image: Image.Image, width: float, height: float, place: str, emission: float = 0.0, gloss: float = 0.1
    ) -> None:
        """Hang a flat picture facing -z, its centre at the origin, then moved by `place`; `emission` for screens."""
        name = f"image{len(self.images)}.png"
        self.images[name] = image
        self.parts.append(
            f'box {{ <0,0,0>, <1,1,0.004> texture {{ pigment {{ image_map {{ png "{name}" interpolate 2 once }} }} '
            f"finish {{ ambient 0 emission {emission} diffuse {0.85 if not emission else 0.3} specular {gloss} roughness 0.02 }} }} "
            f"translate <-0.5,-0.5,0> scale <{width},{height},1> {place} }}"
        )

    def lamp(
        self, at: Point, strength: float, size: float = 0.6, colour: Colour = (1, 0.97, 0.92), fade: float = 3
    ) -> None:
        """A square lamp lying in the x-z plane, throwing soft shadows."""
        self.parts.append(
            f"light_source {{ {vector(at)} rgb {vector(c * strength for c in colour)} area_light <{size},0,0>, <0,0,{size}>, "
            f"4, 4 adaptive 1 jitter fade_distance {fade} fade_power 2 }}"
        )

    def source(self) -> str:
        """The scene in the tracer's language."""
        focal = ""
        if self.focus:
            focal = f"focal_point {vector(self.target)} aperture {self.focus} blur_samples 24 variance 1/4000"
        radiosity = (
            "radiosity { pretrace_start 0.08 pretrace_end 0.02 count 60 error_bound 0.9 recursion_limit 2 "
            "nearest_count 6 low_error_factor 0.6 gray_threshold 0.2 brightness 0.9 }"
            if self.radiosity
            else ""
        )
        return "\n".join(
            [
                "#version 3.7;",
                '#include "shapes.inc"',
                f"global_settings {{ assumed_gamma 1.0 max_trace_level 6 {radiosity} }}",
                f"background {{ rgb {vector(self.sky)} }}",
                f"camera {{ location {vector(self.eye)} right x*image_width/image_height angle {self.angle} "
                f"look_at {vector(self.target)} {focal} }}",
                *self.parts,
            ]
        )

    def render(self, width: int, height: int) -> Image.Image:
        """The picture in pixels. Raises subprocess.CalledProcessError where the tracer refuses the scene."""
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            (place / "scene.pov").write_text(self.source(), encoding="utf-8")
            for name, image in self.images.items():
                image.save(place / name)
            command = ["nice", "povray", "+Iscene.pov", "+Oscene.png", f"+W{width}", f"+H{height}", "+A0.15", "+AM2"]
            command += ["+R2", "-D", "+WT1", "-GA", "+FN8"]
            subprocess.run(command, cwd=place, check=True, capture_output=True)
            with Image.open(place / "scene.png") as picture:
                return picture.convert("RGB")
