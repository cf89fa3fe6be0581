"""The web chat's server side: what it shows, what a person can do there, and who may not ask at all."""

import asyncio
import io
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import aiohttp
import pytest
from yarl import URL

from bot.sandbox import Hooks, Limits, Person, Sandbox
from bot.sandbox.page import SCREENFUL

CHINA = timezone(timedelta(hours=8))
PEOPLE = [
    Person(1001, "张伟", "staff", "综合处"),
    Person(1002, "李娜", "leader"),
    Person(1003, "路人", "stranger"),
]
GROUP = -100123
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x02"


class Clock:
    """A demo clock with one message every morning."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 23, 16, 52, tzinfo=CHINA)

    def now(self) -> datetime:
        return self.time

    async def next_event(self) -> tuple[datetime, str] | None:
        morning = self.time.replace(hour=8, minute=30)
        return (morning if morning > self.time else morning + timedelta(days=1)), "每日提醒"

    async def move_to(self, time: datetime) -> None:
        self.time = time


class Browser:
    """A page open as one person."""

    def __init__(self, sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
        self.sandbox, self.world, self.session, self.clock = sandbox, sandbox.world, session, Clock()

    async def get(self, path: str, status: int = 200, **query: Any) -> Any:
        async with self.session.get(f"{self.sandbox.url}/page/{path}", params=query) as response:
            assert response.status == status, await response.text()
            return await response.json()

    async def post(self, path: str, status: int = 200, **body: Any) -> Any:
        body = {"as": 1001, "chat": 1001} | body
        async with self.session.post(f"{self.sandbox.url}/page/{path}", json=body) as response:
            assert response.status == status, await response.text()
            return await response.json()

    async def upload(self, data: bytes, name: str, status: int = 200, **query: Any) -> Any:
        form = aiohttp.FormData(quote_fields=False)
        form.add_field("file", io.BytesIO(data), filename=name)
        query = {"as": 1001, "chat": 1001, "kind": "document"} | query
        async with self.session.post(f"{self.sandbox.url}/page/upload", params=query, data=form) as response:
            assert response.status == status, await response.text()
            return await response.json()

    async def bot(self, method: str, **args: Any) -> Any:
        async with self.session.post(f"{self.sandbox.url}/bot{self.sandbox.token}/{method}", json=args) as response:
            answer = await response.json()
            assert answer["ok"], answer
            return answer["result"]

    async def messages(self, person: int = 1001) -> Any:
        return (await self.get("chat", **{"as": person, "chat": person}))["messages"]

    @asynccontextmanager
    async def listening(self, person: int) -> AsyncIterator[aiohttp.StreamReader]:
        url = f"{self.sandbox.url}/page/events"
        async with self.session.get(url, params={"as": person}) as response:
            assert response.content_type == "text/event-stream"
            await response.content.readuntil(b"\n\n")
            yield response.content


async def heard(stream: aiohttp.StreamReader, kind: str) -> Any:
    """The next event of that kind."""
    async with asyncio.timeout(60):
        while True:
            line = await stream.readuntil(b"\n\n")
            event = json.loads(line.removeprefix(b"data: "))
            if event["type"] == kind:
                return event


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    clock = Clock()
    sandbox = Sandbox(
        clock=lambda: clock.time.astimezone(UTC),
        limits=Limits.off(),
        org="示例单位",
        people=PEOPLE,
        hooks=Hooks(clock.now, clock.next_event, clock.move_to, lambda: asyncio.sleep(0)),
        texts={"zh": {"back": "返回"}},
    )
    await sandbox.start()
    for person in PEOPLE:
        sandbox.world.add_user(person.id, person.name, language_code="zh-hans")
    sandbox.world.add_user(77, "外人")
    sandbox.world.add_group(GROUP, "工作群", members=[1001, 1002])
    async with aiohttp.ClientSession() as session:
        browser = Browser(sandbox, session)
        browser.clock = clock
        yield browser
    await sandbox.stop()


async def test_the_page_comes_with_a_strict_policy(browser: Browser) -> None:
    async with browser.session.get(f"{browser.sandbox.url}/") as response:
        html = await response.text()
        policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    for name in re.findall(r'(?:href|src)="/page/static/([^"]+)"', html):
        async with browser.session.get(f"{browser.sandbox.url}/page/static/{name}") as response:
            assert response.status == 200 and response.charset == "utf-8"
    assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|style=", html)


@pytest.mark.parametrize("name", ["..%2Fpage.py", "nothing.js", "%2e%2e%2f%2e%2e%2fREADME.md", "."])
async def test_only_files_of_the_page_are_served(browser: Browser, name: str) -> None:
    async with browser.session.get(URL(f"{browser.sandbox.url}/page/static/{name}", encoded=True)) as response:
        assert response.status == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
async def test_another_site_cannot_use_the_page(browser: Browser, headers: dict[str, str]) -> None:
    url = f"{browser.sandbox.url}/page/say"
    body = {"as": 1001, "chat": 1001, "text": "x"}
    async with browser.session.post(url, json=body, headers=headers) as response:
        assert response.status == 403
    assert browser.world.messages(1001) == []


async def test_a_form_of_another_site_is_not_taken_for_json(browser: Browser) -> None:
    body = json.dumps({"as": 1001, "chat": 1001, "text": "x"})
    url = f"{browser.sandbox.url}/page/say"
    async with browser.session.post(url, data=body, headers={"Content-Type": "text/plain"}) as response:
        assert response.status == 400


async def test_people_come_with_their_unread_marks(browser: Browser) -> None:
    browser.world.say(1001, "/start")
    await browser.bot("sendMessage", chat_id=1001, text="您好")
    unit = await browser.get("people")
    assert unit["org"] == "示例单位" and unit["bot"]["username"] == "wenming_demo_bot"
    assert [(p["name"], p["role"], p["unread"]) for p in unit["people"]] == [
        ("张伟", "staff", 1),
        ("李娜", "leader", 0),
        ("路人", "stranger", 0),
    ]


async def test_words_come_in_the_language_asked(browser: Browser) -> None:
    assert await browser.get("texts", lang="zh") == {"back": "返回"}
    assert await browser.get("texts", lang="xx") == {}


async def test_opening_a_chat_marks_it_read(browser: Browser) -> None:
    browser.world.say(1001, "/start")
    await browser.bot("sendMessage", chat_id=1001, text="您好")
    chats = await browser.get("chats", **{"as": 1001})
    assert [(chat["chat_id"], chat["kind"], chat["unread"]) for chat in chats] == [
        (1001, "private", 1),
        (GROUP, "group", 0),
    ]
    assert chats[0]["last"]["text"] == "您好" and chats[0]["last"]["date"] == "2026-11-23T16:52:00+08:00"
    await browser.messages()
    assert (await browser.get("chats", **{"as": 1001}))[0]["unread"] == 0


async def test_a_long_chat_comes_a_screenful_at_a_time(browser: Browser) -> None:
    for number in range(SCREENFUL + 5):
        browser.world.say(1001, str(number))
    end = await browser.get("chat", **{"as": 1001, "chat": 1001})
    assert end["more"] and len(end["messages"]) == SCREENFUL
    before = end["messages"][0]["id"]
    start = await browser.get("chat", **{"as": 1001, "chat": 1001, "before": before})
    assert not start["more"] and [m["text"] for m in start["messages"]] == ["0", "1", "2", "3", "4"]


async def test_nobody_sees_a_chat_he_is_not_in(browser: Browser) -> None:
    assert await browser.get("chat", 404, **{"as": 1003, "chat": GROUP}) == {"error": "no-such-chat"}
    assert await browser.get("chat", 404, **{"as": 1003, "chat": 1001}) == {"error": "no-such-chat"}
    assert await browser.get("chats", 404, **{"as": 77}) == {"error": "no-such-person"}
    assert await browser.get("chats", 400) == {"error": "bad-request"}


async def test_what_is_said_is_escaped_and_reaches_the_bot(browser: Browser) -> None:
    await browser.post("say", text=" <img src=x onerror=alert(1)> & \ud800 ")
    message = (await browser.messages())[0]
    assert message["html"].startswith("&lt;img src=x onerror=alert(1)&gt; &amp;")
    update = (await browser.bot("getUpdates"))[0]
    assert update["message"]["text"].startswith("<img src=x")


async def test_a_long_text_goes_out_in_several_messages_without_cutting_a_character(browser: Browser) -> None:
    text = "字" + "😀" * 5000
    await browser.post("say", text=text)
    said = [message["text"] for message in await browser.messages()]
    assert "".join(said) == text and all(len(part.encode("utf-16-le")) // 2 <= 4096 for part in said)


@pytest.mark.parametrize(("text", "code"), [("", "empty"), (" \n ", "empty"), ("字" * 70_000, "too-long")])
async def test_what_cannot_be_said_is_refused_with_a_code(browser: Browser, text: str, code: str) -> None:
    assert await browser.post("say", 400, text=text) == {"error": code}


async def test_a_press_is_answered_to_the_one_who_pressed(browser: Browser) -> None:
    browser.world.say(1001, "/start")
    keys = [[{"text": "改", "callback_data": "a"}, {"text": "撤回", "callback_data": "b"}]]
    sent = await browser.bot("sendMessage", chat_id=1001, text="卡", reply_markup={"inline_keyboard": keys})
    number = sent["message_id"]
    async with browser.listening(1001) as stream:
        query = (await browser.post("press", message_id=number, row=0, col=1))["query_id"]
        await browser.bot("answerCallbackQuery", callback_query_id=query, text="不行", show_alert=True)
        answer = await heard(stream, "answer")
    assert (answer["query_id"], answer["text"], answer["alert"]) == (query, "不行", True)
    updates = await browser.bot("getUpdates")
    assert updates[-1]["callback_query"]["data"] == "b"


async def test_a_button_that_is_gone_says_so(browser: Browser) -> None:
    browser.world.say(1001, "/start")
    sent = await browser.bot("sendMessage", chat_id=1001, text="没有按钮")
    for where in ({"row": 0, "col": 0}, {"row": -1, "col": 0}, {"message_id": 999, "row": 0, "col": 0}):
        body = {"message_id": sent["message_id"]} | where
        assert await browser.post("press", 409, **body) == {"error": "gone"}


async def test_only_ones_own_message_can_be_edited(browser: Browser) -> None:
    mine = (await browser.post("say", text="打卡 3 植树"))["id"]
    bots = (await browser.bot("sendMessage", chat_id=1001, text="已记录"))["message_id"]
    await browser.post("edit", message_id=mine, text="打卡 4 植树")
    assert await browser.post("edit", 409, message_id=bots, text="x") == {"error": "gone"}
    messages = await browser.messages()
    assert [(m["text"], m["edited"], m["editable"]) for m in messages] == [
        ("打卡 4 植树", True, True),
        ("已记录", False, False),
    ]


async def test_an_edit_without_a_change_tells_the_bot_nothing(browser: Browser) -> None:
    mine = (await browser.post("say", text="打卡"))["id"]
    await browser.post("edit", message_id=mine, text="打卡")
    assert len(await browser.bot("getUpdates")) == 1


async def test_an_answer_shows_what_it_answers(browser: Browser) -> None:
    first = (await browser.post("say", text="问"))["id"]
    await browser.post("say", text="答", reply_to=first)
    assert (await browser.messages())[1]["reply_to"] == {
        "id": first,
        "from": "张伟",
        "text": "问",
        "kind": "text",
    }


async def test_a_document_goes_up_and_comes_down_only_to_be_saved(browser: Browser) -> None:
    await browser.upload(b"<script>1</script>", "花名册.html", caption="请看")
    message = (await browser.messages())[0]
    assert message["document"]["name"] == "花名册.html" and message["text"] == "请看"
    async with browser.session.get(browser.sandbox.url + message["document"]["url"]) as response:
        assert response.content_type == "application/octet-stream"
        assert response.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''%E8%8A%B1")
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert await response.read() == b"<script>1</script>"


async def test_a_picture_is_shown_and_what_is_no_picture_is_refused(browser: Browser) -> None:
    await browser.upload(PNG, "x.png", kind="photo")
    assert await browser.upload(b"<svg/>", "x.svg", 400, kind="photo") == {"error": "not-a-picture"}
    assert await browser.upload(b"", "x.txt", 400) == {"error": "empty-file"}
    message = (await browser.messages())[0]
    async with browser.session.get(browser.sandbox.url + message["photo"]) as response:
        assert response.content_type == "image/png" and await response.read() == PNG


async def test_a_file_over_the_limit_is_refused_with_a_code(browser: Browser) -> None:
    browser.sandbox.world.say(1001, "/start")
    assert await browser.upload(bytes(52 << 20), "big.bin", 413) == {"error": "file-too-big"}


@pytest.mark.parametrize("kind", ["sticker", "voice", "contact", "location"])
async def test_odd_things_can_be_sent_to_see_the_answer(browser: Browser, kind: str) -> None:
    await browser.post("odd", kind=kind)
    (shown,) = await browser.messages()
    assert shown["kind"] == kind
    assert shown["detail"] if kind != "voice" else not shown["detail"]
    assert kind in (await browser.bot("getUpdates"))[0]["message"]


async def test_the_page_hears_that_the_bot_is_typing(browser: Browser) -> None:
    browser.world.say(1001, "/start")
    async with browser.listening(1001) as stream:
        await browser.bot("sendChatAction", chat_id=1001, action="typing")
        assert (await heard(stream, "typing"))["chat_id"] == 1001


async def test_the_reply_keyboard_and_the_commands_come_with_the_chat(browser: Browser) -> None:
    browser.world.say(1001, "/start")
    await browser.bot("setMyCommands", commands=[{"command": "help", "description": "帮助"}])
    async with browser.listening(1001) as stream:
        keyboard = {"keyboard": [[{"text": "打卡"}]], "input_field_placeholder": "例"}
        await browser.bot("sendMessage", chat_id=1001, text="好", reply_markup=keyboard)
        assert (await heard(stream, "message"))["keyboard"] == {"rows": [["打卡"]], "placeholder": "例"}
    chat = await browser.get("chat", **{"as": 1001, "chat": 1001})
    assert chat["keyboard"]["rows"] == [["打卡"]]
    assert chat["commands"] == [{"command": "help", "description": "帮助"}]


async def test_news_deletions_and_others_unread_marks_arrive_live(browser: Browser) -> None:
    browser.world.say(1001, "/start")
    async with browser.listening(1001) as mine, browser.listening(1002) as hers:
        sent = await browser.bot("sendMessage", chat_id=1001, text="<b>您好</b>", parse_mode="HTML")
        event = await heard(mine, "message")
        assert event["message"]["html"] == "<b>您好</b>" and event["last"]["text"] == "您好"
        assert await heard(hers, "unread") == {"type": "unread", "user_id": 1001, "unread": 1}
        await browser.bot("editMessageText", chat_id=1001, message_id=sent["message_id"], text="改了")
        event = await heard(mine, "edit")
        assert event["message"]["edited"]
        assert event["last"] == (await browser.get("chats", **{"as": 1001}))[0]["last"], "known to be that chat's last"
        await browser.bot("deleteMessage", chat_id=1001, message_id=sent["message_id"])
        assert (await heard(mine, "delete"))["message_id"] == sent["message_id"]
    assert [m["text"] for m in await browser.messages()] == ["/start"]


async def test_a_strangers_stream_carries_no_private_words(browser: Browser) -> None:
    async with browser.listening(1003) as stream:
        browser.world.say(1001, "机密", GROUP)
        browser.world.say(1003, "到此")
        assert (await heard(stream, "message"))["message"]["text"] == "到此"


async def test_the_clock_goes_to_the_next_message_and_by_hours(browser: Browser) -> None:
    clock = await browser.get("clock")
    assert clock["now"] == "2026-11-23T16:52:00+08:00"
    assert clock["next"] == {"at": "2026-11-24T08:30:00+08:00", "title": "每日提醒"}
    async with browser.listening(1001) as stream:
        assert (await browser.post("clock", to="next"))["now"] == "2026-11-24T08:30:00+08:00"
        await heard(stream, "clock")
    assert (await browser.post("clock", minutes=60))["now"] == "2026-11-24T09:30:00+08:00"
    for minutes in (0, -60, 10**9, "x"):
        assert await browser.post("clock", 400, minutes=minutes) == {"error": "bad-request"}


async def test_without_a_movable_clock_the_page_says_so(browser: Browser) -> None:
    browser.sandbox.cast.hooks = None
    assert (await browser.get("clock"))["movable"] is False
    assert await browser.post("clock", 409, minutes=60) == {"error": "clock-fixed"}


async def test_the_bot_can_be_stopped_and_taken_out_of_a_group(browser: Browser) -> None:
    browser.world.say(1001, "/start")
    assert await browser.post("member", here=False) == {"bot_here": False}
    assert browser.world.users[1001].blocked
    assert await browser.post("member", here=True) == {"bot_here": True}
    assert not browser.world.users[1001].blocked
    await browser.post("member", chat=GROUP, here=False)
    assert not (await browser.get("chat", **{"as": 1001, "chat": GROUP}))["bot_here"]
    await browser.post("member", chat=GROUP, here=True)
    last = (await browser.get("chat", **{"as": 1001, "chat": GROUP}))["messages"][-1]
    assert (last["kind"], last["detail"]) == ("service", "文明创建助手")


@pytest.mark.parametrize("body", ["", "[]", "nonsense", '{"as": "x"}', '{"as": 1001, "chat": {}}'])
async def test_a_malformed_request_gets_an_answer(browser: Browser, body: str) -> None:
    url = f"{browser.sandbox.url}/page/say"
    async with browser.session.post(url, data=body, headers={"Content-Type": "application/json"}) as response:
        assert response.status == 400 and await response.json() == {"error": "bad-request"}


async def test_stopping_the_server_ends_open_streams(browser: Browser) -> None:
    async with browser.listening(1001) as stream:
        await browser.sandbox.stop()
        async with asyncio.timeout(60):
            assert await stream.read() == b""
