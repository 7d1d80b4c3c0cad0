/** How a field of text shows an error that was found elsewhere. */
export const saysWhatIsWrong = (error: string | undefined) => ({
  validationBehavior: 'aria' as const,
  validate: () => error ?? null,
});
