export { createSimulationRouter } from './createSimulationRouter';
export { DEFINITIONS_BODY, simulationOperations } from './simulationOperations';
export { Simulator } from './Simulator';
