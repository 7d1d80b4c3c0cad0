import { ComponentType, Fragment, PropsWithChildren, ReactNode } from 'react';
import { HomeCard } from './HomeCard';

interface WidgetProps {
  title?: string;
  Content: ComponentType;
  Actions?: ComponentType;
  ContextProvider?: ComponentType<PropsWithChildren<{}>>;
}

/** A widget that draws its own card. */
export function BareWidget(props: WidgetProps): ReactNode {
  return <props.Content />;
}

/** A widget of a plugin in the card of this page. */
export function CardWidget(props: WidgetProps): ReactNode {
  const Provider = props.ContextProvider ?? Fragment;
  return (
    <Provider>
      <HomeCard title={props.title ?? ''}>
        <props.Content />
        {props.Actions && <props.Actions />}
      </HomeCard>
    </Provider>
  );
}
