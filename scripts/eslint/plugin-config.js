const createConfig = require('@backstage/cli/config/eslint-factory');

const message =
  'Take the time from the injected clock (clockServiceRef, @waymark/waymark-node), so that tests and demo history can move it.';

const wallClock = [
  "CallExpression[callee.object.name='Date'][callee.property.name='now']",
  "NewExpression[callee.name='Date'][arguments.length=0]",
  "CallExpression[callee.object.name='DateTime'][callee.property.name='now']",
  "CallExpression[callee.object.name='DateTime'][callee.property.name=/^(utc|local)$/][arguments.length=0]",
].map(selector => ({ selector, message }));

/** The lint configuration of every package below `plugins/`. */
module.exports = function createPluginConfig(dir, extra = {}) {
  const config = createConfig(dir, extra);
  return {
    ...config,
    overrides: [
      ...config.overrides,
      {
        files: ['src/**/*.{ts,tsx}'],
        excludedFiles: ['**/*.test.*', '**/__testUtils__/**'],
        rules: { 'no-restricted-syntax': ['error', ...wallClock] },
      },
    ],
  };
};
