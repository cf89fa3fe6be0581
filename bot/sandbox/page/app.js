// The web chat: who I am, which chat is open, and what the server tells. Routes: #PERSON and #PERSON/CHAT.
import { alertBox, avatar, byId, openMenu, toast } from "./dom.js";
import { get, listen, post, upload } from "./api.js";
import * as clock from "./clock.js";
import * as compose from "./compose.js";
import * as log from "./messages.js";
import { drawChats, drawMe, drawPeople } from "./people.js";
import { language, load, other, problem, roleName, t } from "./words.js";

const wide = matchMedia("(min-width: 760px)");
const state = { people: [], bot: null, me: null, chats: [], chat: null, stream: null };
const waiting = new Map(); // callback query -> what to do when it is answered
const answered = new Set(); // answers that came before the press was acknowledged

// -- going somewhere
const hrefOf = (person, chat) => `#${person}${chat === undefined ? "" : `/${chat}`}`;
const go = (person, chat) => location.replace(hrefOf(person, chat));

async function route() {
  const [as, chat] = location.hash.slice(1).split("/").map(Number);
  const me = state.people.find((person) => person.id === as) ?? state.people[0];
  if (!me) return;
  if (me !== state.me) await become(me);
  const known = state.chats.find((entry) => entry.chat_id === chat) ?? (wide.matches ? state.chats[0] : null);
  if (known) await openChat(known);
  else closeChat();
}

async function become(me) {
  state.me = me;
  state.chat = null;
  localStorage.setItem("as", me.id);
  state.stream?.close();
  [state.chats] = await Promise.all([get("/page/chats", { as: me.id }), refreshPeople()]);
  let first = true;
  state.stream = listen(me.id, (event) => heard(me, event), (up) => {
    byId("offline").hidden = up;
    if (up && !first) refreshAll();
    if (up) first = false;
  });
  drawSide();
}

async function openChat(entry) {
  const { me } = state;
  const unread = entry.unread;
  const chat = await get("/page/chat", { as: me.id, chat: entry.chat_id });
  if (me !== state.me) return; // somebody else by now
  state.chat = entry;
  forget(entry);
  byId("app").dataset.view = "chat";
  state.botHere = chat.bot_here;
  drawHead();
  log.show(chat.messages, { me: me.id, kind: entry.kind, title: state.bot.name, about: state.bot.description, unread, more: chat.more, act });
  openFoot(entry, chat);
  if (wide.matches) byId("text").focus();
}

function openFoot(entry, chat) {
  const fresh = entry.kind === "private" && !chat.messages.length;
  compose.open({ key: hrefOf(state.me.id, entry.chat_id), act, commands: chat.commands, keyboard: chat.keyboard, fresh });
}

/** Stop the bot or let it write again; in a group, take it out or in. */
function chatMenu(event) {
  const { chat, botHere } = state;
  const name = `${chat.kind}-${botHere ? "stop" : "start"}`;
  const change = async () => {
    state.botHere = (await post("/page/member", { ...here(), here: !botHere })).bot_here;
    toast(t(`${name}-done`));
  };
  openMenu(event.currentTarget, [{ icon: botHere ? "stop" : "plus", label: t(name), act: () => attempt(change) }]);
}

function closeChat() {
  state.chat = null;
  byId("app").dataset.view = "list";
  drawSide();
}

function forget(entry) {
  entry.unread = 0;
  drawSide();
}

// -- drawing
function drawSide() {
  const here = state.chat?.chat_id;
  byId("chat").classList.toggle("empty", !state.chat);
  byId("nothing").hidden = Boolean(state.chat);
  const unread = state.chats.reduce((sum, chat) => sum + chat.unread, 0);
  state.me.unread = unread;
  drawMe(state.me);
  drawChats(state.chats, here, (chat) => hrefOf(state.me.id, chat), state.bot);
  drawPeople(state.people, state.me.id, (person) => hrefOf(person));
  document.title = `${unread ? `(${unread}) ` : ""}${state.bot.name} · ${state.me.name}`;
}

