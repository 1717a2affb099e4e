// Finds in a request's body what the page tells of it: by the specs' roles of fields, never by a field's name.
import { isImage } from "./dom.js";

const DIGEST = /^[0-9a-f]{64}$/; // anybody can send an object that looks like an upload

let shapes = new Map(); // operation -> shapes

export function learn(specs) {
  shapes = new Map(specs.apis.flatMap((api) => api.operations).map((operation) => [operation.id, operation.shapes]));
}

/** The texts of a body that have a role, e.g. its prompt; several are joined. */
export function told(entry, role) {
  for (const shape of shapes.get(entry.operation) ?? []) {
    const texts = (shape.roles[role] ?? []).flatMap((path) => texts_at(entry.body, path));
    if (texts.length) return texts.join(" ");
  }
  return "";
}

function texts_at(value, [name, ...rest]) {
  if (name === undefined) return typeof value === "string" ? [value] : [];
  if (name === "[]") return Array.isArray(value) ? value.flatMap((item) => texts_at(item, rest)) : [];
  return value !== null && typeof value === "object" && Object.hasOwn(value, name) ? texts_at(value[name], rest) : [];
}

/** The uploaded images of a body, each {filename, media_type, size, blob}. */
export function uploads(value) {
  if (Array.isArray(value)) return value.flatMap(uploads);
  if (value === null || typeof value !== "object") return [];
  if (typeof value.blob === "string" && DIGEST.test(value.blob) && isImage(value.media_type)) return [value];
  return Object.values(value).flatMap(uploads);
}
