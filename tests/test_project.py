"""What a fresh clone is set up with: pins for everything, scripts that say in Chinese what is missing."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
FOR_THE_BUILD = ["editables"]  # hatchling asks for it when it builds an editable install
# Not seen from here: what hatchling wants, in the build's own environment; what only Windows wants; what simplejpeg
# brings, in an environment that was made before it was asked for (docgen does without, only slower).
ELSEWHERE = {"pathspec", "pluggy", "tomlkit", "trove-classifiers", "colorama", "numpy"}

needs_posix = pytest.mark.skipif(os.name == "nt", reason="the setup scripts are for POSIX shells")


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    stated = [line.split("#")[0].strip() for line in lines if line.split("#")[0].strip()]
    return {canonicalize_name(name): version for name, version in (line.split("==") for line in stated)}


def declared() -> list[Requirement]:
    project = PROJECT["project"]
    texts = [*project["dependencies"], *project["optional-dependencies"]["dev"], *PROJECT["build-system"]["requires"]]
    return [Requirement(text) for text in [*texts, *FOR_THE_BUILD]]


def wanted() -> set[str]:
    """Every distribution that installing docgen for development brings, as far as it is installed here."""
    seen: set[tuple[str, str]] = set()
    todo = declared()
    while todo:
        requirement = todo.pop()
        name = canonicalize_name(requirement.name)
        for extra in {"", *requirement.extras} - {extra for known, extra in seen if known == name}:
            seen.add((name, extra))
            try:
                inner = map(Requirement, metadata.requires(name) or [])
            except metadata.PackageNotFoundError:  # the build's own tools live in an environment of their own
                continue
            todo += [need for need in inner if not need.marker or need.marker.evaluate({"extra": extra})]
    return {name for name, _ in seen}


def test_everything_that_is_installed_is_pinned():
    assert wanted() - pins().keys() == set()


def test_what_is_declared_admits_the_pinned_version():
    wrong = [str(need) for need in declared() if not need.specifier.contains(pins()[canonicalize_name(need.name)])]
    assert not wrong


def test_no_pin_is_left_over():
    assert pins().keys() - wanted() - ELSEWHERE == set()


@pytest.mark.parametrize("name", ["Makefile", "constraints.txt", "pyproject.toml", "scripts/common.sh", ".ci/run"])
def test_no_file_of_the_setup_names_a_package_index(name):
    assert not re.search(r"https?://|index-url|find-links", (ROOT / name).read_text("utf-8"))


@needs_posix
@pytest.mark.parametrize("script", sorted((ROOT / "scripts").glob("*.sh")), ids=lambda path: path.name)
def test_scripts_are_posix_shell(script):
    assert subprocess.run(["sh", "-n", str(script)], check=False).returncode == 0


@needs_posix
def test_without_a_new_enough_python_the_setup_says_where_to_get_one(tmp_path):
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("sh", "dirname"):
        (tools / name).symlink_to(shutil.which(name))
    (tools / "python3").write_text("#!/bin/sh\nexit 1  # too old\n", "utf-8")
    (tools / "python3").chmod(0o755)
    script = str(ROOT / "scripts" / "setup_python.sh")
    done = subprocess.run(
        [tools / "sh", script, str(tmp_path / "venv")],
        env={"PATH": str(tools)},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 4
    assert "没有找到 Python 3.11" in done.stderr
    for system in ("Debian", "macOS", "Windows"):
        assert system in done.stderr


@needs_posix
@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
def test_make_alone_explains_the_commands():
    done = subprocess.run(
        ["make"], cwd=ROOT, check=False, capture_output=True, text=True, env={**os.environ, "MAKEFLAGS": ""}
    )
    assert done.returncode == 0
    for command in ("demo", "setup", "test", "lint", "bench", "clean"):
        assert f"make {command} " in done.stdout


def imported(folder: str) -> set[str]:
    """The distributions that the Python files below a folder import; docgen and the standard library left out."""
    trees = (ast.parse(path.read_text("utf-8")) for path in (ROOT / folder).rglob("*.py"))
    nodes = [node for tree in trees for node in ast.walk(tree)]
    modules = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    modules |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) and not node.level}
    own = [path for home in (folder, "scripts") for path in (ROOT / home).rglob("*")]  # tests run the scripts
    local = {path.stem for path in own if path.suffix == ".py" or path.is_dir()}
    names = {module.split(".")[0] for module in modules} - sys.stdlib_module_names - local - {"docgen", folder}
    owners = metadata.packages_distributions()
    return {canonicalize_name(owners.get(name, [name])[0]) for name in names}


def test_what_docgen_imports_is_declared():
    project = PROJECT["project"]
    texts = [*project["dependencies"], *project["optional-dependencies"]["cluster"]]
    needs = {canonicalize_name(Requirement(text).name) for text in texts}
    assert imported("docgen") - needs == set()


@pytest.mark.parametrize("folder", ["tests", "scripts"])
def test_what_development_imports_is_declared(folder):
    needs = {canonicalize_name(need.name) for need in declared()}
    assert imported(folder) - needs == set()
