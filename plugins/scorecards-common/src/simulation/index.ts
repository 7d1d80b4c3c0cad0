export {
  simulationHeadline,
  simulationInMarkdown,
} from './simulationInMarkdown';
