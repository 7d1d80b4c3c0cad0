/* eslint-disable no-restricted-imports -- style sheets are read as text, which jest does not load otherwise */
import { readFileSync } from 'fs';
import { dirname, resolve } from 'path';
/* eslint-enable no-restricted-imports */
import { contrastRatio } from './contrast';
import { Palette, darkPalette, lightPalette } from './palette';
import { darkTheme, lightTheme } from './themes';

const css = readFileSync(resolve(__dirname, 'tokens.css'), 'utf8');
const defaults = readFileSync(
  // jest maps every import of a style sheet to an empty one, so not by its own name.
  resolve(
    dirname(require.resolve('@backstage/ui/package.json')),
    'dist/css/styles.css',
  ),
  'utf8',
);

function declarations(text: string): Record<string, string> {
  const pairs = text.matchAll(/(--[\w-]+):\s*([^;]+);/g);
  return Object.fromEntries([...pairs].map(([, name, value]) => [name, value]));
}

const block = (source: string, selector: string) =>
  source.slice(source.indexOf(selector)).split('}', 1)[0];

/** The tokens of a mode as the browser sees them: those of @backstage/ui, then ours. */
function tokensOf(mode: 'light' | 'dark'): Record<string, string> {
  return {
    ...declarations(block(defaults, `[data-theme-mode='${mode}'] {`)),
    ...declarations(block(css, `[data-theme-mode='${mode}'] {`)),
  };
}

it.each([
  ['success', 'positive'],
  ['danger', 'negative'],
  ['info', 'announcement'],
])('gives the status %s the colour of %s', (formerName, name) => {
  const token = `--bui-fg-${formerName}`;
  expect(declarations(defaults)).toHaveProperty(token);
  expect(declarations(css)).toHaveProperty(token, `var(--bui-fg-${name})`);
});

const modes: ['light' | 'dark', Palette][] = [
  ['light', lightPalette],
  ['dark', darkPalette],
];

describe('contrastRatio', () => {
  it('gives the ratios of the WCAG examples', () => {
    expect(contrastRatio('#000000', '#ffffff')).toBeCloseTo(21);
    expect(contrastRatio('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
    expect(contrastRatio('#ffffff', '#777777')).toBeCloseTo(4.48, 2);
  });
});

describe.each(modes)('the %s theme', (mode, palette) => {
  const tokens = tokensOf(mode);
  const backgrounds = [1, 2, 3, 4]
    .map(level => tokens[`--bui-bg-neutral-${level}`])
    .concat(palette.app, palette.surface, palette.raised);

  it('has one set of colours for both component libraries', () => {
    const pairs: [keyof Palette, string][] = [
      ['app', '--bui-bg-app'],
      ['surface', '--bui-bg-neutral-1'],
      ['raised', '--bui-bg-neutral-2'],
      ['text', '--bui-fg-primary'],
      ['textSecondary', '--bui-fg-secondary'],
      ['textDisabled', '--bui-fg-disabled'],
      ['border', '--bui-border-1'],
      ['borderStrong', '--bui-border-2'],
      ['accent', '--bui-accent-bg'],
      ['accentHover', '--bui-accent-bg-hover'],
      ['onAccent', '--bui-accent-fg'],
      ['focusRing', '--bui-ring'],
      ['positive', '--bui-fg-positive'],
      ['warning', '--bui-fg-warning'],
      ['negative', '--bui-fg-negative'],
      ['announcement', '--bui-fg-announcement'],
      ['link', '--waymark-link'],
      ['linkHover', '--waymark-link-hover'],
      ['navigation', '--waymark-navigation'],
      ['navigationText', '--waymark-navigation-text'],
      ['navigationIndicator', '--waymark-navigation-indicator'],
    ];
    const inCss = pairs.map(([name, token]) => [name, tokens[token]]);
    expect(inCss).toEqual(pairs.map(([name]) => [name, palette[name]]));

    const theme = (mode === 'light' ? lightTheme : darkTheme).getTheme('v5')!;
    expect(theme.palette).toMatchObject({
      mode,
      background: { default: palette.app, paper: palette.surface },
      text: { primary: palette.text, secondary: palette.textSecondary },
      primary: { main: palette.accent },
      link: palette.link,
    });
  });

  it.each([
    'text',
    'textSecondary',
    'textDisabled',
    'link',
    'linkHover',
    'accent',
    'positive',
    'warning',
    'negative',
    'announcement',
  ] as const)('can be read: %s on every background', name => {
    for (const background of backgrounds) {
      expect(contrastRatio(palette[name], background)).toBeGreaterThanOrEqual(
        4.5,
      );
    }
  });

  it.each(['focusRing', 'borderStrong'] as const)(
    'can be seen: %s on every background',
    name => {
      for (const background of backgrounds) {
        expect(contrastRatio(palette[name], background)).toBeGreaterThanOrEqual(
          3,
        );
      }
    },
  );

  it('can be read in the navigation', () => {
    for (const background of [palette.navigation, palette.navigationHover]) {
      for (const text of [palette.navigationText, palette.navigationSelected]) {
        expect(contrastRatio(text, background)).toBeGreaterThanOrEqual(4.5);
      }
      expect(
        contrastRatio(palette.navigationIndicator, background),
      ).toBeGreaterThanOrEqual(3);
    }
  });

  it('can be read on filled and tinted backgrounds', () => {
    expect(
      contrastRatio(palette.onAccent, palette.accent),
    ).toBeGreaterThanOrEqual(4.5);
    expect(
      contrastRatio(palette.onAccent, palette.accentHover),
    ).toBeGreaterThanOrEqual(4.5);
    for (const family of ['announcement', 'warning', 'negative', 'positive']) {
      const tinted = contrastRatio(
        tokens[`--bui-${family}-fg-subdued`],
        tokens[`--bui-${family}-bg-subdued`],
      );
      expect(tinted).toBeGreaterThanOrEqual(4.5);
      const filled = contrastRatio(
        tokens[`--bui-${family}-fg`],
        tokens[`--bui-${family}-bg`],
      );
      expect(filled).toBeGreaterThanOrEqual(4.5);
    }
  });
});
