// The foot of a chat: writing, answering, editing, attaching, the command list and the reply keyboard.
import { byId, el, icon, openMenu, toast } from "./dom.js";
import { gist, label, size, t } from "./words.js";

const form = byId("compose");
const text = byId("text");
const list = byId("commands");
const MOST = 50 * 1024 ** 2;
const drafts = new Map();
let place = null; // {key, act, commands, keyboard, bot}
let mode = null; // {kind: "edit" | "reply", message} or {kind: "file", file, as}
let picked = -1;
let hiddenKeyboard = false;

export function open(chat) {
  if (place && mode?.kind !== "edit") drafts.set(place.key, text.value);
  const same = place?.key === chat.key;
  place = chat;
  if (!same) {
    setMode(null);
    text.value = drafts.get(chat.key) ?? "";
    hiddenKeyboard = false;
  }
  drawKeyboard();
  fit();
  drawCommands();
  byId("begin").hidden = !chat.fresh;
  form.hidden = chat.fresh;
}

export function setKeyboard(keyboard) {
  place.keyboard = keyboard;
  hiddenKeyboard = false;
  drawKeyboard();
}

export const setCommands = (commands) => {
  place.commands = commands;
  drawCommands();
};

function drawKeyboard() {
  const rows = place.keyboard?.rows ?? [];
  const toggle = byId("keys-toggle");
  toggle.hidden = !rows.length;
  toggle.setAttribute("aria-expanded", String(!hiddenKeyboard));
  label(toggle, hiddenKeyboard ? "keyboard-show" : "keyboard-hide");
  const board = byId("keyboard");
  board.hidden = !rows.length || hiddenKeyboard;
  board.replaceChildren(...rows.map((row) => el("div", { class: "keys-row" }, row.map((word) => el("button", { type: "button", class: "key", onclick: () => pressWord(word) }, word)))));
  text.placeholder = place.keyboard?.placeholder || t("compose-placeholder");
}

function pressWord(word) {
  if (place.keyboard?.once) {
    hiddenKeyboard = true;
    drawKeyboard();
  }
  place.act.say(word);
}

// -- modes: answering, editing, a file waiting to go
export function setMode(next) {
  if (mode?.kind === "edit") text.value = "";
  mode = next;
  if (next?.kind === "edit") text.value = next.message.text;
  drawHint();
  fit();
  if (next) text.focus();
}

function drawHint() {
  const hint = byId("hint");
  const link = !mode && place?.act.isDeepLink(text.value.trim());
  hint.hidden = !mode && !link;
  if (hint.hidden) return;
  const [name, title, line] = link ? ["out", t("link-title"), t("link-hint")] : modeWords();
  const close = el("button", { type: "button", class: "round small", "aria-label": t("cancel"), onclick: () => setMode(null) }, icon("close"));
  const go = el("button", { type: "button", class: "primary", onclick: openLink }, t("link-open"));
  hint.replaceChildren(icon(name), el("div", {}, el("strong", {}, title), el("span", {}, line)), link ? go : close);
}

function modeWords() {
  if (mode.kind === "file") return [mode.as === "photo" ? "photo" : "file", mode.file.name, `${size(mode.file.size)} · ${t("caption-hint")}`];
  return [mode.kind, t(mode.kind === "edit" ? "editing" : "replying"), gist(mode.message)];
}

function openLink() {
  place.act.deepLink(text.value.trim());
  text.value = "";
  drawHint();
}

export function takeFile(file, as) {
  if (file.size > MOST) return toast(t("file-too-big", { size: size(MOST) }), "bad");
  return setMode({ kind: "file", file, as });
}

// -- sending
async function send() {
  const words = text.value.trim();
  const was = mode;
  if (!words && was?.kind !== "file") return;
  text.value = "";
  mode = null;
  drawHint();
  fit();
  drawCommands();
  const done = await place.act.send(words, was);
  if (done || text.value) return; // what could not be sent comes back, unless something new was begun
  text.value = words;
  mode = was;
  drawHint();
  fit();
}

