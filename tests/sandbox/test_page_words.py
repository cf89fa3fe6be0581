"""The web chat's files: their words stand in the locales, and they call nobody."""

import json
import re
from pathlib import Path

from bot.sandbox.page import FOLDER

LOCALES = Path(__file__).parents[2] / "locales"


def test_the_page_names_no_foreign_address() -> None:
    for file in FOLDER.iterdir():
        addresses = set(re.findall(r"https?://[^\s\"'`)]+", file.read_text("utf-8")))
        assert addresses <= {"http://www.w3.org/2000/svg"}, file.name


def test_every_word_of_the_page_stands_in_both_languages_and_none_is_left_over() -> None:
    zh, en = (json.loads((LOCALES / lang / "page.json").read_text("utf-8")) for lang in ("zh", "en"))
    assert list(zh) == list(en)
    names = {key: set(re.findall(r"\{(\w+)\}", text)) for key, text in zh.items()}
    assert names == {key: set(re.findall(r"\{(\w+)\}", text)) for key, text in en.items()}
    page = "\n".join(file.read_text("utf-8") for file in FOLDER.iterdir())
    python = "\n".join((FOLDER.parent / name).read_text("utf-8") for name in ("page.py", "asked.py"))
    used = set(re.findall(r'\bt\("([\w-]+)"', page)) | set(
        re.findall(r'data-t(?:-label|-placeholder)?="([\w-]+)"', page)
    )
    assert used <= set(zh)
    refused = {f"error-{code}" for code in re.findall(r'Refusal\("([\w-]+)"', python)}
    assert refused <= set(zh)
    composed = ("event-", "role-", "error-", "kind-", "attach-", "private-", "group-", "keyboard-")
    left = [key for key in zh if f'"{key}"' not in page and not key.startswith(composed)]
    assert left == []
