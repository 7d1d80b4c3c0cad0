import { Skeleton, VisuallyHidden } from '@backstage/ui';

/** Holds the place of what is loading, and tells assistive technology that it is. */
export function Loading(props: { label: string; height: number }) {
  return (
    <div role="status" aria-busy="true">
      <VisuallyHidden>{props.label}</VisuallyHidden>
      <Skeleton width="100%" height={props.height} />
    </div>
  );
}
