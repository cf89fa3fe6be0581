"""What can go wrong with a notice: each has its sentence, in its writer's language, and nothing is half sent."""

import datetime as dt
import re
from typing import Any

import pytest

from bot.i18n import translator
from bot.sandbox import Fault
from bot.views import pushes
from storage import departments
from tests.flows.conftest import NOW, Person, Stage, rows
from tests.flows.sending import at_rest, followed, got, without_mornings

TEXT = "周五下午三点开会"
DRAFT = [("draft", 0)]


def said(language: str, key: str, **args: Any) -> str:
    """The sentence without its markup, up to where it names something."""
    return re.sub(r"<[^>]*>", "", translator(language).plain(key, **args)).split("\n")[0].strip()


class Writer(Person):
    """Somebody of the office, and what he speaks."""

    language = "zh"


@pytest.fixture(params=["zh", "en"])
async def writer(demo: Stage, request: pytest.FixtureRequest) -> Writer:
    await without_mornings(demo)
    person = Writer(demo, demo.of("BG002").id)
    person.language = request.param
    await person.says(f"/language {request.param}")
    return person


def label(writer: Writer, key: str, **args: Any) -> str:
    return translator(writer.language).plain(key, **args)


def sentence(writer: Writer, key: str, **args: Any) -> str:
    return said(writer.language, key, **args)


async def states(stage: Stage) -> list[tuple[Any, ...]]:
    return await rows(stage, "SELECT state, round FROM notices ORDER BY id")


async def looked(writer: Writer, text: str = TEXT) -> Any:
    await writer.says(f"/notice {text}")
    return await writer.presses(label(writer, "notices-button-preview"))


async def sent(writer: Writer, shown: Any = None) -> Any:
    return await writer.presses("📢", shown or writer.last)


def is_clean(stage: Stage, writer: Writer) -> None:
    assert not got(stage).keys() - {writer.id}, "nobody else has got anything"


async def test_html_that_does_not_parse(demo: Stage, writer: Writer) -> None:
    await writer.says("/notice")
    assert sentence(writer, "notices-markup", tag="<b>")[:6] in (await writer.says("<b>周五")).text
    assert await states(demo) == []
    assert "№1" in (await writer.says(TEXT)).text.replace("No. 1", "№1"), "it may be sent again at once"


async def test_one_character_too_many(demo: Stage, writer: Writer) -> None:
    await writer.says("/notice")
    args = {"length": 4097, "limit": 4096, "file": "false", "room": "none"}
    answer = await writer.says("字" * 4097)
    assert "4097" in answer.text.replace(",", "") and "4096" in answer.text.replace(",", "")
    assert sentence(writer, "notices-too-long", **args)[:4] in answer.text
    assert await states(demo) == []


async def test_an_empty_audience(demo: Stage, writer: Writer) -> None:
    await writer.says(f"/notice {TEXT}")
    async with demo.app.db.write() as tx:
        place = await departments.insert(tx, "空科室")
        await tx.execute("UPDATE notices SET audience = ?", f'{{"in": ["s{place.id}"]}}')
    assert sentence(writer, "notices-nobody") in (await writer.presses(label(writer, "notices-button-preview"))).text
    version = (await rows(demo, "SELECT version FROM notices"))[0][0]
    demo.world.press_raw(writer.id, writer.last.id, f"nt:send:1:{version}:0")
    await demo.settled()
    assert await states(demo) == DRAFT
    is_clean(demo, writer)


async def test_a_time_that_has_passed_between_the_look_and_the_tap(demo: Stage, writer: Writer) -> None:
    await writer.says(f"/notice {TEXT}")
    await writer.presses(label(writer, "notices-button-time"))
    await writer.says("11:00")
    shown = await writer.presses(label(writer, "notices-button-preview"))
    demo.move_to(NOW + dt.timedelta(hours=2))
    answer = await writer.presses("🕘", shown)
    assert sentence(writer, "notices-past") in answer.text
    assert await states(demo) == DRAFT
    is_clean(demo, writer)


@pytest.mark.parametrize("closed", [False, True])
async def test_a_department_that_went_between_the_look_and_the_tap(demo: Stage, writer: Writer, closed: bool) -> None:
    await writer.says(f"/notice {TEXT}")
    async with demo.app.db.write() as tx:
        place = await departments.insert(tx, "临时组")
        await tx.execute("UPDATE people SET department_id = ? WHERE staff_number = 'ZF005'", place.id)
        await tx.execute("UPDATE notices SET audience = ?", f'{{"in": ["s{place.id}"]}}')
    shown = await writer.presses(label(writer, "notices-button-preview"))
    async with demo.app.db.write() as tx:
        await tx.execute("UPDATE people SET department_id = 1 WHERE staff_number = 'ZF005'")
        if closed:
            await tx.execute("UPDATE departments SET closed_on = '2026-10-14' WHERE path = '临时组'")
        else:
            await tx.execute("DELETE FROM departments WHERE path = '临时组'")
    assert sentence(writer, "notices-missing-department") in (await sent(writer, shown)).text
    assert await states(demo) == DRAFT
    is_clean(demo, writer)


