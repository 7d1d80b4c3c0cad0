export { createSimulationRouter } from './createSimulationRouter';
export { simulationOperations } from './simulationOperations';
export { Simulator } from './Simulator';
