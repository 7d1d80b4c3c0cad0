// Writes the JSON Schemas beside it, from the packages named in README.md:
//   node vendor.mjs <wheel of kubernetes-validate> <module prometheus-operator> <module argo-cd>
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const KUBERNETES = '1.36.0';
const BUILT_IN = [
  'configmap-v1',
  'deployment-apps-v1',
  'horizontalpodautoscaler-autoscaling-v2',
  'job-batch-v1',
  'namespace-v1',
  'networkpolicy-networking-v1',
  'poddisruptionbudget-policy-v1',
  'secret-v1',
  'service-v1',
  'serviceaccount-v1',
];
const OPERATOR = [
  ['monitoring.coreos.com_servicemonitors.yaml', 'v1'],
  ['monitoring.coreos.com_prometheusrules.yaml', 'v1'],
  ['monitoring.coreos.com_alertmanagerconfigs.yaml', 'v1alpha1'],
];
const ARGO = ['application-crd.yaml', 'appproject-crd.yaml'];
const META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';

const here = dirname(fileURLToPath(import.meta.url));
const [wheel, operator, argo] = process.argv.slice(2);
const member = name =>
  JSON.parse(
    execFileSync(
      'unzip',
      [
        '-p',
        wheel,
        `kubernetes_validate/kubernetes-json-schema/v${KUBERNETES}-local-strict/${name}.json`,
      ],
      { maxBuffer: 64 * 1024 * 1024 },
    ),
  );
const { $defs: definitions } = member('_definitions');

/** Descriptions are three quarters of the bytes and judge nothing. */
const withoutProse = value => {
  if (Array.isArray(value)) return value.map(withoutProse);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(
        ([key, inner]) => !(key === 'description' && typeof inner === 'string'),
      )
      .map(([key, inner]) => [key, withoutProse(inner)]),
  );
};

/** The definitions that `schema` reaches, with references made local. */
function bundle(schema) {
  const $defs = {};
  const visit = value => {
    if (Array.isArray(value)) return value.map(visit);
    if (value === null || typeof value !== 'object') return value;
    if (typeof value.$ref === 'string') {
      const name = value.$ref.replace(/^.*#\/(\$defs|definitions)\//, '');
      if (!definitions[name]) throw new Error(`No definition ${name}`);
      if (!(name in $defs)) {
        $defs[name] = {};
        $defs[name] = visit(definitions[name]);
      }
      return { $ref: `#/$defs/${name}` };
    }
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, visit(inner)]),
    );
  };
  return { ...visit(schema), $defs };
}

/** A structural schema of a CRD, closed wherever the API server would prune a field. */
function strict(schema) {
  const {
    properties,
    items,
    additionalProperties,
    nullable,
    type,
    anyOf,
    oneOf,
    allOf,
    not,
    ...rest
  } = schema;
  const open = rest['x-kubernetes-preserve-unknown-fields'] === true;
  const intOrString = rest['x-kubernetes-int-or-string'] === true;
  const kept = Object.fromEntries(
    Object.entries(rest).filter(
      ([key]) => !key.startsWith('x-kubernetes-') && key !== 'default',
    ),
  );
  const result = { ...kept };
  if (type && !intOrString) result.type = nullable ? [type, 'null'] : type;
  if (intOrString && !anyOf) result.type = ['integer', 'string'];
  // Their branches name properties to require, and stay open: the closed list is the one beside them.
  for (const [key, value] of Object.entries({ anyOf, oneOf, allOf, not })) {
    if (value !== undefined) result[key] = value;
  }
  if (items) result.items = strict(items);
  if (properties) {
    result.properties = Object.fromEntries(
      Object.entries(properties).map(([key, value]) => [key, strict(value)]),
    );
  }
  if (additionalProperties !== undefined) {
    result.additionalProperties =
      typeof additionalProperties === 'object'
        ? strict(additionalProperties)
        : additionalProperties;
  } else if (properties && !open) {
    result.additionalProperties = false;
  }
  return result;
}

function write(name, schema) {
  const text = JSON.stringify({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...withoutProse(schema),
  });
  writeFileSync(join(here, `${name}.json`), `${text}\n`);
  process.stdout.write(`${name}.json ${text.length}\n`);
}

function customResource(file, version) {
  const crd = parse(readFileSync(file, 'utf8'));
  const served = crd.spec.versions.find(
    ({ name }) => !version || name === version,
  );
  const schema = strict(served.schema.openAPIV3Schema);
  schema.properties.metadata = { $ref: META };
  schema.properties.apiVersion = { const: `${crd.spec.group}/${served.name}` };
  schema.properties.kind = { const: crd.spec.names.kind };
  schema.required = [
    ...new Set(['apiVersion', 'kind', 'metadata', ...(schema.required ?? [])]),
  ];
  write(
    `${crd.spec.names.kind.toLowerCase()}-${crd.spec.group.split('.')[0]}-${
      served.name
    }`,
    bundle(schema),
  );
}

for (const name of BUILT_IN) write(name, bundle(member(name)));
for (const [file, version] of OPERATOR) {
  customResource(
    join(operator, 'example/prometheus-operator-crd', file),
    version,
  );
}
for (const file of ARGO) customResource(join(argo, 'manifests/crds', file));
