// The log of one chat: bubbles, pictures, papers, inline keyboards, live edits, date separators.
import { avatar, byId, el, icon, richText } from "./dom.js";
import { dress } from "./emoji.js";
import { now } from "./clock.js";
import { day, gist, sameDay, size, t, time, wall } from "./words.js";

const ODD = { sticker: "smile", voice: "voice", contact: "person", location: "pin", poll: "file" };
const root = byId("log");
const nodes = new Map(); // message id -> {message, node}
let context = { me: 0, kind: "private", act: {} };
let atEnd = true;
let missed = 0;
let lastTop = 0;
let pressedAt = -Infinity; // what comes soon after a press is most likely its answer

export function show(messages, about) {
  context = about;
  missed = 0;
  nodes.clear();
  root.setAttribute("aria-live", "off"); // a whole chat is not news
  root.replaceChildren();
  if (about.more) root.append(el("button", { type: "button", class: "earlier", onclick: about.act.earlier }, t("earlier")));
  const fresh = firstUnread(messages, about.unread);
  for (const message of messages) append(message, message.id === fresh);
  if (!messages.length) root.append(welcome());
  scrollToEnd("instant");
  const divider = root.querySelector(".fresh");
  if (divider && root.scrollHeight - divider.offsetTop > root.clientHeight) divider.scrollIntoView({ block: "start" });
  requestAnimationFrame(() => root.setAttribute("aria-live", "polite"));
}

function firstUnread(messages, unread) {
  const theirs = messages.filter((message) => message.from.id !== context.me);
  return unread > 0 && unread < messages.length ? theirs.at(-unread)?.id : undefined;
}

function welcome() {
  return el("div", { class: "welcome" }, avatar(context.title, "bot"), el("strong", {}, context.title), el("p", {}, context.about || t("welcome")));
}

/** A new message goes to the end; a known one is replaced where it stands. */
export function put(message) {
  const known = nodes.get(message.id);
  if (known) return replace(known, message);
  root.querySelector(".welcome")?.remove();
  root.querySelector(".typing")?.remove();
  append(message);
  if (atEnd || own(message) || performance.now() - pressedAt < 5000) scrollToEnd();
  else missed += 1;
  return drawEnd();
}

export function drop(id) {
  nodes.get(id)?.node.remove();
  nodes.delete(id);
  const first = root.querySelector(".msg");
  for (const line of root.querySelectorAll(".day")) if (!line.nextElementSibling?.matches(".msg, .fresh") || !first) line.remove();
}

export function drawDays() {
  for (const line of root.querySelectorAll(".day")) line.firstElementChild.textContent = day(wall(line.dataset.date), now());
}

export const ownLast = () => [...nodes.values()].map((entry) => entry.message).filter((message) => own(message) && message.editable).at(-1);
export const oldest = () => Math.min(...nodes.keys());
const own = (message) => message.from.id === context.me;

function append(message, fresh = false) {
  const last = [...nodes.values()].at(-1)?.message;
  const date = wall(message.date);
  if (!last || !sameDay(wall(last.date), date)) root.append(el("p", { class: "divider day", dataset: { date: message.date } }, el("span", {}, day(date, now()))));
  if (fresh) root.append(el("p", { class: "divider fresh" }, el("span", {}, t("new-below"))));
  const follows = last && last.from.id === message.from.id && root.lastElementChild?.matches(".msg");
  const node = bubble(message, follows);
  nodes.set(message.id, { message, node });
  root.append(node);
}

function replace(known, message) {
  const focus = known.node.contains(document.activeElement) ? document.activeElement.dataset.at : undefined;
  const node = bubble(message, known.node.classList.contains("follows"));
  node.classList.add("changed");
  known.node.replaceWith(node);
  nodes.set(message.id, { message, node });
  if (focus !== undefined) (node.querySelector(`[data-at="${focus}"]`) ?? node.querySelector(".more")).focus();
  if (atEnd) scrollToEnd();
}

