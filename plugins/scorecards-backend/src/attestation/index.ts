export { AttestationIntake, type Attested } from './AttestationIntake';
