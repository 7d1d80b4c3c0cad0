export const colours = {
  light: { text: '#1b1f24', surface: '#ffffff', accent: '#0b5cad', danger: '#b3261e' },
  dark: { text: '#e8eaed', surface: '#14171a', accent: '#8ab8f0', danger: '#f2958f' },
};
export const space = [0, 4, 8, 12, 16, 24, 32];

function luminance(hex) {
  const [r, g, b] = [1, 3, 5].map(at => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast ratio of two colours (WCAG 2). */
export function contrast(a, b) {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

export function toCss(theme) {
  const lines = Object.entries(colours[theme]).map(([name, value]) => `  --${name}: ${value};`);
  return `:root {\n${lines.join('\n')}\n}\n`;
}
