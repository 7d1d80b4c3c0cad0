import type { PropsWithChildren } from 'react';
import useMedia from 'react-use/esm/useMedia';
import useObservable from 'react-use/esm/useObservable';
import { appThemeApiRef, useApi } from '@backstage/frontend-plugin-api';
import { UnifiedThemeProvider } from '@backstage/theme';
import { darkTheme, lightTheme } from './themes';

/**
 * Gives the page the theme that is chosen, or that the operating system prefers.
 *
 * @remarks
 *
 * One component for all themes: with one each, React would build the whole page anew when the operating system turns
 * dark in the evening, and a form that is being filled in would be empty.
 */
export function WaymarkThemeProvider({ children }: PropsWithChildren) {
  const themes = useApi(appThemeApiRef);
  const chosen = useObservable(
    themes.activeThemeId$(),
    themes.getActiveThemeId(),
  );
  const prefersDark = useMedia('(prefers-color-scheme: dark)', false);
  const dark = chosen ? chosen === 'dark' : prefersDark;
  return (
    <UnifiedThemeProvider
      theme={dark ? darkTheme : lightTheme}
      themeName="waymark"
    >
      {children}
    </UnifiedThemeProvider>
  );
}
