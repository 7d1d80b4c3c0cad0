import { Entity } from '@backstage/catalog-model';
import {
  ANNOTATION_DASHBOARD,
  ANNOTATION_ON_CALL,
  ANNOTATION_RUNBOOK,
  ANNOTATION_SLACK_CHANNEL,
  ANNOTATION_SLO,
} from '@waymark/waymark-common';

const operateAnnotations = [
  ANNOTATION_ON_CALL,
  ANNOTATION_RUNBOOK,
  ANNOTATION_SLO,
  ANNOTATION_DASHBOARD,
  ANNOTATION_SLACK_CHANNEL,
];

/**
 * Whether an entity has an Operate card: components that run do, also to show
 * what they lack; resources only when their owners have said how they are
 * operated, because most are operated with the component that uses them.
 */
export function isOperated(entity: Entity): boolean {
  switch (entity.kind.toLocaleLowerCase('en-US')) {
    case 'component':
      return !['library', 'documentation'].includes(String(entity.spec?.type));
    case 'resource':
      return operateAnnotations.some(
        annotation => entity.metadata.annotations?.[annotation] !== undefined,
      );
    default:
      return false;
  }
}
