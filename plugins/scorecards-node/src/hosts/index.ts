export { HostGate, type HostGateOptions } from './HostGate';
export { RateLimitedError } from './RateLimitedError';
