/** Whether everything must run here: what is skipped elsewhere fails. */
export const isCi = () => Boolean(process.env.CI) && process.env.CI !== 'false';
