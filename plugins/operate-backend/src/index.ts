export { operatePlugin as default } from './plugin';
