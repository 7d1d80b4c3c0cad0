const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export function escape(text) {
  return text.replace(/[&<>"]/g, character => escapes[character]);
}

/** Fills {{name}} with escaped and {{{name}}} with trusted text; an unknown name is an error. */
export function render(template, values) {
  const value = name => values[name] ?? fail(name);
  return template
    .replace(/\{\{\{(\w+)\}\}\}/g, (_, name) => value(name))
    .replace(/\{\{(\w+)\}\}/g, (_, name) => escape(value(name)));
}

function fail(name) {
  throw new Error(`the template asks for ${name}`);
}
