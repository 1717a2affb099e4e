// Shows the answer to a request that the form sent.
import { byId, bytes, el, inside, isImage, milliseconds, pill } from "./dom.js";
import { picture } from "./entry.js";
import { json } from "./json.js";

const SIGNATURES = [["iVBORw0KGgo", "image/png"], ["/9j/", "image/jpeg"], ["UklGR", "image/webp"]];

/** Show an answer, once all of it is there. */
export async function show(answer, begun) {
  const content = await answer.blob();
  const took = milliseconds(performance.now() - begun);
  const type = (answer.headers.get("content-type") ?? "").split(";")[0].trim();
  const id = answer.headers.get("x-request-id");
  byId("send-status").replaceChildren(pill(answer.status, answer.statusText), ` ${took}, ${bytes(content.size)}${type ? `, ${type}` : ""} `,
    id ? el("a", { href: `#request/${encodeURIComponent(id)}` }, "See it in the journal") : "");
  byId("send-result").replaceChildren(...await parts(content, type), headers(answer));
}

async function parts(content, type) {
  if (isImage(type)) return [el("div", { class: "pictures" }, picture(await dataAddress(content), "The image", "out"))];
  const text = await content.text();
  try {
    const value = JSON.parse(text);
    const shown = images(value).map((source, index, all) => picture(source, `Image ${index + 1} of ${all.length}`, "out"));
    return [shown.length ? el("div", { class: "pictures" }, shown) : null, json(value)].filter(Boolean);
  } catch {
    return [el("pre", { tabindex: "0" }, text || "(an empty body)")];
  }
}

/** The images in a JSON answer, each once: those of its first property that has any, for others may name them again. */
function images(value) {
  const sets = value !== null && typeof value === "object" ? Object.values(value).map(found) : [];
  return sets.find((set) => set.length) ?? [];
}

/** The images anywhere in a value, in order: links into the mock, and base64 data. */
function found(value) {
  const all = new Set();
  const look = (at) => {
    if (Array.isArray(at)) at.forEach(look);
    else if (at !== null && typeof at === "object") Object.values(at).forEach(look);
    else if (typeof at === "string") {
      const source = imageSource(at);
      if (source) all.add(source);
    }
  };
  look(value);
  return [...all];
}

function imageSource(text) {
  const known = SIGNATURES.find(([start]) => text.startsWith(start));
  if (known && text.length > 100) return `data:${known[1]};base64,${text}`;
  return /^https?:\/\//.test(text) && /\/_mock\/images\//.test(text) ? inside(text) : null;
}

function dataAddress(content) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => done(reader.result));
    reader.addEventListener("error", () => failed(reader.error));
    reader.readAsDataURL(content);
  });
}

function headers(answer) {
  const rows = [...answer.headers].map(([name, value]) => el("tr", {}, el("th", { scope: "row" }, name), el("td", {}, value)));
  return el("details", {}, el("summary", {}, `${rows.length} headers`), el("table", { class: "headers" }, el("tbody", {}, rows)));
}
