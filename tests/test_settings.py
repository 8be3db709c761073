"""Settings are checked key by key, and a mistake names its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from summarise.errors import UsageError
from summarise.settings import Settings, load_settings, models_folder

ROOT = Path(__file__).parent.parent


def _refusal(tmp_path: Path, text: str) -> str:
    file = tmp_path / "summarise.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        load_settings(file)
    return str(caught.value).replace(str(file), "FILE")


def test_the_shipped_settings_file_holds_the_defaults() -> None:
    assert load_settings(ROOT / "summarise.toml") == Settings()


def test_without_a_file_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_settings(None) == Settings()


def test_the_file_of_the_working_directory_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "summarise.toml").write_text("min_words = 120\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert load_settings(None).min_words == 120


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("min_wrds = 90\n", "1: unknown key 'min_wrds'; did you mean 'min_words'?"),
        ("\n#\n[keypoints]\nbullet = 4\n", "4: unknown key 'keypoints.bullet'; did you mean 'bullets'?"),
        ("keypoints.bullet = 4\n", "1: unknown key 'keypoints.bullet'; did you mean 'bullets'?"),
        ("[keypoint]\nx = 1\n", "1: unknown key 'keypoint'; did you mean 'keypoints'?"),
        ('\nscorer = "best"\n', "2: scorer: input should be 'learned', 'tfidf', 'textrank' or 'lead'"),
        ('min_words = "80"\n', "1: min_words: input should be a valid integer"),
        ("[keypoints]\nmin_words = 30\n", "1: keypoints: min_words (30) is more than max_words (22)"),
    ],
)
def test_a_mistake_is_named_with_file_and_line(tmp_path: Path, text: str, message: str) -> None:
    assert _refusal(tmp_path, text) == f"FILE:{message}"


def test_every_mistake_of_a_file_is_named(tmp_path: Path) -> None:
    refusal = _refusal(tmp_path, "min_wrds = 90\ntitle_kase = true\n")
    assert "FILE:1" in refusal
    assert "FILE:2" in refusal


def test_a_key_that_resembles_none_lists_what_there_is(tmp_path: Path) -> None:
    assert "known: language_model, scorer, title_case" in _refusal(tmp_path, "zzz = 1\n")


def test_a_table_inside_one_that_is_not_known_is_named_with_its_line(tmp_path: Path) -> None:
    assert "FILE:2: unknown key 'salience'" in _refusal(tmp_path, "\n[salience.weights]\ntfidf = 1\n")


def test_text_that_is_no_toml_is_refused_with_its_line(tmp_path: Path) -> None:
    assert "line 2" in _refusal(tmp_path, "min_words = 90\nscorer = \n")


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_bytes(b"scorer = '\xff\xfe'")
    with pytest.raises(UsageError, match="UTF-8"):
        load_settings(tmp_path / "s.toml")


def test_a_file_that_is_asked_for_must_exist(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        load_settings(tmp_path / "none.toml")


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        Settings().min_words = 3


@given(min_words=st.integers(1, 500), bullets=st.integers(1, 10))
def test_the_digest_tells_settings_apart_and_nothing_else(min_words: int, bullets: int) -> None:
    values = {"min_words": min_words, "keypoints": {"bullets": bullets}}
    settings = Settings.model_validate(values)
    assert settings.digest() == Settings.model_validate(values).digest()
    assert (settings.digest() == Settings().digest()) == (settings == Settings())


def test_the_models_of_a_checkout_are_found() -> None:
    assert models_folder() == ROOT / "models"


def test_the_models_inside_an_installed_package_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "site-packages/summarise/models").mkdir(parents=True)
    monkeypatch.setattr("summarise.settings.resources.files", lambda name: tmp_path / "site-packages" / name)
    assert models_folder() == tmp_path / "site-packages/summarise/models"
