export { BackgroundLoop, type BackgroundLoopOptions } from './BackgroundLoop';
