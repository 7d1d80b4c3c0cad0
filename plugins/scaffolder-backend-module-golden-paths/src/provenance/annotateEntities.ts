import { parseAllDocuments, isMap } from 'yaml';

/**
 * Sets annotations of every entity of a catalog file, and leaves its comments and order as they are.
 *
 * @throws Error of the parser, with line and column, when the text is not YAML
 */
export function annotateEntities(
  text: string,
  annotations: Record<string, string>,
): string {
  const documents = parseAllDocuments(text);
  if (!Array.isArray(documents)) {
    return text;
  }
  let changed = false;
  for (const document of documents) {
    if (document.errors.length > 0) {
      throw document.errors[0];
    }
    if (!isMap(document.contents) || !document.has('kind')) {
      continue;
    }
    for (const [name, value] of Object.entries(annotations)) {
      const path = ['metadata', 'annotations', name];
      if (document.getIn(path) !== value) {
        document.setIn(path, value);
        changed = true;
      }
    }
  }
  return changed
    ? documents.map(document => document.toString({ lineWidth: 0 })).join('')
    : text;
}