function drawHead() {
  const { chat, me, bot } = state;
  const title = chat.kind === "private" ? bot.name : chat.title;
  byId("chat-avatar").replaceChildren(avatar(title, chat.kind === "private" ? "bot" : "group"));
  byId("title").textContent = title;
  const role = roleName(me.role);
  byId("subtitle").textContent = t(me.name === role ? "as-role" : "as-person", { name: me.name, role });
}

// -- what the server tells
function heard(me, event) {
  if (me !== state.me) return;
  const here = state.chat && event.chat_id === state.chat.chat_id;
  const act = { message: newMessage, edit: newMessage, delete: deleted, answer: callbackAnswered, clock: clockMoved,
    commands: rightsChanged, typing: () => here && log.typing(), unread: markUnread, read: wasRead }[event.type];
  act?.(event, here);
}

async function newMessage(event, here) {
  const entry = state.chats.find((chat) => chat.chat_id === event.chat_id);
  if (!entry) await refreshChats();
  else if (event.type === "message") Object.assign(entry, { last: event.last, unread: entry.unread + (here || event.message.from.id === state.me.id ? 0 : 1) });
  else if (entry.last?.id === event.last.id) entry.last = event.last;
  clock.noLaterThan(event.message.date);
  if (here) {
    log.put(event.message);
    if (event.keyboard !== undefined) compose.setKeyboard(event.keyboard);
    if (byId("compose").hidden) refreshFoot();
    if (event.type === "message" && event.message.from.id !== state.me.id) post("/page/read", { as: state.me.id, chat: event.chat_id }).catch(failed);
  }
  drawSide();
}

async function deleted(event, here) {
  if (here) log.drop(event.message_id);
  const entry = state.chats.find((chat) => chat.chat_id === event.chat_id);
  if (entry?.last?.id === event.message_id) await refreshChats();
}

/** Seen in another window of the same person. */
function wasRead(event) {
  const entry = state.chats.find((chat) => chat.chat_id === event.chat_id);
  if (entry) forget(entry);
}

function callbackAnswered(event) {
  const release = waiting.get(event.query_id);
  if (release) release();
  else answered.add(event.query_id);
  if (event.text) (event.alert ? alertBox : toast)(event.text);
}

function clockMoved() {
  clock.refresh().catch(failed);
}

function markUnread(event) {
  const person = state.people.find((entry) => entry.id === event.user_id);
  if (!person || person === state.me) return;
  person.unread = event.unread;
  drawSide();
}

async function refreshFoot() {
  const entry = state.chat;
  if (entry) openFoot(entry, await get("/page/chat", { as: state.me.id, chat: entry.chat_id }));
}

/** Who is what may have changed: somebody's registration was approved. */
async function refreshPeople() {
  const unit = await get("/page/people", { lang: language });
  const people = unit.people.map((person) => Object.assign(state.people.find((known) => known.id === person.id) ?? {}, person));
  Object.assign(state, { people, bot: unit.bot });
  return unit;
}

async function rightsChanged() {
  await refreshPeople();
  drawSide();
  if (state.chat) drawHead();
  await refreshFoot();
}

async function refreshChats() {
  state.chats = await get("/page/chats", { as: state.me.id });
  state.chat = state.chats.find((chat) => chat.chat_id === state.chat?.chat_id) ?? null;
  drawSide();
}

async function refreshAll() {
  try {
    await Promise.all([refreshChats(), clock.refresh()]);
    if (state.chat) await openChat(state.chat);
  } catch (error) {
    failed(error);
  }
}

const failed = (error) => toast(problem(error), "bad");

// -- what the person does
async function attempt(task) {
  try {
    await task();
    return true;
  } catch (error) {
    failed(error);
    return false;
  }
}

const here = () => ({ as: state.me.id, chat: state.chat.chat_id });