function fit() {
  text.style.height = "auto";
  text.style.height = `${Math.min(text.scrollHeight, 160)}px`;
}

// -- the command list
const matching = () => {
  const typed = /^\/(\w*)$/.exec(text.value)?.[1];
  return typed === undefined ? [] : (place?.commands ?? []).filter((entry) => entry.command.startsWith(typed.toLowerCase()));
};

function drawCommands() {
  const found = matching();
  picked = Math.min(picked, found.length - 1);
  list.hidden = !found.length;
  text.setAttribute("aria-expanded", String(found.length > 0));
  if (picked >= 0) text.setAttribute("aria-activedescendant", `command-${picked}`);
  else text.removeAttribute("aria-activedescendant");
  list.replaceChildren(...found.map((entry, at) => el("li", { id: `command-${at}`, role: "option", "aria-selected": String(at === picked), onclick: () => run(entry) },
    el("strong", {}, `/${entry.command}`), el("span", {}, entry.description))));
  list.children[picked]?.scrollIntoView({ block: "nearest" });
}

function run(entry) {
  closeCommands();
  place.act.say(`/${entry.command}`);
  text.focus();
}

function closeCommands() {
  if (text.value.startsWith("/")) text.value = "";
  picked = -1;
  drawCommands();
}

function onKey(event) {
  if (event.isComposing || event.keyCode === 229) return; // an input method is still choosing characters
  const found = matching();
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (found.length && step) {
    picked = (picked + step + found.length) % found.length;
    drawCommands();
  } else if (found.length && event.key === "Tab" && !event.shiftKey) {
    text.value = `/${found[Math.max(picked, 0)].command} `;
    drawCommands();
  } else if (event.key === "Escape") {
    if (found.length) closeCommands();
    else if (mode) setMode(null);
    else return;
  } else if (event.key === "ArrowUp" && !text.value && !mode) {
    place.act.editLast();
  } else if (event.key === "Enter" && !event.shiftKey) {
    if (found.length && picked >= 0) run(found[picked]);
    else send();
  } else return;
  event.preventDefault();
}

// -- attaching
function attachMenu(event) {
  const odd = (kind, name) => ({ icon: name, label: t(`attach-${kind}`), act: () => place.act.odd(kind) });
  openMenu(event.currentTarget, [
    { icon: "photo", label: t("attach-photo"), act: () => byId("pick-photo").click() },
    { icon: "file", label: t("attach-document"), act: () => byId("pick-document").click() },
    odd("sticker", "smile"), odd("voice", "voice"), odd("contact", "person"), odd("location", "pin"),
  ]);
}

function picker(id, as) {
  byId(id).addEventListener("change", (event) => {
    const [file] = event.target.files;
    event.target.value = "";
    if (file) takeFile(file, as);
  });
}

const guess = (file) => (file.type.startsWith("image/") && !file.type.includes("svg") ? "photo" : "document");

export function start() {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  text.addEventListener("keydown", onKey);
  text.addEventListener("input", () => {
    picked = -1;
    fit();
    drawCommands();
    drawHint();
  });
  text.addEventListener("paste", (event) => {
    const [file] = event.clipboardData.files;
    if (!file) return;
    event.preventDefault();
    takeFile(file, guess(file));
  });
  byId("slash").addEventListener("click", () => {
    if (list.hidden) text.value = "/";
    else text.value = "";
    drawCommands();
    text.focus();
  });
  byId("keys-toggle").addEventListener("click", () => {
    hiddenKeyboard = !hiddenKeyboard;
    drawKeyboard();
  });
  byId("begin").addEventListener("click", () => place.act.say("/start"));
  byId("attach").addEventListener("click", attachMenu);
  picker("pick-photo", "photo");
  picker("pick-document", "document");
  byId("chat").addEventListener("dragover", (event) => event.preventDefault());
  byId("chat").addEventListener("drop", (event) => {
    event.preventDefault();
    const [file] = event.dataTransfer.files;
    if (file && place) takeFile(file, guess(file));
  });
}
