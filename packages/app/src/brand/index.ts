export { LogoFull, LogoIcon } from './Logo';