async def test_a_file_that_telegram_refuses_at_the_preview(demo: Stage, writer: Writer) -> None:
    await writer.says("/notice")
    await writer.does(lambda: demo.world.send_photo(writer.id, b"\xff\xd8", caption=TEXT))
    demo.sandbox.faults.add(Fault("400:Bad Request: wrong file identifier/HTTP URL specified", "sendPhoto"))
    answer = await writer.presses(label(writer, "notices-button-preview"))
    assert sentence(writer, "notices-file-refused") in answer.text
    assert await states(demo) == DRAFT


async def test_a_file_that_telegram_refuses_only_when_it_is_sent_stops_at_the_first_few(
    demo: Stage, writer: Writer
) -> None:
    await writer.says("/notice")
    await writer.does(lambda: demo.world.send_photo(writer.id, b"\xff\xd8", caption=TEXT))
    await writer.presses(label(writer, "notices-button-preview"))
    refusal = "400:Bad Request: wrong file identifier/HTTP URL specified"
    demo.sandbox.faults.add(Fault(refusal, "sendPhoto", times=None))
    await sent(writer)
    await stopped_and_told(demo, writer, "rejected")


async def test_a_template_error_that_would_hit_everyone_stops_at_the_first_few(
    demo: Stage, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(facts: pushes.Facts, t: Any) -> Any:
        raise KeyError("no such text")

    monkeypatch.setattr(pushes, "VIEWS", dict(pushes.VIEWS) | {"notice": broken})
    await sent(writer, await looked(writer))
    await stopped_and_told(demo, writer, "render")


async def stopped_and_told(stage: Stage, writer: Writer, reason: str) -> None:
    await at_rest(stage)
    await followed(stage)
    await at_rest(stage)
    ((failed, pending),) = await rows(
        stage,
        "SELECT SUM(CASE WHEN state = 'failed' AND reason = ? THEN 1 ELSE 0 END),"
        " SUM(CASE WHEN state = 'pending' THEN 1 ELSE 0 END) FROM outbox WHERE kind = 'notice'",
        reason,
    )
    assert 1 <= failed <= 3 and failed + pending == 51
    words = label(writer, "deliveries-reason", reason=reason)
    told = await writer.hears(re.escape(words))
    assert translator(writer.language).plain("deliveries-told-halted", id="1", reason=words) in told.text
    is_clean(stage, writer)


async def test_fifty_taps_on_send_at_once(demo: Stage, writer: Writer) -> None:
    shown = await looked(writer)
    data = next(str(b.data) for row in shown.buttons for b in row if b.text.startswith("📢"))
    for _ in range(50):
        demo.world.press_raw(writer.id, shown.id, data)
    await demo.settled()
    await at_rest(demo)
    assert await rows(demo, "SELECT round FROM notices") == [(1,)]
    assert set(got(demo).values()) == {1} and len(got(demo).keys() - {writer.id}) == 50
    assert not [text for text in writer.heard if "error" in text]


async def test_the_composer_loses_the_role_before_the_time_comes(demo: Stage, writer: Writer) -> None:
    await writer.says(f"/notice {TEXT}")
    await writer.presses(label(writer, "notices-button-time"))
    await writer.says("11:00")
    await writer.presses("🕘", await writer.presses(label(writer, "notices-button-preview")))
    assert await states(demo) == [("scheduled", 0)]
    async with demo.app.db.write() as tx:
        await tx.execute("UPDATE people SET role = 'staff' WHERE staff_number = 'BG002'")
    moment = NOW + dt.timedelta(hours=1)
    demo.move_to(moment)
    await demo.app._plan(moment)
    await at_rest(demo)
    assert await states(demo) == [("waiting", 0)]
    is_clean(demo, writer)
    orphaned = translator(writer.language).plain("notice-orphaned", id="1", title=TEXT)
    assert (await writer.hears(re.escape(orphaned[:12]))).text == orphaned
    colleague = demo.of("BG003")
    await colleague.hears("作者已没有发送权限")
    await colleague.says("/pending")
    await colleague.presses("批准")
    await at_rest(demo)
    assert len(got(demo).keys() - {writer.id}) == 50


@pytest.mark.parametrize(
    ("name", "mime"), [("IMG_1.JPG", None), ("a.HEIC", "application/octet-stream"), ("x", "image/tiff")]
)
async def test_a_picture_as_the_camera_left_it_goes_to_nobody(writer: Writer, name: str, mime: str | None) -> None:
    """A file keeps the place where it was taken; a photo has lost it on its way."""
    await writer.says("/notice")
    world = writer.stage.world
    answer = await writer.does(lambda: world.send_document(writer.id, name, b"GPS", mime))
    assert sentence(writer, "notices-picture-as-file") in answer.text
    assert await states(writer.stage) == []
    await writer.says(TEXT)
    await writer.presses(label(writer, "notices-button-edit"))
    answer = await writer.does(lambda: world.send_document(writer.id, name, b"GPS", mime, caption=TEXT))
    assert sentence(writer, "notices-picture-as-file") in answer.text
    assert await rows(writer.stage, "SELECT file_id FROM notices") == [(None,)]
