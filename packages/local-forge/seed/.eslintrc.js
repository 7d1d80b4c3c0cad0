// The demo repositories keep their own style, as they would anywhere else.
module.exports = { root: true, ignorePatterns: ['**/*'] };
