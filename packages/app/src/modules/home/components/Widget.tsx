import { ComponentType, ReactNode } from 'react';

/** Renders a widget that draws its own card. */
export function BareWidget(props: { Content: ComponentType }): ReactNode {
  return <props.Content />;
}
