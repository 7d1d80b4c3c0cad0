/** The colours of one theme. The same values are the `--bui-*` tokens of `tokens.css`; a test compares both. */
export interface Palette {
  /** Behind everything. */
  app: string;
  /** Cards, tables, menus. */
  surface: string;
  /** Set off from a surface: table heads, inputs within cards. */
  raised: string;
  text: string;
  textSecondary: string;
  textDisabled: string;
  border: string;
  /** Borders that carry meaning, such as those of inputs: 3:1 on every background. */
  borderStrong: string;
  accent: string;
  accentHover: string;
  onAccent: string;
  link: string;
  linkHover: string;
  focusRing: string;
  positive: string;
  warning: string;
  negative: string;
  announcement: string;
  navigation: string;
  navigationHover: string;
  navigationText: string;
  navigationSelected: string;
  navigationIndicator: string;
}

export const lightPalette: Palette = {
  app: '#f3f5f7',
  surface: '#ffffff',
  raised: '#eef2f4',
  text: '#16232b',
  textSecondary: '#4a5a66',
  textDisabled: '#5f6c77',
  border: '#d5dde2',
  borderStrong: '#7b8894',
  accent: '#0b5f6b',
  accentHover: '#094c56',
  onAccent: '#ffffff',
  link: '#0b5f6b',
  linkHover: '#094c56',
  focusRing: '#0b5f6b',
  positive: '#1b6b3a',
  warning: '#8a4b00',
  negative: '#b3261e',
  announcement: '#1b5fa8',
  navigation: '#13272f',
  navigationHover: '#1f3842',
  navigationText: '#c3d0d6',
  navigationSelected: '#ffffff',
  navigationIndicator: '#f2b04a',
};

export const darkPalette: Palette = {
  app: '#11181d',
  surface: '#19232a',
  raised: '#222e36',
  text: '#e8eef2',
  textSecondary: '#b3c0ca',
  textDisabled: '#9dabb6',
  border: '#33424c',
  borderStrong: '#8797a3',
  accent: '#7fd0dc',
  accentHover: '#a3e0e9',
  onAccent: '#062a30',
  link: '#7fd0dc',
  linkHover: '#a3e0e9',
  focusRing: '#7fd0dc',
  positive: '#7fd39b',
  warning: '#f0b45c',
  negative: '#ff9c94',
  announcement: '#8ec5ff',
  navigation: '#0c1216',
  navigationHover: '#1d2930',
  navigationText: '#c3d0d6',
  navigationSelected: '#ffffff',
  navigationIndicator: '#f2b04a',
};
