// How the browser form reads and writes the documents of a folder.
//
// Saving replaces the lines of the fields that were changed, and the text if it was. All other bytes stay: comments,
// quotation marks, fields that the form does not show. What a field may hold is in config.yml, made from the models.
import { load } from "./js-yaml/dist/browser/js-yaml.esm.min.js";

const TEXT = "sb_text"; // the file as it was read; travels with the fields and is never saved
const KEY = /^(?:"([^"\\]+)"|'([^']+)'|([A-Za-z_][\w-]*))[ \t]*:(?=[ \t\n]|$)/;
const HEAD = /^\uFEFF?---[ \t]*\n(?:([\s\S]*?)\n)??(?:---|\.\.\.)[ \t]*(?:\n|$)/;
const DAY = /^\d{4}-\d\d-\d\d$/;
const PLAIN = /^[\p{L}](?:[\p{L}\p{M}\p{N} ._/'’()–-]*[\p{L}\p{M}\p{N}.)])?$/u;
const ADDRESS = /^https?:\/\/[^\s,[\]{}#"'`\\]+[^\s,[\]{}#"'`\\:]$/;
const WORDS = /^(?:y|yes|n|no|on|off|true|false|null)$/i; // what YAML 1.1 reads as something else than text
const WIDTH = 110;

// The parts of a file: the lines before its first field, its fields, the text, and whether fields can be told apart.
const split = (text) => {
  const found = text.match(HEAD);
  if (!found) return { before: "", chunks: [], values: {}, tail: text, isPlain: true };
  const isEmpty = !/^[ \t]*[^\s#]/m.test(found[1] ?? "");
  const values = (isEmpty ? null : load(found[1])) ?? {};
  if (typeof values !== "object" || Array.isArray(values)) throw new Error("The front matter is not a list of fields.");
  const chunks = [];
  let before = "";
  for (const line of (found[1] ?? "").split("\n")) {
    const key = line.match(KEY);
    const last = chunks.at(-1);
    if (key) chunks.push({ name: key[1] ?? key[2] ?? key[3], lines: `${line}\n`, after: "" });
    else if (!last) before += `${line}\n`;
    // Comments and empty lines before the next field belong to it.
    else if (/^(?:#.*|[ \t]*)$/.test(line)) last.after += `${line}\n`;
    else {
      last.lines += last.after + `${line}\n`;
      last.after = "";
    }
  }
  const isPlain = chunks.length === Object.keys(values).length && chunks.every(({ name, lines }) => isOnly(name, lines, values));
  return { before: found[1] ? before : "", chunks, values, tail: text.slice(found[0].length), isPlain };
};

const isOnly = (name, lines, values) => {
  try {
    return same(load(lines), { [name]: values[name] });
  } catch {
    return false;
  }
};

const same = (a, b) => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

const sorted = (value) =>
  Array.isArray(value) ? value.map(sorted)
  : value && typeof value === "object" ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]))
  : value ?? null;

// Without what says nothing: a field that is empty is not written.
const filled = (value) => {
  if (Array.isArray(value)) {
    const items = value.map(filled).filter((item) => item !== undefined);
    return items.length ? items : undefined;
  }
  if (value && typeof value === "object") {
    const pairs = Object.entries(value).map(([key, one]) => [key, filled(one)]).filter(([, one]) => one !== undefined);
    return pairs.length ? Object.fromEntries(pairs) : undefined;
  }
  return value === "" || value === null ? undefined : value;
};

const quoted = (text) =>
  // JSON is YAML, but for characters that YAML does not print or takes for line breaks.
  JSON.stringify(text).replace(/[\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);

const scalar = (value, field) => {
  if (typeof value !== "string") return JSON.stringify(value);
  if (field?.widget === "datetime" && DAY.test(value)) return value;
  return !WORDS.test(value) && (PLAIN.test(value) || ADDRESS.test(value)) ? value : quoted(value);
};

const part = (field, name) => (field?.fields ?? []).find((one) => one.name === name);

// A value on one line.
const flow = (value, field) => {
  if (Array.isArray(value)) return `[${value.map((item) => flow(item, field?.field ?? field)).join(", ")}]`;
  if (value && typeof value === "object") return `{${Object.entries(value).map(([key, one]) => `${scalar(key)}: ${flow(one, part(field, key))}`).join(", ")}}`;
  return scalar(value, field);
};

const written = (name, value, field) => {
  const line = `${scalar(name)}: ${flow(value, field)}`;
  const isDeep = Array.isArray(value) && value.some((item) => typeof item === "object");
  if (line.length <= WIDTH && !isDeep) return `${line}\n`;
  if (Array.isArray(value)) return `${scalar(name)}:\n${value.map((item) => `  - ${flow(item, field?.field ?? field)}\n`).join("")}`;
  if (value && typeof value === "object")
    return `${scalar(name)}:\n${Object.entries(value).map(([key, one]) => `  ${scalar(key)}: ${flow(one, part(field, key))}\n`).join("")}`;
  return `${line}\n`;
};

// How the documents of one folder are read and written.
export const format = (collection, { flags, folders, new: fresh }) => {
  const fields = new Map(collection.fields.map((field, place) => [field.name, { ...field, place }]));
  const isFlag = (name) => (flags[collection.name] ?? []).includes(name);

  // Documents in sub-folders have their path for a name in the form, and their file name everywhere else.
  const toPath = (slug, field) => folders[field.collection]?.[slug] ?? slug;
  const toSlug = (path) => path.split("/").at(-1);

  const pickers = (value, field, change) => {
    if (Array.isArray(value)) return value.map((item) => pickers(item, field, change));
    if (field?.widget === "relation") return typeof value === "string" ? change(value, field) : value;
    if (value && typeof value === "object")
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, pickers(one, part(field, key), change)]));
    return value;
  };

  // A list of mappings may name its items alone: `similar: [a-slug]` says `similar: [{to: a-slug}]`.
  const shown = (value, field) => {
    const first = field?.widget === "list" && field.fields?.[0].name;
    const items = first && Array.isArray(value) ? value.map((item) => (typeof item === "object" ? item : { [first]: item })) : value;
    return pickers(items, field, toPath);
  };
  const saved = (value, field) => {
    const slugs = pickers(value, field, toSlug);
    const unique = field?.multiple && Array.isArray(slugs) ? [...new Set(slugs)] : slugs;
    const first = field?.widget === "list" && field.fields?.[0].name;
    const isShort = (item) => item && typeof item === "object" && Object.keys(item).join() === first;
    return first && Array.isArray(unique) ? unique.map((item) => (isShort(item) ? item[first] : item)) : unique;
  };

  const fromFile = (text) => {
    const { values, tail } = split(text);
    const read = Object.entries(values).map(([name, value]) => [name, shown(value, fields.get(name))]);
    return { ...Object.fromEntries(read), body: tail.replace(/^\n/, ""), [TEXT]: text };
  };

  const toFile = (content) => {
    const { [TEXT]: text = "", body = "", ...rest } = content;
    const given = text ? rest : { ...Object.fromEntries(Object.entries(fresh).filter(([name]) => fields.has(name))), ...filled(rest) };
    const file = split(text);
    const before = text ? fromFile(text) : {};
    let chunks = file.chunks;
    if (!file.isPlain) chunks = chunks.filter(() => false); // fields that depend on each other are all written anew
    const names = [...new Set([...Object.keys(file.values), ...fields.keys(), ...Object.keys(given)])];
    for (const name of names.filter((one) => one !== "body")) {
      const field = fields.get(name);
      let value = filled(given[name]);
      if (value === false && isFlag(name) && !(name in file.values)) value = undefined;
      const place = chunks.findIndex((chunk) => chunk.name === name);
      if (file.isPlain && same(value, filled(before[name]))) continue;
      if (value === undefined) {
        if (place >= 0) chunks = chunks.toSpliced(place, 1, { name: "", lines: "", after: chunks[place].after });
        continue;
      }
      const lines = written(name, saved(value, field), field);
      if (place >= 0) chunks = chunks.with(place, { ...chunks[place], lines });
      else {
        // A new field comes after those that precede it in the form.
        const order = field?.place ?? Infinity;
        const at = chunks.findLastIndex((chunk) => (fields.get(chunk.name)?.place ?? -1) < order && chunk.name) + 1;
        chunks = chunks.toSpliced(at, 0, { name, lines, after: "" });
      }
    }
    const head = `---\n${file.before}${chunks.map(({ lines, after }) => lines + after).join("")}---\n`;
    const isSameBody = text && body === before.body;
    return head + (isSameBody ? file.tail : body.trim() ? `\n${body.replace(/^\n+/, "")}\n` : "");
  };

  return { fromFile, toFile };
};
