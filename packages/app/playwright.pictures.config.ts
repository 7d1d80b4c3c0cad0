import { defineConfig } from '@playwright/test';
import tests from './playwright.config';

/** Takes the pictures of the documentation. */
export default defineConfig({
  ...tests,
  testMatch: 'pictures.ts',
  reporter: 'list',
});