const DEEP = /^(?:https?:\/\/)?(?:t|telegram)\.me\/(\w+)\/?\?start=([\w-]{1,64})$/i;
const DEEP_APP = /^tg:(?:\/\/)?resolve\?domain=(\w+)&start=([\w-]{1,64})$/i;

function startCode(url) {
  const [, name, code] = DEEP.exec(url) ?? DEEP_APP.exec(url) ?? [];
  return name?.toLowerCase() === state.bot.username?.toLowerCase() ? code : undefined;
}

const act = {
  say: (text) => attempt(() => post("/page/say", { ...here(), text })),
  odd: (kind) => attempt(() => post("/page/odd", { ...here(), kind })),
  send(text, mode) {
    if (mode?.kind === "edit") return attempt(() => post("/page/edit", { ...here(), message_id: mode.message.id, text }));
    if (mode?.kind === "file") return attempt(() => upload({ ...here(), kind: mode.as, caption: text }, mode.file));
    return attempt(() => post("/page/say", { ...here(), text, ...(mode && { reply_to: mode.message.id }) }));
  },
  async press(message, row, col, release) {
    const asked = await post("/page/press", { ...here(), message_id: message.id, row, col }).catch(failed);
    if (!asked?.query_id || answered.delete(asked.query_id)) return release();
    waiting.set(asked.query_id, release);
    return setTimeout(() => waiting.delete(asked.query_id) && release(), 15_000);
  },
  isDeepLink: (url) => startCode(url) !== undefined,
  deepLink(url) {
    const code = startCode(url);
    if (code === undefined) return false;
    const own = state.chats.find((chat) => chat.kind === "private");
    attempt(async () => {
      await post("/page/say", { as: state.me.id, chat: own.chat_id, text: `/start ${code}` });
      if (state.chat !== own) location.hash = hrefOf(state.me.id, own.chat_id);
    });
    return true;
  },
  photo(url) {
    byId("photo-big").src = url;
    byId("photo-view").showModal();
  },
  editLast() {
    const message = log.ownLast();
    if (message) compose.setMode({ kind: "edit", message });
  },
  menu(message, anchor, point) {
    const items = [{ icon: "reply", label: t("reply"), act: () => compose.setMode({ kind: "reply", message }) }];
    if (message.text) items.push({ icon: "copy", label: t("copy"), act: () => copyText(message.text) });
    if (message.id === log.ownLast()?.id) items.unshift({ icon: "edit", label: t("edit"), act: () => compose.setMode({ kind: "edit", message }) });
    openMenu(anchor, items, point);
  },
  earlier: () => attempt(async () => {
    const chat = await get("/page/chat", { ...here(), before: log.oldest() });
    log.prepend(chat.messages, chat.more);
  }),
};

async function copyText(text) {
  await navigator.clipboard.writeText(text);
  toast(t("copied"));
}

// -- the start
async function changeLanguage() {
  await load(other());
  clock.draw();
  drawSide();
  if (state.chat) await openChat(state.chat);
}

function wire() {
  addEventListener("hashchange", () => route().catch(failed));
  addEventListener("unhandledrejection", (event) => failed(event.reason));
  wide.addEventListener("change", () => route().catch(failed));
  byId("lang").addEventListener("click", () => changeLanguage().catch(failed));
  byId("chat-menu").addEventListener("click", chatMenu);
  byId("back").addEventListener("click", () => (location.hash = hrefOf(state.me.id)));
  byId("photo-view").addEventListener("click", (event) => event.currentTarget.close());
  compose.start();
  clock.start(() => {
    log.drawDays();
    drawSide();
  });
}

async function start() {
  await load();
  wire();
  await clock.refresh();
  byId("org").textContent = (await refreshPeople()).org;
  if (!location.hash && localStorage.getItem("as")) go(localStorage.getItem("as"));
  else await route();
}

start().catch(failed);
