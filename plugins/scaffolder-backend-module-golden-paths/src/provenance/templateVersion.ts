import { InputError } from '@backstage/errors';
import { TemplateInfo } from '@backstage/plugin-scaffolder-common';
import {
  ANNOTATION_TEMPLATE_VERSION,
  templateVersionSchema,
} from '@waymark/golden-paths-common';

/**
 * The version that a template states in its metadata, as an annotation or a label.
 *
 * @throws InputError when it states none, or one that is not semver
 */
export function templateVersion(info: TemplateInfo | undefined): string {
  const metadata = info?.entity?.metadata;
  const stated =
    metadata?.annotations?.[ANNOTATION_TEMPLATE_VERSION] ??
    metadata?.labels?.[ANNOTATION_TEMPLATE_VERSION];
  const parsed = templateVersionSchema.safeParse(stated);
  if (!parsed.success) {
    throw new InputError(
      `metadata.annotations['${ANNOTATION_TEMPLATE_VERSION}'] of ${
        info?.entityRef ?? 'the template'
      } ${
        stated === undefined ? 'is missing, it' : `is "${stated}", but`
      } must be a semantic version such as 1.4.0`,
    );
  }
  return parsed.data;
}
