"""The house rules that a reader may rely on: imports run downward only, modules stay small, the model does no I/O."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "docgen"
MODULES = sorted(PACKAGE.rglob("*.py"))

# From the ground up. What stands on one floor does not import its neighbours, but for the pairs below.
FLOORS = (
    {"model", "findings", "errors"},
    {"fonts", "tools", "catalogue", "carried"},
    {"acroform"},
    {"evidence", "prose", "season"},
    {"load", "rules", "plan", "render", "assemble", "forms", "publish", "engine"},
    {"pipeline", "workspace", "doctor", "makers", "merging", "filling", "notices", "reporting", "collecting"},
    {"cli"},
    {"__main__"},
)
NEIGHBOURS = {
    ("findings", "model"): "a finding has a Source",
    ("fonts", "tools"): "fontconfig is an outside program",
    ("pipeline", "makers"): "the pipeline hands makers to the engine",
    ("pipeline", "notices"): "making notices is one of the verbs that the pipeline offers",
    ("pipeline", "merging"): "merging files is one of the verbs that the pipeline offers",
    ("filling", "reporting"): "a form of progress is filled for the period that a report would choose",
    ("pipeline", "filling"): "filling forms and reading them back are verbs that the pipeline offers",
    ("pipeline", "reporting"): "biweekly reports are one of the verbs that the pipeline offers",
    ("pipeline", "workspace"): "the pipeline's stages include making a workspace",
}
MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 60
DOES_IO = {
    "asyncio",
    "io",
    "multiprocessing",
    "os",
    "pathlib",
    "shutil",
    "socket",
    "subprocess",
    "sys",
    "tempfile",
    "zipfile",
}


def tree_of(module: Path) -> ast.Module:
    return ast.parse(module.read_text("utf-8"), str(module))


def part_of(module: Path) -> str:
    """The package or top-level module that a file belongs to ("" for docgen/__init__.py)."""
    first = module.relative_to(PACKAGE).parts[0]
    return "" if first == "__init__.py" else first.removesuffix(".py")


def imports_of(module: Path) -> Iterator[str]:
    """The full dotted names that a file imports, relative ones resolved."""
    here = ("docgen", *module.relative_to(PACKAGE).parent.parts)
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(here[: len(here) - node.level + 1]) if node.level else ""
            source = ".".join(part for part in (base, node.module) if part)
            yield from (f"{source}.{alias.name}" for alias in node.names)


def parts_imported(module: Path) -> set[str]:
    """The parts of docgen that a file imports."""
    return {name.split(".")[1] for name in imports_of(module) if name.startswith("docgen.")} - {"__version__"}


def floor_of(part: str) -> int:
    for number, floor in enumerate(FLOORS):
        if part in floor:
            return number
    raise AssertionError(f"docgen/{part} has no floor yet: add it to FLOORS in {Path(__file__).name}")


def may_import(part: str, other: str) -> bool:
    return part == other or (part, other) in NEIGHBOURS or floor_of(other) < floor_of(part)


def test_imports_of_a_file_are_read_with_relative_names_resolved():
    assert "docgen.model.source.Source" in set(imports_of(PACKAGE / "findings.py"))
    assert "docgen.tools.process" in set(imports_of(PACKAGE / "tools" / "fontconfig.py"))


@pytest.mark.parametrize(
    ("part", "other", "allowed"),
    [("cli", "model", True), ("model", "findings", False), ("load", "rules", False), ("tools", "fonts", False)],
)
def test_the_floors_say_who_may_import_whom(part, other, allowed):
    assert may_import(part, other) is allowed


def test_imports_run_downward_only():
    wrong = [
        f"{module.relative_to(PACKAGE)} imports docgen.{other}"
        for module in MODULES
        if (part := part_of(module))
        for other in sorted(parts_imported(module))
        if not may_import(part, other)
    ]
    assert not wrong, "\n".join(wrong)


def test_the_package_itself_imports_nothing_inside():
    assert parts_imported(PACKAGE / "__init__.py") == set()


def test_the_model_does_no_input_or_output():
    wrong = []
    for module in sorted((PACKAGE / "model").rglob("*.py")):
        modules = {name.split(".")[0] for name in imports_of(module)}
        wrong += [f"{module.name} imports {name}" for name in sorted(modules & DOES_IO)]
        wrong += [f"{module.name} calls {name}" for name in sorted(called(module) & {"open", "print", "input"})]
    assert not wrong, "\n".join(wrong)


def called(module: Path) -> set[str]:
    """The bare names that a file calls as functions."""
    calls = (node.func for node in ast.walk(tree_of(module)) if isinstance(node, ast.Call))
    return {function.id for function in calls if isinstance(function, ast.Name)}


def test_nothing_prints():
    assert [str(module.relative_to(PACKAGE)) for module in MODULES if "print" in called(module)] == []


def test_modules_are_short():
    long = {
        module.relative_to(PACKAGE).as_posix(): lines
        for module in MODULES
        if (lines := len(module.read_text("utf-8").splitlines())) > MOST_LINES
    }
    assert long == {}


def test_functions_are_short():
    long = [
        f"{module.relative_to(PACKAGE)}:{node.lineno} {node.name}: {lines} lines"
        for module in MODULES
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := node.end_lineno - node.lineno + 1) > MOST_LINES_OF_A_FUNCTION
    ]
    assert not long, "\n".join(long)


def test_test_files_have_names_of_their_own():
    """Two of one name, in folders without __init__.py, cannot be collected in one run."""
    names = Counter(path.name for path in Path(__file__).parent.rglob("test_*.py"))
    assert [name for name, count in names.items() if count > 1] == []
