"""A workspace's own templates win; what lies among them and is not used is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.render.templates import find_template, template_folders, unused_templates

MANIFEST = 'title = "申报书"\n[fields]\n'


def lay(workspace: Path, *names: str) -> Path:
    for name in names:
        path = workspace / "templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(MANIFEST if path.name == "manifest.toml" else "", encoding="utf-8")
    return workspace


@pytest.mark.parametrize("name", ["application", "申报书"])
def test_a_folder_by_either_name_wins_and_is_not_complained_of(tmp_path: Path, name: str) -> None:
    lay(tmp_path, f"{name}/manifest.toml")
    assert find_template("申报书", tmp_path).path == tmp_path / "templates" / name
    assert unused_templates(tmp_path) == ()


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (["申报书/template.docx"], "文件夹“申报书”没有使用：里面缺少 manifest.toml"),
        (["申报表/manifest.toml"], "文件夹“申报表”没有使用：没有叫这个名字的模板"),
        (["申报书.docx"], "文件“申报书.docx”没有使用：模板要放在各自的文件夹里"),
        (["application/manifest.toml", "申报书/manifest.toml"], "“申报书”的模板有两份，文件夹“申报书”这一份没有使用"),
    ],
    ids=["no manifest", "no such kind", "a loose file", "twice"],
)
def test_what_is_not_used_is_named_with_the_way_out(tmp_path: Path, files: list[str], said: str) -> None:
    (sentence,) = unused_templates(lay(tmp_path, *files))
    assert sentence.startswith("templates 里")
    assert said in sentence
    assert "docgen templates eject" in sentence


def test_what_nobody_takes_for_a_template_is_passed_over(tmp_path: Path) -> None:
    lay(tmp_path, "双周报/官方空白表.docx", "说明.txt", "~$申报书.docx", ".git/config", "_旧/template.docx")
    assert unused_templates(tmp_path) == ()
    assert unused_templates(tmp_path / "none") == ()
    assert not any(folder.own for folder in template_folders(tmp_path))
