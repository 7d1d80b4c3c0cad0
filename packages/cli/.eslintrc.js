module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  rules: {
    // A command that rebuilds is a backend of its own, with this in it.
    '@backstage/no-mixed-plugin-imports': [
      'warn',
      { excludedTargetPackages: ['@waymark/scorecards-backend'] },
    ],
  },
});
