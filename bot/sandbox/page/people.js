// The left pane: who I am, my chats with unread marks, and everybody I can become, grouped by role.
import { avatar, byId, el } from "./dom.js";
import { dress } from "./emoji.js";
import { now } from "./clock.js";
import { dayOrTime, gist, roleName, t, wall } from "./words.js";

const SHOWN = 6; // of a long group, until it is opened
const SEARCH_FROM = 12;
const opened = new Set();
let needle = "";

export function drawMe(person) {
  const role = roleName(person.role);
  const lines = [el("strong", {}, person.name), person.name !== role && el("span", { class: `role role-${person.role}` }, role)];
  byId("me").replaceChildren(
    avatar(person.name, person.role),
    el("div", { class: "me-words" }, el("small", {}, t("me-title")), el("div", { class: "me-name" }, ...lines), person.note && el("small", { class: "note" }, person.note)),
  );
}

export function drawChats(chats, current, hrefOf, bot) {
  byId("chats").replaceChildren(...chats.map((chat) => el("li", {}, dress(chatRow(chat, chat.chat_id === current, hrefOf(chat.chat_id), bot)))));
}

function chatRow(chat, current, href, bot) {
  const title = chat.kind === "private" ? bot.name : chat.title;
  const face = chat.kind === "private" ? avatar(title, "bot") : avatar(title, "group");
  return el("a", { class: "row", href, "aria-current": current ? "true" : null },
    face,
    el("span", { class: "row-words" },
      el("span", { class: "row-top" }, el("strong", {}, title), chat.last && el("time", {}, dayOrTime(wall(chat.last.date), now()))),
      el("span", { class: "row-last" }, chat.last ? preview(chat) : t("chat-empty"))),
    badge(chat.unread));
}

function preview(chat) {
  const who = chat.kind === "group" || !chat.last.from_bot ? chat.last.from : null;
  return who ? t("said", { who, text: gist(chat.last) }) : gist(chat.last);
}

export function badge(count) {
  return count ? el("span", { class: "badge", "aria-label": t("unread", { count }) }, count > 99 ? "99+" : String(count)) : null;
}

export function drawPeople(people, me, hrefOf) {
  const found = people.filter((person) => !needle || [person.name, person.note, roleName(person.role)].join(" ").toLowerCase().includes(needle));
  const groups = Map.groupBy ? Map.groupBy(found, (person) => person.group || person.role) : groupBy(found);
  const nodes = [...groups].map(([name, members]) => peopleGroup(name, members, me, hrefOf, () => drawPeople(people, me, hrefOf)));
  byId("people").replaceChildren(...nodes, ...(nodes.length ? [] : [el("p", { class: "empty" }, t("people-none"))]));
  byId("search-box").hidden = people.length < SEARCH_FROM;
  byId("search").oninput = (event) => {
    needle = event.target.value.trim().toLowerCase();
    drawPeople(people, me, hrefOf);
  };
}

function groupBy(people) {
  const groups = new Map();
  for (const person of people) {
    const name = person.group || person.role;
    groups.set(name, [...(groups.get(name) ?? []), person]);
  }
  return groups;
}

function peopleGroup(name, members, me, hrefOf, redraw) {
  const all = needle || opened.has(name) || members.length <= SHOWN + 1;
  const shown = all ? members : members.filter((person, at) => at < SHOWN || person.id === me || person.unread);
  const hidden = members.length - shown.length;
  const open = () => {
    opened.add(name);
    redraw();
  };
  return el("section", { class: "group" },
    el("h3", {}, roleName(name), " ", el("small", {}, String(members.length))),
    el("ul", {}, shown.map((person) => el("li", {}, personRow(person, person.id === me, hrefOf(person.id))))),
    hidden > 0 && el("button", { type: "button", class: "more-people", onclick: open }, t("people-more", { count: hidden })));
}

function personRow(person, current, href) {
  return el("a", { class: "row person", href, "aria-current": current ? "true" : null },
    avatar(person.name, person.role),
    el("span", { class: "row-words" }, el("strong", {}, person.name), person.note && el("span", { class: "row-last" }, person.note)),
    badge(person.unread));
}
