export {
  asOfParameter,
  cursorOf,
  cursorParameter,
  entityRefParameter,
  limitParameter,
  parse,
} from './parse';
