import { TemplateEntityV1beta3 } from '@backstage/plugin-scaffolder-common';

const RECOMMENDED = 'recommended';

/** What people come to the Create page for, and the types of template (`spec.type`) that serve it. */
const INTENTS: { title: string; types: string[] }[] = [
  {
    title: 'Create something new',
    types: ['service', 'worker', 'website', 'library', 'repository'],
  },
  {
    title: 'Change what exists',
    types: ['change', 'adoption', 'deployment', 'operation'],
  },
  {
    title: 'Ask for infrastructure',
    types: ['infrastructure', 'resource', 'database', 'queue', 'bucket'],
  },
  { title: 'Ask for a decision', types: ['exemption', 'initiative'] },
];
const OTHERS = 'Something else';

/** Templates that serve one intent. */
export interface IntentGroup {
  title: string;
  templates: TemplateEntityV1beta3[];
}

/** Whether the platform team recommends a template: its tag `recommended`. */
export function isRecommended(template: TemplateEntityV1beta3): boolean {
  return template.metadata.tags?.includes(RECOMMENDED) ?? false;
}

/** The name of a template for people. */
export function titleOf(template: TemplateEntityV1beta3): string {
  return template.metadata.title ?? template.metadata.name;
}

/** Puts templates under what they serve, the recommended first, then by title. No group is empty. */
export function groupByIntent(
  templates: TemplateEntityV1beta3[],
): IntentGroup[] {
  const sorted = [...templates].sort(
    (a, b) =>
      Number(isRecommended(b)) - Number(isRecommended(a)) ||
      titleOf(a).localeCompare(titleOf(b)),
  );
  const known = new Set(INTENTS.flatMap(({ types }) => types));
  return [
    ...INTENTS.map(({ title, types }) => ({
      title,
      templates: sorted.filter(({ spec }) => types.includes(spec.type)),
    })),
    {
      title: OTHERS,
      templates: sorted.filter(({ spec }) => !known.has(spec.type)),
    },
  ].filter(group => group.templates.length > 0);
}

/** The templates whose title, description, type or tags hold each word of a text. */
export function searchTemplates(
  templates: TemplateEntityV1beta3[],
  text: string,
): TemplateEntityV1beta3[] {
  const words = text.toLocaleLowerCase('en-US').split(/\s+/).filter(Boolean);
  return templates.filter(template => {
    const { name, description = '', tags = [] } = template.metadata;
    const content = [
      titleOf(template),
      name,
      description,
      template.spec.type,
      ...tags,
    ]
      .join(' ')
      .toLocaleLowerCase('en-US');
    return words.every(word => content.includes(word));
  });
}
