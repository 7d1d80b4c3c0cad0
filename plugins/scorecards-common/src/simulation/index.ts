export { simulationInMarkdown } from './simulationInMarkdown';
