import { UnifiedThemeOptions } from '@backstage/theme';
import { Palette } from './palette';

/** What core pages need on top of the palette: flat headers, quiet tables, readable chips and tabs. */
export function componentOverrides(
  palette: Palette,
): NonNullable<UnifiedThemeOptions['components']> {
  return {
    BackstageHeader: {
      styleOverrides: {
        header: {
          boxShadow: 'none',
          backgroundColor: palette.surface,
          borderBottom: `1px solid ${palette.border}`,
          padding: '16px 24px',
        },
        title: { color: palette.text, fontSize: 22, marginBottom: 0 },
        subtitle: { color: palette.textSecondary, opacity: 1 },
        type: { color: palette.textSecondary, opacity: 1 },
        breadcrumbType: { color: palette.textSecondary, opacity: 1 },
        breadcrumbTitle: { color: palette.text, opacity: 1 },
      },
    },
    BackstageHeaderLabel: {
      styleOverrides: {
        label: { color: palette.textSecondary },
        value: { color: palette.text },
      },
    },
    BackstageInfoCard: {
      styleOverrides: { headerTitle: { fontSize: 20 } },
    },
    BackstageTableHeader: {
      styleOverrides: {
        header: {
          borderTop: `1px solid ${palette.border}`,
          borderBottom: `1px solid ${palette.borderStrong}`,
        },
      },
    },
    // The log of a task: its colours are those of a dark terminal in every theme.
    BackstageLogViewer: {
      styleOverrides: {
        lineNumber: {
          color: palette.textSecondary,
          borderRight: `1px solid ${palette.borderStrong}`,
        },
        modifierForegroundBlack: { color: palette.text },
        modifierForegroundWhite: { color: palette.text },
        modifierForegroundRed: { color: palette.negative },
        modifierForegroundGreen: { color: palette.positive },
        modifierForegroundYellow: { color: palette.warning },
        modifierForegroundBlue: { color: palette.announcement },
        modifierForegroundMagenta: { color: palette.link },
        modifierForegroundCyan: { color: palette.link },
        modifierForegroundGrey: { color: palette.textSecondary },
      },
    },
    // On a narrow screen the search goes below the title, not over it.
    BackstageTableToolbar: {
      styleOverrides: { root: { flexWrap: 'wrap', rowGap: 8 } },
    },
    CatalogReactUserListPicker: {
      styleOverrides: {
        root: { backgroundColor: 'transparent', border: 'none' },
        title: { color: palette.textSecondary },
        groupWrapper: { margin: '8px 0 16px' },
      },
    },
    BackstageHeaderTabs: {
      styleOverrides: {
        tabsWrapper: {
          backgroundColor: palette.surface,
          borderBottom: `1px solid ${palette.border}`,
          paddingLeft: 16,
        },
        defaultTab: {
          padding: '12px 16px',
          textTransform: 'none',
          fontSize: 14,
          letterSpacing: 0,
          color: palette.textSecondary,
        },
        selected: { color: palette.text },
      },
    },
    MuiTab: {
      styleOverrides: {
        root: {
          color: palette.textSecondary,
          letterSpacing: 0,
          textTransform: 'none',
          '&:hover': {
            color: palette.text,
            background: palette.raised,
          },
        },
      },
    },
    MuiPaper: {
      styleOverrides: {
        rounded: { borderRadius: 8 },
        elevation1: { boxShadow: 'none' },
        elevation2: { boxShadow: 'none' },
      },
    },
    MuiTableRow: {
      styleOverrides: {
        root: { '&:nth-of-type(odd)': { backgroundColor: 'transparent' } },
      },
    },
    MuiTableCell: {
      styleOverrides: {
        root: {
          padding: '10px 16px',
          borderBottom: `1px solid ${palette.border}`,
        },
        head: { color: palette.textSecondary, fontWeight: 600 },
      },
    },
    MuiButton: {
      styleOverrides: {
        root: { textTransform: 'none', borderRadius: 6, fontWeight: 600 },
        contained: { boxShadow: 'none' },
      },
    },
    MuiToggleButton: {
      styleOverrides: {
        root: {
          color: palette.textSecondary,
          textTransform: 'none',
          '&.Mui-selected, &.Mui-selected:hover': {
            color: palette.text,
            backgroundColor: palette.raised,
          },
        },
      },
    },
    MuiChip: {
      styleOverrides: {
        root: {
          backgroundColor: palette.raised,
          color: palette.text,
          borderRadius: 6,
        },
        outlined: {
          backgroundColor: 'transparent',
          borderColor: palette.borderStrong,
        },
      },
    },
    // Core pages show these without a name for screen readers.
    MuiCircularProgress: { defaultProps: { 'aria-label': 'Loading' } },
    MuiLinearProgress: { defaultProps: { 'aria-label': 'Loading' } },
    MuiFormLabel: {
      styleOverrides: { root: { color: palette.textSecondary } },
    },
  };
}
