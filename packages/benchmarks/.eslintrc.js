module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  rules: {
    // What it measures is a plugin, which it runs by itself.
    '@backstage/no-mixed-plugin-imports': [
      'warn',
      { excludedTargetPackages: ['@waymark/scorecards-backend'] },
    ],
  },
});
