export { openApiDocument } from './openApiDocument';
export {
  defineOperation,
  serve,
  serveTo,
  type Operation,
  type OperationCall,
  type PortalCredentials,
} from './operation';
export {
  asOfParameter,
  cursorOf,
  cursorParameter,
  entityRefParameter,
  limitParameter,
  parse,
  summarise,
} from './parse';
