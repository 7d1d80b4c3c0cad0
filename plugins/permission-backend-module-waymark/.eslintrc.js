module.exports = require('../../scripts/eslint/plugin-config')(__dirname, {
  rules: {
    // The matrix is asked of the plugins as they run, in its test.
    '@backstage/no-mixed-plugin-imports': [
      'error',
      { excludedTargetPackages: ['@waymark/scorecards-backend'] },
    ],
  },
});
