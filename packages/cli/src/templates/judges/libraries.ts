import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  DefaultNamespaceEntityPolicy,
  Entity,
  EntityPolicies,
  FieldFormatEntityPolicy,
  NoForeignRootFieldsEntityPolicy,
  SchemaValidEntityPolicy,
} from '@backstage/catalog-model';
import { Document, Spectral } from '@stoplight/spectral-core';
import { Yaml } from '@stoplight/spectral-parsers';
import { oas } from '@stoplight/spectral-rulesets';
import { run as lintDockerfile } from 'dockerfilelint';
import { isMap, LineCounter, parseAllDocuments } from 'yaml';
import { Finding, placeOf } from '../Finding';
import { Judge } from './Judge';

/** Dockerfiles. */
export const dockerfilelint: Judge = {
  name: 'dockerfilelint',
  programs: [],
  async judge({ folder, paths }) {
    const files = paths.filter(path => /(^|\/)Dockerfile$/.test(path));
    if (files.length === 0) return undefined;
    const findings = await Promise.all(
      files.map(async path => {
        const text = await readFile(join(folder, path), 'utf8');
        return lintDockerfile(folder, text).map(({ line, rule, title }) => ({
          place: placeOf(path, line),
          rule: `dockerfilelint/${rule}`,
          message: title,
        }));
      }),
    );
    return findings.flat();
  },
};

/** Spectral counts its severities downwards from 0, an error; a hint is 3. */
const WARNING = 1;

/** OpenAPI documents, warnings included. */
export const spectral: Judge = {
  name: 'spectral',
  programs: [],
  async judge({ folder, paths }) {
    const files = paths.filter(path =>
      /(^|\/)openapi\.(ya?ml|json)$/.test(path),
    );
    if (files.length === 0) return undefined;
    const findings: Finding[] = [];
    for (const path of files) {
      const linter = new Spectral();
      linter.setRuleset({ extends: [oas] } as never);
      const text = await readFile(join(folder, path), 'utf8');
      const results = await linter.run(new Document(text, Yaml, path));
      findings.push(
        ...results
          .filter(({ severity }) => severity <= WARNING)
          .map(({ range, code, message }) => ({
            place: placeOf(path, range.start.line + 1),
            rule: `spectral/${code}`,
            message,
          })),
      );
    }
    return findings;
  },
};

const policy = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new DefaultNamespaceEntityPolicy(),
  new NoForeignRootFieldsEntityPolicy(),
  new FieldFormatEntityPolicy(),
]);

/** The descriptions that the catalog will read. */
export const catalogInfo: Judge = {
  name: 'catalog',
  programs: [],
  async judge({ folder, paths }) {
    const path = 'catalog-info.yaml';
    if (!paths.includes(path)) return undefined;
    const lineCounter = new LineCounter();
    const documents = parseAllDocuments(
      await readFile(join(folder, path), 'utf8'),
      { lineCounter },
    );
    if (!Array.isArray(documents)) {
      return [
        { place: path, rule: 'catalog/empty', message: 'it holds no entity' },
      ];
    }
    const findings: Finding[] = [];
    for (const document of documents) {
      const place = placeOf(
        path,
        lineCounter.linePos(
          isMap(document.contents) ? document.contents.range![0] : 0,
        ).line,
      );
      try {
        if (document.errors.length > 0) throw document.errors[0];
        await policy.enforce(document.toJS() as Entity);
      } catch (error) {
        findings.push({
          place,
          rule: 'catalog/entity',
          message: (error as Error).message,
        });
      }
    }
    return findings;
  },
};

const TEXT = /\.(json|tf|ts|js|go|md|ya?ml|toml|mod|sql|service|tpl)$/;
/** Of templates, not of GitHub's workflows, whose expressions look the same. */
const LEFT_OVER =
  /\$\{\{-?\s*(values|parameters)\b|\{%-?\s*(if|for|set|end\w+)\b/;

/** Template syntax that nobody rendered, and JSON that is none. */
export const text: Judge = {
  name: 'text',
  programs: [],
  async judge({ folder, paths }) {
    const findings: Finding[] = [];
    for (const path of paths) {
      if (path.includes('${{')) {
        findings.push({
          place: path,
          rule: 'text/left-over',
          message: 'the name of the file was not rendered',
        });
      }
      if (!TEXT.test(path)) continue;
      const content = await readFile(join(folder, path), 'utf8');
      content.split('\n').forEach((line, index) => {
        if (LEFT_OVER.test(line)) {
          findings.push({
            place: placeOf(path, index + 1),
            rule: 'text/left-over',
            message: `template syntax was not rendered: ${line.trim()}`,
          });
        }
      });
      if (path.endsWith('.json')) {
        try {
          JSON.parse(content);
        } catch (error) {
          findings.push({
            place: path,
            rule: 'text/json',
            message: (error as Error).message,
          });
        }
      }
    }
    return findings;
  },
};
