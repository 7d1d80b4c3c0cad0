import { styles } from './styles';

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map(start => {
    const value = parseInt(colour.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

function variables(block: string): Record<string, string> {
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(match => [
      match[1],
      match[2],
    ]),
  );
}

const [light, dark] = [...styles.matchAll(/:root \{([^}]*)\}/g)].map(match =>
  variables(match[1]),
);

const highlighting = [
  'hl-comment',
  'hl-string',
  'hl-keyword',
  'hl-number',
  'hl-title',
  'hl-attr',
];

// Text on its background, 4.5:1; borders of controls, 3:1 (WCAG 2.2, 1.4.3 and 1.4.11).
const pairs: [text: string, background: string, least: number][] = [
  ...['fg', 'muted', 'link', 'good', 'bad', ...highlighting].flatMap(
    (text): [string, string, number][] => [
      [text, 'bg', 4.5],
      [text, 'subtle', 4.5],
    ],
  ),
  ...['fg', ...highlighting].map((text): [string, string, number] => [
    text,
    'target',
    4.5,
  ]),
  ['fg', 'border', 4.5],
  ['fg', 'good-bg', 4.5],
  ['fg', 'bad-bg', 4.5],
  ['good', 'good-bg', 4.5],
  ['bad', 'bad-bg', 4.5],
  ['warn', 'warn-bg', 4.5],
  ['merged', 'merged-bg', 4.5],
  ['on-accent', 'accent', 4.5],
  ['control', 'bg', 3],
  ['accent', 'bg', 3],
  ['link', 'bg', 3],
];

describe.each([
  ['light', light],
  ['dark', dark],
])('the %s colours', (_name, colours) => {
  it.each(pairs)('%s on %s can be read (%d:1)', (text, background, least) => {
    expect(contrast(colours[text], colours[background])).toBeGreaterThanOrEqual(
      least,
    );
  });
});
