import { defineConfig } from '@playwright/test';

const browser = process.env.WAYMARK_TEST_BROWSER;

/**
 * The portal is started by `npm test -- --only browser`, which says where it
 * listens; to run against your own: WAYMARK_TEST_URL and WAYMARK_TEST_FORGE_URL.
 */
export default defineConfig({
  testDir: './e2e-tests',
  timeout: 90_000,
  expect: { timeout: 20_000 },
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  // The tests share one portal and one forge, and some change them.
  workers: 1,
  reporter: [['list'], ['json']],
  outputDir: 'node_modules/.cache/e2e-test-results',
  use: {
    baseURL: process.env.WAYMARK_TEST_URL ?? 'http://localhost:7007',
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      executablePath: browser,
      args: JSON.parse(process.env.WAYMARK_TEST_BROWSER_ARGS ?? '[]'),
    },
  },
  projects: [{ name: 'portal' }],
});
