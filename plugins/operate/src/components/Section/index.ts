export { Section } from './Section';
export { LinkList } from './LinkList';
export { SloList } from './SloList';
export { SlackChannel } from './SlackChannel';
