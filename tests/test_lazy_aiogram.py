"""aiogram imported quickly is aiogram."""

import subprocess
import sys

import pytest

CODE = """
from bot.lazy_aiogram import import_aiogram
import_aiogram()
from aiogram import Bot, methods, types
user = {"id": 1, "is_bot": False, "first_name": "x"}
message = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "from": user, "text": "hi"}
update = types.Update.model_validate({"update_id": 1, "message": message}, context={"bot": Bot("1:x")})
assert type(update.message.from_user) is types.User
assert update.message.answer("there").text == "there"
assert types.Update.model_validate_json(update.model_dump_json()).model_dump() == update.model_dump()
def models():
    for module in (types, methods):
        yield from (getattr(module, name) for name in module.__all__)
def build(model):
    model.__pydantic_validator__.title
    assert model.__pydantic_complete__, model
def build_all(every):
    for model in [model for model in models() if hasattr(model, "model_rebuild")][::every]:
        build(model)
build_all(EVERY)
"""


@pytest.mark.parametrize("every", [6, pytest.param(1, marks=pytest.mark.soak)])
def test_every_model_of_aiogram_is_built_when_it_is_used(every: int) -> None:
    """A sample of them; all three hundred take seconds, and change with the library only."""
    subprocess.run([sys.executable, "-W", "error", "-c", CODE.replace("EVERY", str(every))], check=True, timeout=60)
