export interface Config {
  waymark?: {
    techdocs?: {
      /**
       * What turns Markdown into documentation pages: `mkdocs` is Backstage's own generator, `builtin` needs no Python,
       * and `auto`, the default, takes `mkdocs` where `techdocs.generator.runIn` is `docker`, or where the command `mkdocs`
       * is on the path with the package `mkdocs-techdocs-core` beside it, and `builtin` elsewhere.
       */
      generator?: 'auto' | 'mkdocs' | 'builtin';
    };
  };
}
