export type { Notice } from './Notice';
export { nameOf } from './nameOf';
export { NoticeSender } from './NoticeSender';
export { NOTICES } from './tables';
export { writeNotices } from './writeNotices';
