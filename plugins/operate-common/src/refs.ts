import { entityRefSchema } from '@waymark/waymark-common';

export const userRefSchema = entityRefSchema('user');
export const groupRefSchema = entityRefSchema('group');
