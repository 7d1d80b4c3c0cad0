export { CatalogCopies } from './CatalogCopies';
export { createLabRouter } from './createLabRouter';
export { labOperations } from './labOperations';
export { RuleLab } from './RuleLab';
