// One request in full: images, verdict, what was sent and answered, what a gateway would send upstream, times.
import * as api from "./api.js";
import { told, uploads } from "./bodies.js";
import { byId, bytes, el, inside, instant, milliseconds, pill, statusOf } from "./dom.js";
import { json } from "./json.js";

const STEPS = [["received", "received"], ["body_read", "body read"], ["first_byte", "first byte out"], ["finished", "finished"]];

let links = new Map(); // rule -> its place in the reference

export function learn(specs) {
  links = new Map(specs.rules.map((rule) => [rule.id, rule.link]));
}

/** Show a request. */
export function show(entry) {
  const detail = byId("detail");
  detail.replaceChildren(
    el("a", { class: "back", href: "#requests" }, "‹ All requests"),
    head(entry),
    ...[pictures(entry), verdict(entry), remarks(entry), fault(entry), sent(entry), answered(entry), upstream(entry), times(entry)].filter(Boolean));
  detail.scrollTop = 0;
  if (document.body.classList.contains("reading")) window.scrollTo(0, 0);
}

/** Show that no request is open, or that the one asked for isn't there. */
export function showNone(message = "Choose a request to see all of it.") {
  byId("detail").replaceChildren(el("div", { class: "empty" }, el("p", {}, message),
    el("p", { class: "keys" }, el("kbd", {}, "/"), " filter   ", el("kbd", {}, "↑"), " ", el("kbd", {}, "↓"), " move   ", el("kbd", {}, "Enter"), " open")));
}

function head(entry) {
  const output = el("div", { class: "copied", role: "status" });
  const copy = el("button", { type: "button", on: { click: () => copyCurl(entry, output) } }, "Copy as curl");
  return el("header", { class: "detail-head" },
    el("div", { class: "line" }, pill(statusOf(entry), entry.outcome && entry.outcome !== "answered" ? entry.outcome : ""),
      el("h2", {}, entry.operation || "No operation"), el("code", {}, `${entry.method} ${entry.path}`)),
    el("p", { class: "prompt" }, told(entry, "prompt")),
    el("p", { class: "facts" }, `${new Date(entry.received).toLocaleString([], { dateStyle: "medium", timeStyle: "medium" })} · request id `, el("code", {}, entry.id)),
    el("div", { class: "actions" }, copy,
      el("a", { class: "button", href: api.har(entry.id), download: `${entry.id}.har` }, "Download HAR")),
    output);
}

async function copyCurl(entry, output) {
  const line = await api.curl(entry.id);
  const shown = el("pre", { tabindex: "0" }, line);
  let words = "Copied. The key is left to you as a variable.";
  try {
    await navigator.clipboard.writeText(line);
  } catch {
    words = "Copy it from here; the browser doesn't let this page copy.";
  }
  output.replaceChildren(el("p", {}, words), shown);
}

function part(title, ...children) {
  return el("section", { class: "part" }, el("h3", {}, title), ...children);
}

function pictures(entry) {
  const made = (entry.images ?? []).map(inside).filter(Boolean);
  const given = uploads(entry.body);
  if (!made.length && !given.length) return null;
  return part("Images", el("div", { class: "pictures" },
    given.map((upload, index) => picture(api.blob(upload.blob), upload.filename || `input ${index + 1}`, "in", `${upload.media_type}, ${bytes(upload.size)}`)),
    made.map((path, index) => picture(path, `Image ${index + 1} of ${made.length}`, "out"))));
}

/** A picture that opens by itself in full size; under it what it is. */
export function picture(source, name, way, about = "") {
  const caption = el("figcaption", {}, el("span", { class: `way ${way}` }, way === "in" ? "sent" : "made"), ` ${name}`, el("small", {}, about));
  const image = el("img", { src: source, alt: name, decoding: "async" });
  const size = () => { caption.lastChild.textContent = `${image.naturalWidth} × ${image.naturalHeight}${about ? `, ${about}` : ""}`; };
  image.addEventListener("load", size);
  image.addEventListener("error", () => { caption.lastChild.textContent = "can't be shown: it has expired, or is no image"; });
  return el("figure", { class: way }, source.startsWith("data:") ? image : el("a", { href: source, target: "_blank", rel: "noopener" }, image), caption);
}

function verdict(entry) {
  if (!entry.verdict.length && !entry.refused_because) return null;
  const items = entry.verdict.map((breach) => el("li", {},
    el("p", {}, el("b", {}, breach.field || "request"), ` ${breach.message}`),
    el("p", { class: "facts" }, rule(breach.rule), breach.document ? ` ${breach.document}` : "")));
  const words = items.length ? `It breaks ${items.length === 1 ? "a rule" : `${items.length} rules`}` : "Refused";
  return part(words, entry.refused_because && !items.length ? el("p", {}, entry.refused_because) : null, items.length ? el("ul", { class: "breaches" }, items) : null);
}

/** What is odd about it, though it breaks no rule. */
function remarks(entry) {
  if (!entry.remarks?.length) return null;
  return part(entry.remarks.length === 1 ? "A remark" : "Remarks", el("ul", { class: "remarks" }, entry.remarks.map((remark) => el("li", {}, remark))));
}

/** A rule's id, as a link to its line in the reference. */
function rule(id) {
  const place = links.get(id);
  return place ? el("a", { href: place, class: "rule" }, id) : el("code", {}, id);
}

function fault(entry) {
  return entry.fault ? part("Fault performed", json(entry.fault)) : null;
}

function headers(all) {
  const rows = Object.entries(all ?? {}).map(([name, value]) => el("tr", {}, el("th", { scope: "row" }, name), el("td", {}, String(value))));
  return rows.length
    ? el("details", {}, el("summary", {}, `${rows.length} headers`), el("table", { class: "headers" }, el("tbody", {}, rows)))
    : null;
}

function sent(entry) {
  const about = [entry.media_type, entry.body_size ? bytes(entry.body_size) : ""].filter(Boolean).join(", ");
  return part("Sent", about ? el("p", { class: "facts" }, about) : null, headers(entry.headers), entry.body === null ? null : json(entry.body));
}

function answered(entry) {
  const answer = entry.answer;
  if (!answer) return null;
  const about = [answer.media_type, answer.size === undefined || answer.size === null ? "" : bytes(answer.size)].filter(Boolean).join(", ");
  const body = answer.body === null || answer.body === undefined ? null : json(answer.body);
  return part("Answered", el("p", { class: "facts" }, about), headers(answer.headers), body);
}

function upstream(entry) {
  return entry.upstream ? part("Upstream", el("p", { class: "facts" }, "what a gateway would send to the model provider"), json(entry.upstream)) : null;
}

function times(entry) {
  const start = instant(entry.received);
  const known = STEPS.filter(([name]) => entry[name]).map(([name, words]) => [words, instant(entry[name]) - start]);
  const all = Math.max(known.at(-1)?.[1] ?? 0, 0.001);
  const steps = known.slice(1).map(([words, at], index) => {
    const before = known[index][1];
    const bar = el("span", { class: "span" });
    bar.style.marginInlineStart = `${(before / all) * 100}%`;
    bar.style.width = `${Math.max(((at - before) / all) * 100, 0.5)}%`;
    return el("tr", {}, el("th", { scope: "row" }, words), el("td", { class: "track" }, bar), el("td", { class: "number" }, milliseconds(at)));
  });
  return steps.length ? part("Times", el("table", { class: "times" }, el("tbody", {}, steps))) : null;
}
