export { verifyExport, type ExportedLine } from './export';
export {
  Ledger,
  type InclusionProof,
  type LedgerEntry,
  type LedgerRecord,
  type PublishedHead,
  type TreeHead,
} from './Ledger';
export { LedgerSequencer } from './LedgerSequencer';
export { verifyLog, type LedgerFault, type Verification } from './verifyLog';
