import {
  createBaseThemeOptions,
  createUnifiedTheme,
  genPageTheme,
  palettes,
} from '@backstage/theme';
import { componentOverrides } from './components';
import { Palette, darkPalette, lightPalette } from './palette';

function createTheme(mode: 'light' | 'dark', palette: Palette) {
  // Core pages colour their headers by the kind of page; here a header is a surface like any other.
  const flat = {
    ...genPageTheme({ colors: [palette.surface, palette.surface], shape: '' }),
    backgroundImage: 'none',
    fontColor: palette.text,
  };
  return createUnifiedTheme({
    ...createBaseThemeOptions({
      palette: {
        ...palettes[mode],
        background: { default: palette.app, paper: palette.surface },
        text: {
          primary: palette.text,
          secondary: palette.textSecondary,
          disabled: palette.textDisabled,
          hint: palette.textSecondary,
        },
        primary: {
          main: palette.accent,
          dark: palette.accentHover,
          contrastText: palette.onAccent,
        },
        secondary: { main: palette.accent, contrastText: palette.onAccent },
        error: { main: palette.negative },
        warning: { main: palette.warning },
        success: { main: palette.positive },
        info: { main: palette.announcement },
        divider: palette.border,
        border: palette.border,
        link: palette.link,
        linkHover: palette.linkHover,
        textContrast: palette.text,
        textSubtle: palette.textSecondary,
        textVerySubtle: palette.borderStrong,
        highlight: palette.raised,
        status: {
          ok: palette.positive,
          warning: palette.warning,
          error: palette.negative,
          running: palette.announcement,
          pending: palette.warning,
          aborted: palette.textSecondary,
        },
        errorText: palette.negative,
        errorBackground: palette.raised,
        infoText: palette.text,
        infoBackground: palette.raised,
        warningText: palette.text,
        warningBackground: palette.raised,
        navigation: {
          background: palette.navigation,
          indicator: palette.navigationIndicator,
          color: palette.navigationText,
          selectedColor: palette.navigationSelected,
          navItem: { hoverBackground: palette.navigationHover },
          submenu: { background: palette.navigationHover },
        },
        pinSidebarButton: {
          icon: palette.navigationText,
          background: palette.navigationHover,
        },
        tabbar: { indicator: palette.accent },
      },
    }),
    fontFamily: 'var(--bui-font-regular)',
    htmlFontSize: 16,
    typography: {
      htmlFontSize: 16,
      fontFamily: 'system-ui, sans-serif',
      h1: { fontSize: 28, fontWeight: 600, marginBottom: 8 },
      h2: { fontSize: 24, fontWeight: 600, marginBottom: 8 },
      h3: { fontSize: 20, fontWeight: 600, marginBottom: 6 },
      h4: { fontSize: 18, fontWeight: 600, marginBottom: 6 },
      h5: { fontSize: 16, fontWeight: 600, marginBottom: 4 },
      h6: { fontSize: 14, fontWeight: 600, marginBottom: 4 },
    },
    defaultPageTheme: 'home',
    pageTheme: Object.fromEntries(
      [
        'home',
        'documentation',
        'tool',
        'service',
        'website',
        'library',
        'other',
        'app',
        'apis',
        'card',
      ].map(name => [name, flat]),
    ),
    components: componentOverrides(palette),
  });
}

export const lightTheme = createTheme('light', lightPalette);
export const darkTheme = createTheme('dark', darkPalette);
