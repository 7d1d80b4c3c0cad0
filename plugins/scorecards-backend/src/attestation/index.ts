export {
  AttestationIntake,
  type Attested,
  type AttestationFile,
} from './AttestationIntake';
