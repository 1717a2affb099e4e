// Builds what the page shows. Whatever came from outside goes in as text, never as markup.

/**
 * An element.
 * @param {string} tag
 * @param {Object} attributes set as they are; `on` holds event listeners, and null or false leaves an attribute out
 * @param {...(Node|string|null|Array)} children strings become text
 */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export const byId = (id) => document.getElementById(id);

/** An option for each [value, text], after those that are already marked to stay. */
export function options(select, pairs) {
  const chosen = select.value;
  select.replaceChildren(...pairs.map(([value, text]) => el("option", { value }, text)));
  if (pairs.some(([value]) => value === chosen)) select.value = chosen;
}

/** A link within the mock; plain text where it would lead elsewhere, or is no link. */
export function inside(address) {
  try {
    const url = new URL(address, location.href);
    return url.origin === location.origin && url.protocol.startsWith("http") ? url.pathname + url.search + url.hash : null;
  } catch {
    return null;
  }
}

export const isImage = (mediaType) => /^image\//i.test(mediaType ?? "");

export function bytes(count) {
  if (count < 1000) return `${count} B`;
  return count < 1e6 ? `${(count / 1000).toFixed(1)} kB` : `${(count / 1e6).toFixed(1)} MB`;
}

export function milliseconds(count) {
  if (count < 10) return `${Number(count.toPrecision(2))} ms`;
  return count < 10_000 ? `${Math.round(count)} ms` : `${(count / 1000).toFixed(1)} s`;
}

/** A time as milliseconds since 1970, exact to what the text tells; Date itself drops what is below a millisecond. */
export function instant(text) {
  const below = /\.\d{3}(\d+)/.exec(text);
  return Date.parse(text) + (below ? Number(`0.${below[1]}`) : 0);
}

/** The class of a status: good, bad (the caller's mistake), broken (the server's, or no answer). */
export function kind(status) {
  if (!status || status >= 500) return "broken";
  return status >= 400 ? "bad" : "good";
}

/** The status of a request's answer; 0 where none came. */
export const statusOf = (entry) => entry.answer?.status ?? 0;

export function pill(status, words = "") {
  return el("span", { class: `pill ${kind(status)}` }, String(status || "–"), words ? ` ${words}` : "");
}
