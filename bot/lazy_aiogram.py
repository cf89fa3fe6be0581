"""aiogram imported in a third of the time: a model's validator is built when it is first used, not at import."""

import sys
from typing import Any


def import_aiogram() -> None:
    """To be called before anything else imports aiogram; afterwards everything in it works as ever.

    At the end of its import aiogram builds the validators of all its 300 models, most of which nobody ever uses: that
    takes two thirds of the import's seconds and 100 MB. pydantic builds one by itself when it is first needed, if the
    names that its fields use can be found in its module, where aiogram imports them for type checkers only.
    """
    if "aiogram" in sys.modules:
        return
    from pydantic import BaseModel

    build = BaseModel.__dict__["model_rebuild"]
    BaseModel.model_rebuild = classmethod(lambda cls, **_: None)  # type: ignore[method-assign,assignment]
    try:
        import aiogram.methods
        import aiogram.types
    finally:
        BaseModel.model_rebuild = build  # type: ignore[method-assign]
    names: dict[str, Any] = {**_public(aiogram.methods), **_public(aiogram.types)}
    for module, content in list(sys.modules.items()):
        if module.startswith(("aiogram.types.", "aiogram.methods.")):
            vars(content).update({name: value for name, value in names.items() if name not in vars(content)})
    aiogram.types.Update.model_rebuild()  # every update needs it, the first one as well


def _public(module: Any) -> dict[str, Any]:
    return {name: value for name, value in vars(module).items() if not name.startswith("_")}
