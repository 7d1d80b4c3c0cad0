export { openApiDocument } from './openApiDocument';
export {
  defineOperation,
  serve,
  type Operation,
  type OperationCall,
} from './operation';
export {
  asOfParameter,
  cursorOf,
  cursorParameter,
  entityRefParameter,
  limitParameter,
  parse,
} from './parse';