function bubble(message, follows) {
  if (message.kind === "service") return el("p", { class: "divider" }, el("span", {}, message.detail ? t("joined", { name: message.detail }) : t("kind-service")));
  const mine = own(message);
  const group = context.kind === "group" && !mine;
  const inner = el("div", { class: "bubble" },
    group && !follows && el("strong", { class: "sender" }, message.from.name),
    message.reply_to && el("blockquote", { class: "answered" }, el("strong", {}, message.reply_to.from), el("span", {}, gist(message.reply_to))),
    message.forwarded && el("span", { class: "forwarded" }, t("forwarded")),
    message.photo && photo(message),
    message.document && paper(message.document),
    message.kind in ODD && odd(message),
    message.html && el("div", { class: "words", dir: "auto" }, richText(message.html)),
    el("span", { class: "stamp" }, message.edited ? `${t("edited")} ` : "", el("time", { datetime: message.date }, time(wall(message.date)))));
  const node = el("article", { class: `msg ${mine ? "own" : "theirs"}${follows ? " follows" : ""}`, dataset: { id: message.id } },
    group && (follows ? el("span", { class: "face blank" }) : avatar(message.from.name, message.from.bot ? "bot" : "staff")),
    el("div", { class: "stack" }, el("span", { class: "unseen" }, mine ? t("by-me") : message.from.name), inner, message.buttons.length > 0 && keys(message)),
    el("button", { type: "button", class: "more", "aria-haspopup": "menu", "aria-label": t("message-menu"), onclick: (event) => context.act.menu(message, event.currentTarget) }, icon("more")));
  node.addEventListener("click", onLink);
  inner.addEventListener("click", () => pick(node));
  inner.addEventListener("contextmenu", (event) => {
    if (event.target.closest("a, img") || String(getSelection())) return;
    event.preventDefault();
    context.act.menu(message, inner, { x: event.clientX, y: event.clientY });
  });
  return dress(node);
}

/** A tap on a bubble shows its menu button where nothing hovers. */
function pick(node) {
  for (const other of root.querySelectorAll(".picked")) if (other !== node) other.classList.remove("picked");
  node.classList.toggle("picked");
}

function onLink(event) {
  const link = event.target.closest("a[data-say], a[href^='http'], a[href^='tg:']");
  if (!link) return;
  if (link.dataset.say) context.act.say(link.dataset.say);
  else if (!context.act.deepLink(link.href)) return;
  event.preventDefault();
}

function photo(message) {
  const image = el("img", { src: message.photo, alt: message.html ? "" : t("photo"), loading: "lazy", onload: () => atEnd && scrollToEnd("instant") });
  return el("button", { type: "button", class: "photo", "aria-label": t("photo-open"), onclick: () => context.act.photo(message.photo) }, image);
}

function odd(message) {
  const picture = message.kind === "sticker" && message.detail ? el("span", { class: "sticker" }, message.detail) : icon(ODD[message.kind]);
  return el("span", { class: "odd" }, picture, el("span", {}, t(`kind-${message.kind}`), message.kind === "sticker" ? "" : ` ${message.detail}`));
}

function paper(file) {
  return el("a", { class: "paper", href: file.url, download: file.name },
    el("span", { class: "paper-icon" }, icon("file")),
    el("span", { class: "paper-words" }, el("strong", {}, file.name), el("small", {}, `${size(file.size)} · ${t("download")}`)));
}

function keys(message) {
  return el("div", { class: "keys" }, message.buttons.map((row, y) => el("div", { class: "keys-row" }, row.map((button, x) => key(message, button, y, x)))));
}

function key(message, button, row, col) {
  const at = `${row}.${col}`;
  if (button.url) return el("a", { class: "key", href: button.url, target: "_blank", rel: "noopener noreferrer", dataset: { at } }, button.text, icon("out"));
  const press = async (event) => {
    const node = event.currentTarget;
    if (node.classList.contains("waiting")) return;
    node.classList.add("waiting");
    pressedAt = performance.now();
    await context.act.press(message, row, col, () => node.classList.remove("waiting"));
  };
  return el("button", { type: "button", class: "key", dataset: { at }, onclick: press }, el("span", {}, button.text));
}

export function typing() {
  root.querySelector(".typing")?.remove();
  const node = el("div", { class: "typing", "aria-hidden": "true" }, el("i"), el("i"), el("i"));
  root.append(node);
  if (atEnd) scrollToEnd();
  setTimeout(() => node.remove(), 5000);
}

export function prepend(messages, more) {
  const height = root.scrollHeight;
  const shown = [...nodes.values()].map((entry) => entry.message);
  show([...messages, ...shown], { ...context, more, unread: 0 });
  root.scrollTop = root.scrollHeight - height;
}

export function scrollToEnd(behavior = "smooth") {
  atEnd = true;
  missed = 0;
  root.scrollTo({ top: root.scrollHeight, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : behavior });
  drawEnd();
}

function drawEnd() {
  const button = byId("to-end");
  button.hidden = atEnd;
  const mark = button.querySelector(".badge");
  mark.hidden = !missed;
  mark.textContent = missed;
}

root.addEventListener("scroll", () => {
  // Only going up leaves the end: pictures and keyboards that change the height do not.
  if (root.scrollHeight - root.scrollTop - root.clientHeight < 60) atEnd = true;
  else if (root.scrollTop < lastTop) atEnd = false;
  lastTop = root.scrollTop;
  if (atEnd) missed = 0;
  drawEnd();
});
byId("to-end").addEventListener("click", () => scrollToEnd());
new ResizeObserver(() => atEnd && scrollToEnd("instant")).observe(root);
