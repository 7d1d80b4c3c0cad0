export { CatalogCopies } from './CatalogCopies';
export { createLabRouter } from './createLabRouter';
export { DefinitionFiles } from './DefinitionFiles';
export { labOperations } from './labOperations';
export { RuleLab } from './RuleLab';
