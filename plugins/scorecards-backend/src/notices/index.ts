export type { Notice } from './Notice';
export { NoticeSender } from './NoticeSender';
export { NOTICES } from './tables';
export { writeNotices } from './writeNotices';
